"""The posting window: the local hours of each day in which an account posts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduling.rules.wall_clock import local_day, to_instant
from workspaces.rules.sentences import sentence

DAY = timedelta(days=1)
# A skipped date moves a window on by a day, and one past midnight reaches into the next: two days ago's may be open.
# A clock set back over midnight shows the old date after the new one's window has opened: tomorrow's may be open too.
NEAR = range(-2, 2)


@dataclass(frozen=True, slots=True)
class Window:
    """Local opening hour (0-23) and closing hour (1-24); a closing at or before the opening is on the next day.

    The window of a date runs from the instant of its opening to that of its closing, half-open, and is empty where a
    skipped hour swallows it.
    """

    opens: int
    closes: int

    @property
    def label(self) -> str:
        """The window in words, as in 18:00–23:00."""
        return f"{self.opens:02}:00–{self.closes:02}:00"

    def covers(self, instant: datetime, zone: ZoneInfo) -> bool:
        """Tell whether an instant lies in a window; the closing instant does not."""
        return any(start <= instant < end for start, end in self._around(instant, zone, NEAR))

    def next_opening(self, instant: datetime, zone: ZoneInfo) -> datetime:
        """Return the first opening at or after an instant, as a UTC instant."""
        # A window that a skipped hour swallows never opens; the day after one is whole again.
        return next(start for start, _ in self._around(instant, zone, range(-2, 5)) if start >= instant)

    def last_closing(self, instant: datetime, zone: ZoneInfo) -> datetime:
        """Return the last closing at or before an instant, as a UTC instant."""
        return max(end for _, end in self._around(instant, zone, range(-5, 2)) if end <= instant)

    def _around(self, instant: datetime, zone: ZoneInfo, days: range) -> Iterator[tuple[datetime, datetime]]:
        """Yield the windows that are not empty of the dates so many days from an instant's, in order."""
        today = local_day(instant, zone)
        for day in days:
            start, end = self._of(today + day * DAY, zone)
            if start < end:
                yield start, end

    def _of(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        last = day if self.opens < self.closes < 24 else day + DAY
        return to_instant(day, time(self.opens), zone), to_instant(last, time(self.closes % 24), zone)


def window_problems(opens: int, closes: int) -> list[str]:
    """Return what is wrong with a window's hours, a sentence each."""
    problems = []
    if not 0 <= opens <= 23:
        problems.append(sentence(f"A window opens at a whole hour from 0 to 23; {opens} is given."))
    if not 1 <= closes <= 24:
        problems.append(sentence(f"A window closes at a whole hour from 1 to 24; {closes} is given."))
    return problems
