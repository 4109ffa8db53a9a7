"""The ways in which a socket ends: 4000 and the status that HTTP would answer, with a sentence."""

from rest_framework.exceptions import AuthenticationFailed

from workspaces.errors import Forbidden, Invalid, NotFound, Refusal

BEHIND, TRY_AGAIN = 4008, 1013
STATUSES = {Invalid: 4422, NotFound: 4404, Forbidden: 4403}
MOST_OF_A_REASON = 123  # bytes that fit in the frame


class Close(Exception):
    """A socket that ends; the reason may be shown to a person."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason.encode()[:MOST_OF_A_REASON].decode(errors="ignore")


def close_of(error: Refusal | AuthenticationFailed) -> Close:
    """Return how a socket ends for a refusal."""
    if isinstance(error, AuthenticationFailed):
        return Close(4401, str(error.detail))
    return Close(STATUSES.get(type(error), 4400), error.message)
