"""What a channel can answer: one value for each thing that can be true after a send."""

from dataclasses import dataclass
from datetime import datetime


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
