"""How a person is used to read a calendar: the day on which a week starts, and a clock of 12 or 24 hours."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

MONDAY, SUNDAY = 0, 6
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Habits:
    """A week's first day, as `date.weekday` counts, and the hours of a clock's round: 12 or 24."""

    week_starts: int = MONDAY
    hours: int = 24

    def clock(self, local: datetime | time, *, seconds: bool = False) -> str:
        """Return a wall time as one is used to read it: 18:05, or 6:05 pm; with its seconds 18:05:09."""
        rest = f"{local.minute:02}:{local.second:02}" if seconds else f"{local.minute:02}"
        if self.hours == 24:
            return f"{local.hour:02}:{rest}"
        return f"{local.hour % 12 or 12}:{rest} {'am' if local.hour < 12 else 'pm'}"

    def hour(self, number: int) -> str:
        """Return the name of an hour of the day, from 0 to 23: 18:00, or 6 pm."""
        if self.hours == 24:
            return f"{number:02}:00"
        return f"{number % 12 or 12} {'am' if number < 12 else 'pm'}"

    def week_of(self, day: date) -> date:
        """Return the first day of the week in which a day stands."""
        return day - (day.weekday() - self.week_starts) % 7 * DAY


WORLD, AMERICA = Habits(), Habits(week_starts=SUNDAY, hours=12)


def habits_of(languages: str, *, language: str = "") -> Habits:
    """Return the habits of who prefers some languages.

    :param languages: as a browser sends them: `en-US,en;q=0.9`; the first one counts.
    :param language: the one in which the page is written; where that is another than the first, it was chosen.
    """
    first = languages.split(",")[0].split(";")[0].strip().lower()
    chosen = language.lower().partition("-")[0]
    return AMERICA if first == "en-us" and chosen in ("", "en") else WORLD
