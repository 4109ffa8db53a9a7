"""What the cadence of accounts asks for on each weekday: for days for which nobody has made the plan yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from scheduling.models import ChannelAccount
from scheduling.rules.cadence import posts_by_weekday


@dataclass(frozen=True)
class Targets:
    """How many posts each weekday should have, Monday first, from today on."""

    by_weekday: Sequence[int]
    today: date

    def on(self, day: date) -> int:
        """Return how many posts a day should have; the past wants none any more."""
        return self.by_weekday[day.weekday()] if day >= self.today else 0


def targets_of(accounts: Iterable[ChannelAccount], *, today: date) -> Targets:
    """Return what the cadences of some accounts ask for together; what is switched off asks for nothing."""
    weeks = [posts_by_weekday(one.cadence) for one in accounts if one.is_active and one.posts_per_week]
    return Targets([sum(week[day] for week in weeks) for day in range(7)], today)
