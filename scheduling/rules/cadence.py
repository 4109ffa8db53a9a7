"""The cadence of an account: the weekly grid of slots, tied to the calendar and not to the moment that asks."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from operator import attrgetter
from zoneinfo import ZoneInfo

from scheduling.rules.wall_clock import BadTime, local_day, to_instant
from scheduling.rules.words import quoted
from workspaces.rules.sentences import sentence

DAY = timedelta(days=1)
MOST_A_WEEK = 70
CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00)?")


@dataclass(frozen=True, slots=True)
class Cadence:
    """Posts a week (0-70) at local times of a zone: sorted, distinct, whole minutes."""

    posts_per_week: int
    times: tuple[time, ...]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of the grid: its date and wall time, and the UTC instant that they mean."""

    day: date
    at: time
    instant: datetime

    @property
    def key(self) -> str:
        """The slot's name, as in 2026-11-20T18:00; it stays the same when a country changes its clocks."""
        return _key(self.day, self.at)


def _key(day: date, at: time) -> str:
    return f"{day.isoformat()}T{at.isoformat('minutes')}"


def cadence_problems(posts_per_week: int, times: Sequence[time]) -> list[str]:
    """Return what is wrong with a cadence, a sentence each; no times at all are too few unless nothing is posted."""
    if not 0 <= posts_per_week <= MOST_A_WEEK:
        return [sentence(f"Posts per week must be from 0 to {MOST_A_WEEK}; {posts_per_week} is given.")]
    counts = Counter(times)
    problems = [sentence(f"{at:%H:%M} is given more than once.") for at, count in sorted(counts.items()) if count > 1]
    problems += [
        sentence(f"{at.isoformat()} is not a whole minute.") for at in sorted(counts) if at.second or at.microsecond
    ]
    needed, given = -(-posts_per_week // 7), len(counts)
    if needed > given:
        problems.append(_too_few(posts_per_week, needed, given))
    return problems


def _too_few(posts: int, needed: int, given: int) -> str:
    words = sentence("1 post a week needs") if posts == 1 else sentence(f"{posts} posts a week need")
    words_times = sentence("1 time a day") if needed == 1 else sentence(f"{needed} times a day")
    have = {0: sentence("none is given"), 1: sentence("1 is given")}
    words_given = have.get(given) or sentence(f"{given} are given")
    return sentence(f"{words} {words_times}; {words_given}.")


def read_times(values: list[str]) -> tuple[time, ...]:
    """Read local times of day, as in 18:00, and return them sorted and distinct.

    :raises BadTime: naming the first that is not one.
    """
    return tuple(sorted({_read_time(str(value)) for value in values}))


def _read_time(text: str) -> time:
    found = CLOCK.fullmatch(text.strip())
    if found is None:
        raise BadTime(sentence(f"{quoted(text)} is not a time of day. Write it like 18:00, from 00:00 to 23:59."))
    return time(int(found[1]), int(found[2]))


def slots(cadence: Cadence, start: datetime, end: datetime) -> list[Slot]:
    """Return the slots of the grid with start <= instant < end, ordered by instant and key.

    Two that a clock change puts on one instant are both returned, the earlier wall time first.
    """
    week, zone = _week(cadence.posts_per_week, cadence.times), cadence.zone
    # A skipped hour or date moves a slot on, so that the instants of a day may belong to slots of the days before it.
    first, last = local_day(start, zone) - 2 * DAY, local_day(end, zone) + DAY
    found = []
    for number in range((last - first).days + 1):
        day = first + number * DAY
        for at in week[day.weekday()]:
            instant = to_instant(day, at, zone)
            if start <= instant < end:
                found.append(Slot(day, at, instant))
    found.sort(key=attrgetter("instant", "day", "at"))
    return found


def posts_by_weekday(cadence: Cadence) -> tuple[int, ...]:
    """Return how many slots each day of a week has, Monday first."""
    return tuple(map(len, _week(cadence.posts_per_week, cadence.times)))


def on_grid(cadence: Cadence, key: str) -> bool:
    """Tell whether a slot's key is a place of this cadence's grid; what is no key is not."""
    try:
        local = datetime.fromisoformat(key)
    except ValueError:
        return False
    day, at = local.date(), local.time()
    return key == _key(day, at) and at in _week(cadence.posts_per_week, cadence.times)[day.weekday()]


@lru_cache(maxsize=1024)
def _week(posts_per_week: int, times: tuple[time, ...]) -> tuple[tuple[time, ...], ...]:
    """Return the times of each day of any ISO week, Monday first.

    Post k of n is on day ⌊7k/n⌋ at time number k modulo the number of times. The posts of one day are
    neighbours in k, so as long as there are ⌈n/7⌉ times they are at different ones.
    """
    days: list[set[time]] = [set() for _ in range(7)]
    for number in range(posts_per_week if times else 0):
        days[7 * number // posts_per_week].add(times[number % len(times)])
    return tuple(tuple(sorted(day)) for day in days)
