"""Reading a week as a page shows it: what stands at which hour of seven local days, side by side where it is close.

Two queries: one reads when everything stands and in which state, the other what is shown of those that find a place.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from scheduling.models import PostInstance, Status
from scheduling.models.instances import PostInstances
from scheduling.rules import day_bounds, to_local
from scheduling.rules.lanes import Spot, arrange
from scheduling.services.chips import Chip, read_chips
from scheduling.services.month import Week, bare_of, filling
from scheduling.services.targets import Targets

QUARTERS_AN_HOUR, MINUTES_A_QUARTER = 4, 15
SLOT_HEIGHT, POST_HEIGHT = 2, 3  # Quarters of an hour that an empty slot covers on the page, and a post.
MOST_LANES, MOST_LANES_OF_A_FULL_DAY = 4, 2
FULL_DAY = 48  # Posts: from here on a day shows fewer side by side, so that a page stays light.


class Placed(NamedTuple):
    """A chip, the quarter of the day at which it stands, and its lane."""

    chip: Chip
    quarter: int
    spot: Spot

    @property
    def place(self) -> str:
        """The classes that put it there."""
        return f"at-q{self.quarter} lane-{self.spot.lane} of-{self.spot.lanes}"


class More(NamedTuple):
    """How many more stand in an hour, and among how many lanes that is said."""

    hour: int
    count: int
    lanes: int

    @property
    def place(self) -> str:
        """The classes that put it there: in the last lane."""
        return f"at-q{self.hour * QUARTERS_AN_HOUR} lane-{self.lanes} of-{self.lanes}"


@dataclass(frozen=True)
class WeekDay:
    """A local date and what stands where; `open` and `bare` as a month's day has them."""

    date: date
    placed: list[Placed]
    more: list[More]
    open: int = 0
    bare: int = 0

    @property
    def key(self) -> str:
        """The date as addresses and ids write it."""
        return self.date.isoformat()

    @property
    def has_posts(self) -> bool:
        """Whether anything is shown on it."""
        return bool(self.placed)


class _Standing(NamedTuple):
    """When a post stands, and in which state: all that it takes to find its place."""

    id: UUID
    at: datetime
    status: str
    quarter: int

    @property
    def span(self) -> tuple[int, int]:
        return self.quarter, self.quarter + (SLOT_HEIGHT if self.status == Status.PLANNED else POST_HEIGHT)


def read_week(
    rows: PostInstances,
    *,
    days: list[date],
    zone: ZoneInfo,
    statuses: Collection[str] = (),
    only: Collection[date] | None = None,
    targets: Targets | None = None,
) -> Week:
    """Return a week in a zone.

    :param rows: the instances to choose from, of every state: what is filled counts them all.
    :param days: seven, one after the other.
    :param statuses: the states that are shown; none shows all.
    :param only: the days whose chips are read; None reads those of all.
    :param targets: what days are to have for which nobody has made the plan yet.
    """
    standing = _standing(rows, days, zone)
    spots = {
        day: _spots([one for one in some if one.status in statuses] if statuses else some)
        for day, some in standing.items()
        if only is None or day in only
    }
    shown = [one.id for some in spots.values() for one, spot in some if spot]
    chips = {chip.id: chip for chip in read_chips(PostInstance.objects.filter(pk__in=shown))} if shown else {}
    tallies = {day: Counter(one.status for one in some) for day, some in standing.items()}
    bare = {day: bare_of(day, tally, targets) for day, tally in tallies.items()}
    cells = [
        WeekDay(day, *_placed(spots.get(day, []), chips), open=tallies[day][Status.PLANNED], bare=bare[day])
        for day in days
    ]
    return Week(cells, filling(sum(tallies.values(), Counter()), sum(bare.values())))


def _standing(rows: PostInstances, days: list[date], zone: ZoneInfo) -> dict[date, list[_Standing]]:
    """Return what stands on each local date, in order."""
    found: dict[date, list[_Standing]] = {day: [] for day in days}
    start, end = day_bounds(days[0], zone)[0], day_bounds(days[-1], zone)[1]
    some = rows.between(start, end).order_by("scheduled_for", "id").values_list("id", "scheduled_for", "status")
    for key, at, status in some:
        local = to_local(at, zone)
        if local.date() in found:
            found[local.date()].append(_Standing(key, at, status, quarter_of(local)))
    for standing in found.values():
        standing.sort(key=lambda one: one.quarter)  # Where a clock is set back, an hour comes again.
    return found


def quarter_of(local: datetime) -> int:
    """Return the quarter of the day in which a wall time is, from 0 to 95."""
    return local.hour * QUARTERS_AN_HOUR + local.minute // MINUTES_A_QUARTER


def _most_lanes(posts: int) -> int:
    return MOST_LANES_OF_A_FULL_DAY if posts > FULL_DAY else MOST_LANES


def _spots(standing: list[_Standing]) -> list[tuple[_Standing, Spot | None]]:
    most = _most_lanes(len(standing))
    return list(zip(standing, arrange([one.span for one in standing], most=most), strict=True))


def _placed(spots: list[tuple[_Standing, Spot | None]], chips: dict[UUID, Chip]) -> tuple[list[Placed], list[More]]:
    """Return what has a place, and how much has none in each hour."""
    placed = [Placed(chips[one.id], one.quarter, spot) for one, spot in spots if spot and one.id in chips]
    hidden = [one.quarter // QUARTERS_AN_HOUR for one, spot in spots if not spot]
    return placed, [More(hour, len(list(some)), _most_lanes(len(spots))) for hour, some in groupby(hidden)]
