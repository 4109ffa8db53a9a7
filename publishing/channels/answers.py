"""What a channel can answer: one value for each thing that can be true after a send."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

MOST_OF_AN_ID = 200
MOST_OF_A_URL = 2000
MOST_OF_A_REASON = 2000


@dataclass(frozen=True)
class Accepted:
    """The platform has the post."""

    remote_id: str
    remote_url: str = ""


@dataclass(frozen=True)
class Rejected:
    """The platform has refused it for good: bad content, or access revoked."""

    reason: str


@dataclass(frozen=True)
class NotSent:
    """Surely nothing reached the platform; `retry_at` if it named a time."""

    reason: str
    retry_at: datetime | None = None


@dataclass(frozen=True)
class Unknown:
    """It may have reached the platform: never sent again blindly."""

    reason: str


Answer = Accepted | Rejected | NotSent | Unknown


def storable(answer: Answer, *, own_id: str) -> Answer:
    """Return an answer with texts that every database takes: a success that cannot be written down would be lost.

    :param own_id: stands for the id of a platform that gave neither an id nor an address.
    """
    if isinstance(answer, Accepted):
        url = _clean(answer.remote_url)
        url = url if len(url) <= MOST_OF_A_URL else ""  # Half an address leads nowhere.
        remote_id = _clean(answer.remote_id)[:MOST_OF_AN_ID]
        return Accepted(remote_id if remote_id or url else own_id, url)
    answer = replace(answer, reason=_clean(answer.reason)[:MOST_OF_A_REASON] or "The platform gave no reason.")
    if isinstance(answer, NotSent) and answer.retry_at and answer.retry_at.tzinfo is None:
        return replace(answer, retry_at=answer.retry_at.replace(tzinfo=UTC))
    return answer


def _clean(text: object) -> str:
    """Return a text without NUL and without halves of characters, which PostgreSQL refuses."""
    plain = str(text if text is not None else "").encode("utf-8", "replace").decode()
    return plain.replace("\0", "").strip()
