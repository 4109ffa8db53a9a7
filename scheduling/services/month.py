"""Reading whole weeks as a page shows them: a few chips a day, and what is filled in each week.

However many posts they hold, it takes two queries: one counts them by local day and state, the other finds the first
few of each day by the index of a workspace's time. Zones are worked out here, once a day, never in SQL.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.db.models.expressions import RawSQL

from scheduling.models import PostInstance, Status
from scheduling.models.instances import PostInstances
from scheduling.rules import day_bounds
from scheduling.rules.habits import WORLD, Habits
from scheduling.services.chips import Chip, read_chips
from scheduling.services.targets import Targets
from scheduling.sql.days import FirstOfRanges, day_number

DAY = timedelta(days=1)
CHIPS_A_DAY = 4
GONE = frozenset({Status.SKIPPED, Status.CANCELED})
NOT_FILLED = frozenset({Status.PLANNED, Status.FAILED, Status.MISSED})

Bounds = tuple[datetime, datetime]
Tally = Counter[str]
"""How many posts of a day are in each state."""


@dataclass(frozen=True)
class Filling:
    """How many posts and slots there are, and how many of them have content that goes out or went out."""

    filled: int
    slots: int

    @property
    def low(self) -> int:
        """Below it, so much is open that the week needs work."""
        return self.slots * 2 // 5

    @property
    def high(self) -> int:
        """From it on, the week is as good as filled."""
        return self.slots * 6 // 7


@dataclass(frozen=True)
class Day:
    """A local date, the chips that stand on it in order, and how many more there are.

    :param open: its empty slots; :param bare: what the cadence asks for, where nothing at all stands yet.
    """

    date: date
    chips: list[Chip]
    more: int
    open: int = 0
    bare: int = 0

    @property
    def key(self) -> str:
        """The date as addresses and ids write it."""
        return self.date.isoformat()

    @property
    def has_posts(self) -> bool:
        """Whether anything is shown on it."""
        return bool(self.chips)


@dataclass(frozen=True)
class Week:
    """Seven days, and what of them is filled."""

    days: list[Day]
    filling: Filling

    @property
    def number(self) -> int:
        """The number of the ISO week in which most of its days are."""
        return self.days[-1].date.isocalendar().week


def visible_days(first: date, habits: Habits = WORLD) -> list[date]:
    """Return the days of the whole weeks that a month touches."""
    last = (first.replace(day=28) + 4 * DAY).replace(day=1) - DAY
    start, end = habits.week_of(first), habits.week_of(last) + 6 * DAY
    return [start + number * DAY for number in range((end - start).days + 1)]


def read_weeks(
    rows: PostInstances,
    *,
    days: list[date],
    zone: ZoneInfo,
    statuses: Collection[str] = (),
    only: Collection[date] | None = None,
    room: int = CHIPS_A_DAY,
    targets: Targets | None = None,
) -> list[Week]:
    """Return whole weeks in a zone.

    :param rows: the instances to choose from, of every state: what is filled counts them all.
    :param days: of whole weeks, one after the other.
    :param statuses: the states that are shown; none shows all.
    :param only: the days whose chips are read; None reads those of all.
    :param room: how many chips a day shows.
    :param targets: what days are to have for which nobody has made the plan yet.
    """
    bounds = [day_bounds(day, zone) for day in days]
    tallies = _tallies(rows, bounds)
    shown = frozenset(statuses or Status.values)
    wanted = [tally if only is None or day in only else Counter() for day, tally in zip(days, tallies, strict=True)]
    chips = _chips(bounds, _first_of_days(rows, bounds, wanted, shown, room))
    bare = [bare_of(day, tally, targets) for day, tally in zip(days, tallies, strict=True)]
    cells = [
        Day(day, some, sum(tally[status] for status in shown) - len(some), tally[Status.PLANNED], missing)
        for day, some, tally, missing in zip(days, chips, tallies, bare, strict=True)
    ]
    return [
        Week(cells[at : at + 7], filling(sum(tallies[at : at + 7], Counter()), sum(bare[at : at + 7])))
        for at in range(0, len(days), 7)
    ]


def bare_of(day: date, tally: Tally, targets: Targets | None) -> int:
    """Return what a day is to have on which nothing stands: what was skipped or moved there was somebody's choice."""
    return targets.on(day) if targets and not tally else 0


def filling(tally: Tally, bare: int = 0) -> Filling:
    """Return what is filled of what stands in some states, and of what does not stand there yet."""
    slots = sum(count for status, count in tally.items() if status not in GONE)
    return Filling(slots - sum(tally[status] for status in NOT_FILLED), slots + bare)


def _tallies(rows: PostInstances, bounds: list[Bounds]) -> list[Tally]:
    """Count the instances of each day by state."""
    number = day_number([start for start, _ in bounds])
    found = rows.between(bounds[0][0], bounds[-1][1]).order_by().values_list(number, "status")
    tallies: list[Tally] = [Counter() for _ in bounds]
    for day, status, count in found.annotate(count=Count("*")):
        tallies[day][status] = count
    return tallies


def _chips(bounds: list[Bounds], firsts: RawSQL | None) -> list[list[Chip]]:
    """Return the chips of each day, in order."""
    by_day: list[list[Chip]] = [[] for _ in bounds]
    if firsts is None:
        return by_day
    starts = [start for start, _ in bounds]
    for chip in read_chips(PostInstance.objects.filter(pk__in=firsts)):
        by_day[bisect_right(starts, chip.scheduled_for) - 1].append(chip)
    return by_day


def _first_of_days(
    rows: PostInstances, bounds: list[Bounds], tallies: list[Tally], shown: frozenset[str], most: int
) -> RawSQL | None:
    """Return what finds the few of each day to show: what was skipped or canceled only where others leave room."""
    firsts = FirstOfRanges(rows)
    for (start, end), tally in zip(bounds, tallies, strict=True):
        room = most
        for states in (shown - GONE, shown & GONE):
            here = sum(tally[state] for state in states)
            if room > 0 and here:
                firsts.add(start, end, states=states, most=room)
            room -= here
    return firsts.ids()
