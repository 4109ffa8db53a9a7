"""The ways to say no. The text of each may be shown to a person."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from workspaces.phrases import phrased


class Refusal(Exception):
    """A request that cannot be granted; nothing was changed."""

    code = "refused"

    def __init__(self, message: str, *, errors: dict[str, list[str]] | None = None) -> None:
        self.message = phrased(str(message))
        super().__init__(self.message)
        self.errors = {field: [phrased(str(one)) for one in said] for field, said in (errors or {}).items()}


class Invalid(Refusal):
    """The input says something that cannot be."""

    code = "validation_error"


class Conflict(Refusal):
    """The state of things does not allow it (any more)."""

    code = "conflict"


class NotFound(Refusal):
    """There is no such thing in the caller's workspace."""

    code = "not_found"


class Forbidden(Refusal):
    """The caller's role or scope does not reach that far."""

    code = "forbidden"


class Stale(Conflict):
    """Somebody else changed it since the caller looked.

    :param version: the one that stands there now.
    """

    code = "stale_version"

    def __init__(self, message: str, *, version: int) -> None:
        super().__init__(message, errors={"version": [_("It is %(version)s by now.") % {"version": version}]})
        self.version = version


class Overtaken(Conflict):
    """Somebody else saved it since its writer looked.

    :param newest: when that was.
    """

    def __init__(self, message: str, *, newest: datetime) -> None:
        super().__init__(message)
        self.newest = newest


def in_english() -> translation.override:
    """Return a context in which a refusal's words can be kept: what is stored says the same whoever asked."""
    return translation.override("en")
