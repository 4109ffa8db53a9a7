"""Reading a month as a page shows it: whole weeks of local days, a few chips a day, and what is filled in each week.

However many posts a month holds, it takes two queries: one counts them by local day and state, the other finds the
first few of each day by the index of a workspace's time. Zones are worked out here, once a day, never in SQL.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, SmallIntegerField, Value, When
from django.db.models.expressions import Combinable, RawSQL

from scheduling.models import PostInstance, Status
from scheduling.models.instances import PostInstances
from scheduling.rules import day_bounds
from scheduling.services.chips import Chip, read_chips

DAY = timedelta(days=1)
CHIPS_A_DAY = 4
GONE = frozenset({Status.SKIPPED, Status.CANCELED})
NOT_FILLED = frozenset({Status.PLANNED, Status.FAILED, Status.MISSED})

Tally = Counter[str]
"""How many posts of a day are in each state."""


@dataclass(frozen=True)
class Day:
    """A local date, the chips that stand on it in order, and how many more there are."""

    date: date
    chips: list[Chip]
    more: int


@dataclass(frozen=True)
class Week:
    """An ISO week, and how many of its posts and slots have content that goes out or went out."""

    number: int
    days: list[Day]
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


def visible_days(first: date) -> list[date]:
    """Return the days of the whole weeks, Monday first, that a month touches."""
    last = (first.replace(day=28) + 4 * DAY).replace(day=1) - DAY
    start, end = first - first.weekday() * DAY, last + (6 - last.weekday()) * DAY
    return [start + number * DAY for number in range((end - start).days + 1)]


def read_month(rows: PostInstances, *, first: date, zone: ZoneInfo, statuses: Collection[str] = ()) -> list[Week]:
    """Return the weeks of a month in a zone, as `read_weeks` does."""
    return read_weeks(rows, days=visible_days(first), zone=zone, statuses=statuses)


def read_weeks(
    rows: PostInstances,
    *,
    days: list[date],
    zone: ZoneInfo,
    statuses: Collection[str] = (),
    only: Collection[date] | None = None,
) -> list[Week]:
    """Return whole weeks in a zone.

    :param rows: the instances to choose from, of every state: a week's coverage counts them all.
    :param days: of whole weeks, one after the other.
    :param statuses: the states that are shown; none shows all.
    :param only: the days whose chips are read; None reads those of all.
    """
    bounds = [day_bounds(day, zone) for day in days]
    tallies = _tallies(rows, bounds)
    shown = frozenset(statuses or Status.values)
    wanted = [tally if only is None or day in only else Counter() for day, tally in zip(days, tallies, strict=True)]
    chips = _chips(rows, bounds, wanted, shown)
    cells = [
        Day(day, some, sum(tally[status] for status in shown) - len(some))
        for day, some, tally in zip(days, chips, tallies, strict=True)
    ]
    return [_week(cells[at : at + 7], sum(tallies[at : at + 7], Counter())) for at in range(0, len(days), 7)]


def _tallies(rows: PostInstances, bounds: list[tuple[datetime, datetime]]) -> list[Tally]:
    """Count the instances of each day by state."""
    found = rows.between(bounds[0][0], bounds[-1][1]).order_by().values_list(_day_number(bounds), "status")
    tallies: list[Tally] = [Counter() for _ in bounds]
    for number, status, count in found.annotate(count=Count("*")):
        tallies[number][status] = count
    return tallies


def _day_number(bounds: list[tuple[datetime, datetime]], first: int = 0) -> Combinable:
    """Return the number of a post's day among these, halved again and again: six comparisons for six weeks."""
    if len(bounds) == 1:
        return Value(first, output_field=SmallIntegerField())
    half = len(bounds) // 2
    before, after = _day_number(bounds[:half], first), _day_number(bounds[half:], first + half)
    return Case(When(scheduled_for__lt=bounds[half][0], then=before), default=after)


def _chips(
    rows: PostInstances, bounds: list[tuple[datetime, datetime]], tallies: list[Tally], shown: frozenset[str]
) -> list[list[Chip]]:
    """Return the first few instances of each day, in order."""
    parts = [part.query.sql_with_params() for part in _first_of_days(rows, bounds, tallies, shown)]
    by_day: list[list[Chip]] = [[] for _ in bounds]
    if not parts:
        return by_day
    ids = RawSQL(
        " UNION ALL ".join(f"SELECT id FROM ({sql}) AS day_{number}" for number, (sql, _) in enumerate(parts)),
        [value for _, values in parts for value in values],
    )
    starts = [start for start, _ in bounds]
    for chip in read_chips(PostInstance.objects.filter(pk__in=ids)):
        by_day[bisect_right(starts, chip.scheduled_for) - 1].append(chip)
    return by_day


def _first_of_days(
    rows: PostInstances, bounds: list[tuple[datetime, datetime]], tallies: list[Tally], shown: frozenset[str]
) -> Iterator[PostInstances]:
    """Yield, for each day, the ids of the few to show: what was skipped or canceled only where others leave room."""
    for (start, end), tally in zip(bounds, tallies, strict=True):
        room = CHIPS_A_DAY
        for states in (shown - GONE, shown & GONE):
            here = states & tally.keys()
            if room > 0 and here:
                some = rows.between(start, end).filter(status__in=sorted(here)).order_by("scheduled_for", "id")
                yield some.values("id")[:room]
            room -= sum(tally[state] for state in here)


def _week(days: list[Day], tally: Tally) -> Week:
    slots = sum(count for status, count in tally.items() if status not in GONE)
    return Week(days[0].date.isocalendar().week, days, slots - sum(tally[status] for status in NOT_FILLED), slots)
