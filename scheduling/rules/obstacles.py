"""What stands in the way of an instant on an account, rule by rule, and how far it reaches."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduling.rules.account import AccountRules
from scheduling.rules.wall_clock import day_stretches, local_day
from scheduling.rules.words import span
from workspaces.rules.sentences import sentence

# Half-open ranges have no last instant; people count in minutes, so a minute before the end is the last.
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A rule that an instant breaks, its words for a reason, and the nearest instants around that it allows."""

    rule: str
    words: str
    before: datetime
    after: datetime


def first_obstacle(at: datetime, rules: AccountRules, posts: Sequence[datetime]) -> Obstacle | None:
    """Return the first rule that an instant breaks, or None where it is free; `posts` are sorted instants."""
    for find in (blackout_at, window_at, cap_at, gap_at):
        if found := find(at, rules, posts):
            return found
    return None


def blackout_at(at: datetime, rules: AccountRules, _posts: Sequence[datetime]) -> Obstacle | None:
    """Return the blackout that an instant falls in."""
    for blackout in rules.blackouts:
        if blackout.start <= at < blackout.end:
            said = sentence(f'blackout "{blackout.reason}"') if blackout.reason else sentence("a blackout")
            return Obstacle("blackout", said, blackout.start - MINUTE, blackout.end)
    return None


def window_at(at: datetime, rules: AccountRules, _posts: Sequence[datetime]) -> Obstacle | None:
    """Return the posting window if an instant lies outside."""
    window, zone = rules.window, rules.zone
    if window is None or window.covers(at, zone):
        return None
    before, after = window.last_closing(at, zone) - MINUTE, window.next_opening(at, zone)
    return Obstacle("window", sentence(f"{window.label} window"), before, after)


def cap_at(at: datetime, rules: AccountRules, posts: Sequence[datetime]) -> Obstacle | None:
    """Return the daily cap if the local date of an instant is full."""
    if rules.daily_cap is None or posts_on_day(at, rules, posts) < rules.daily_cap:
        return None
    stretches = day_stretches(local_day(at, rules.zone), rules.zone)
    start, end = next(stretch for stretch in stretches if stretch[0] <= at < stretch[1])
    return Obstacle("daily_cap", sentence(f"daily cap of {rules.daily_cap}"), start - MINUTE, end)


def posts_on_day(at: datetime, rules: AccountRules, posts: Sequence[datetime]) -> int:
    """Return how many posts stand on the local date of an instant."""
    stretches = day_stretches(local_day(at, rules.zone), rules.zone)
    return sum(bisect_left(posts, end) - bisect_left(posts, start) for start, end in stretches)


def gap_at(at: datetime, rules: AccountRules, posts: Sequence[datetime]) -> Obstacle | None:
    """Return the minimum gap if an instant is too close to a post; where the gap is zero, the taken instant."""
    if not rules.gap:
        return _taken_at(at, posts)
    last, first = bisect_left(posts, at + rules.gap), bisect_right(posts, at - rules.gap)
    if first == last:
        return None
    before = after = at
    while first < len(posts) and posts[first] - after < rules.gap:
        after, first = posts[first] + rules.gap, first + 1
    while last > 0 and before - posts[last - 1] < rules.gap:
        before, last = posts[last - 1] - rules.gap, last - 1
    return Obstacle("gap", sentence(f"{span(rules.gap)} gap"), before, after)


def _taken_at(at: datetime, posts: Sequence[datetime]) -> Obstacle | None:
    before = after = at
    while is_taken(after, posts):
        after += MINUTE
    while is_taken(before, posts):
        before -= MINUTE
    return Obstacle("taken", sentence("the post that stands there"), before, after) if after > at else None


def is_taken(at: datetime, posts: Sequence[datetime]) -> bool:
    """Tell whether a post stands at exactly this instant."""
    place = bisect_left(posts, at)
    return place < len(posts) and posts[place] == at
