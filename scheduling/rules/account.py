"""What an account asks of the times of its posts: plain data, shared by all who choose or judge one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from scheduling.rules.window import Window


@dataclass(frozen=True, slots=True)
class Blackout:
    """A half-open range of UTC instants in which nothing is posted."""

    start: datetime
    end: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class AccountRules:
    """The rules of one account; no window, a gap of zero and no cap leave every free instant open."""

    zone: ZoneInfo
    window: Window | None
    gap: timedelta
    daily_cap: int | None
    blackouts: tuple[Blackout, ...] = ()
