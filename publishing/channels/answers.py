"""What a channel can answer: one value for each thing that can be true after a send."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from workspaces.rules.sentences import sentence

MOST_OF_AN_ID = 200
MOST_OF_A_URL = 2000
MOST_OF_A_REASON = 2000
MOST_OF_A_HANDLE = 500
MOST_OF_A_RAW_ANSWER = 4000


@dataclass(frozen=True)
class Accepted:
    """The platform has the post."""

    remote_id: str
    remote_url: str = ""
    raw: str = ""


@dataclass(frozen=True)
class Rejected:
    """The platform has refused it for good: bad content, or access revoked (then the account needs reconnecting)."""

    reason: str
    raw: str = ""
    needs_reconnecting: bool = False


@dataclass(frozen=True)
class NotSent:
    """Surely nothing reached the platform; `retry_at` if it named a time."""

    reason: str
    retry_at: datetime | None = None
    raw: str = ""


@dataclass(frozen=True)
class Working:
    """The platform is still at it: it is asked again by the handle, from `check_at` on."""

    handle: str
    check_at: datetime
    raw: str = ""


@dataclass(frozen=True)
class Unknown:
    """It may have reached the platform: never sent again blindly."""

    reason: str
    raw: str = ""


Answer = Accepted | Rejected | NotSent | Working | Unknown


def storable(answer: Answer, *, own_id: str) -> Answer:
    """Return an answer with texts that every database takes: a success that cannot be written down would be lost.

    :param own_id: stands for the id of a platform that gave neither an id nor an address.
    """
    answer = replace(answer, raw=_clean(answer.raw)[:MOST_OF_A_RAW_ANSWER])
    if isinstance(answer, Accepted):
        url = _clean(answer.remote_url)
        url = url if len(url) <= MOST_OF_A_URL else ""  # Half an address leads nowhere.
        remote_id = _clean(answer.remote_id)[:MOST_OF_AN_ID]
        return replace(answer, remote_id=remote_id if remote_id or url else own_id, remote_url=url)
    if isinstance(answer, Working):
        return _storable_work(answer)
    answer = replace(
        answer, reason=_clean(answer.reason)[:MOST_OF_A_REASON] or sentence("The platform gave no reason.")
    )
    if isinstance(answer, NotSent) and answer.retry_at:
        return replace(answer, retry_at=_aware(answer.retry_at))
    return answer


def _storable_work(answer: Working) -> Answer:
    handle = _clean(answer.handle)
    if len(handle) > MOST_OF_A_HANDLE:  # Half a handle asks for something else.
        return Unknown(
            sentence("The platform is at it, under a name too long to keep: it may be out or not."), answer.raw
        )
    return replace(answer, handle=handle, check_at=_aware(answer.check_at))


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _clean(text: object) -> str:
    """Return a text without NUL and without halves of characters, which PostgreSQL refuses."""
    plain = str(text if text is not None else "").encode("utf-8", "replace").decode()
    return plain.replace("\0", "").strip()
