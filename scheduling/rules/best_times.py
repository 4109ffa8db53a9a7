"""Choosing the best free times of a range: scores decide, every rule is kept, days that are full wait."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from scheduling.rules.account import AccountRules
from scheduling.rules.obstacles import first_obstacle
from scheduling.rules.wall_clock import to_local

HOUR = timedelta(hours=1)
FOR_EACH_ON_ITS_DAY = 0.10  # What another post on the same day costs, as a score: it spreads them over the week.
Scored = Callable[[int, int], float]


def best_times(
    scored: Scored, *, rules: AccountRules, posts: Sequence[datetime], start: datetime, end: datetime, count: int
) -> list[datetime]:
    """Return up to `count` whole local hours of [start, end) that keep every rule, best first; of equals the earlier.

    :param scored: the score of a weekday (Monday is 0) and an hour, in the account's local time.
    :param posts: the sorted instants that count on the account; what is chosen counts for what is chosen after it.
    """
    taken, chosen = list(posts), []
    days = Counter(to_local(one, rules.zone).date() for one in posts)
    hours = [(at, to_local(at, rules.zone)) for at in _whole_hours(start, end, rules)]
    scores = {at: scored(local.weekday(), local.hour) for at, local in hours}
    while len(chosen) < count:
        ranked = sorted(hours, key=lambda one: (FOR_EACH_ON_ITS_DAY * days[one[1].date()] - scores[one[0]], one[0]))
        found = next((one for one in ranked if first_obstacle(one[0], rules, taken) is None), None)
        if found is None:
            break
        at, local = found
        chosen.append(at)
        insort(taken, at)
        days[local.date()] += 1
        hours.remove(found)
    return chosen


def without(posts: Sequence[datetime], one: datetime) -> list[datetime]:
    """Return sorted instants without one of them."""
    place = bisect_left(posts, one)
    is_there = place < len(posts) and posts[place] == one
    return [*posts[:place], *posts[place + is_there :]]


def _whole_hours(start: datetime, end: datetime, rules: AccountRules) -> Iterator[datetime]:
    """Yield the instants of a range at which the account's clock shows a whole hour."""
    # Offsets from UTC are whole quarters of an hour today.
    at = start.replace(minute=start.minute // 15 * 15, second=0, microsecond=0)
    while at < end:
        if at >= start and to_local(at, rules.zone).minute == 0:
            yield at
            at += HOUR - timedelta(minutes=15)  # A change of the clock may come in between.
        at += timedelta(minutes=15)
