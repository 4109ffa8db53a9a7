"""How often somebody may call: the generic cell rate algorithm (ITU-T I.371), a bucket that refills steadily.

A bucket is one instant, the one at which it is full again; whoever takes a turn moves it on by one interval.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

SECOND = timedelta(seconds=1)
CLOCKS_DIFFER_BY = timedelta(minutes=1)  # Further ahead, a bucket was written while a clock was wrong.


@dataclass(frozen=True)
class Pace:
    """So many turns a second in the long run, and at most `burst` at once."""

    per_second: float
    burst: int

    @property
    def interval(self) -> timedelta:
        """What one turn costs: the time in which it grows again."""
        return SECOND / self.per_second

    @property
    def patience(self) -> timedelta:
        """How far ahead the instant may lie after a turn."""
        return self.interval * self.burst

    def latest(self, now: datetime) -> datetime:
        """Return the last instant at which a bucket may be full again and still give a turn."""
        return now + self.patience - self.interval

    def absurd(self, now: datetime) -> datetime:
        """Return the instant that no bucket could have reached by turns."""
        return now + self.patience + CLOCKS_DIFFER_BY


@dataclass(frozen=True)
class Turn:
    """What became of one request: whether it may go on, how many more may, and in how many whole seconds."""

    is_allowed: bool
    limit: int
    remaining: int
    full_in: int
    wait: int


def take_turn(pace: Pace, *, full_at: datetime | None, now: datetime) -> tuple[datetime, bool]:
    """Return when the bucket is full after a turn, and whether there was one; without, it stays as it was."""
    if full_at is None or full_at <= now or full_at > pace.absurd(now):
        return now + pace.interval, True
    return (full_at, False) if full_at > pace.latest(now) else (full_at + pace.interval, True)


def turn_at(pace: Pace, *, full_at: datetime, now: datetime, is_allowed: bool) -> Turn:
    """Return a turn in words, from the bucket as it is after it."""
    ahead = max(full_at - now, timedelta(0))
    missing = ahead + pace.interval - pace.patience
    return Turn(
        is_allowed=is_allowed,
        limit=pace.burst,
        remaining=max((pace.patience - ahead) // pace.interval, 0),
        full_in=_whole_seconds(ahead),
        wait=0 if is_allowed else max(_whole_seconds(missing), 1),
    )


def _whole_seconds(time: timedelta) -> int:
    """Return seconds, rounded up: whoever waits that long has waited long enough."""
    return -(-time // SECOND)
