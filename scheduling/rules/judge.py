"""The judge of every plan, whoever made it: on purpose it shares no code with what places, warns or refuses."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from scheduling.rules.account import AccountRules


def violations(at: datetime, *, rules: AccountRules, posts: Sequence[datetime]) -> list[str]:
    """Return the names of the rules that a post at an instant breaks; `posts` are the account's others, sorted."""
    checks = {
        "window": _outside_window(at, rules),
        "gap": any(abs(at - other) < rules.gap for other in _near(at, posts, rules.gap)),
        "daily_cap": _over_cap(at, rules, posts),
        "blackout": any(blackout.start <= at < blackout.end for blackout in rules.blackouts),
        "taken": bool(_near(at, posts, timedelta(0))),
    }
    return [name for name, broken in checks.items() if broken]


def _near(at: datetime, posts: Sequence[datetime], reach: timedelta) -> Sequence[datetime]:
    return posts[bisect_left(posts, at - reach) : bisect_right(posts, at + reach)]


def _over_cap(at: datetime, rules: AccountRules, posts: Sequence[datetime]) -> bool:
    if rules.daily_cap is None:
        return False
    day = at.astimezone(rules.zone).date()
    same_day = [other for other in _near(at, posts, timedelta(days=2)) if other.astimezone(rules.zone).date() == day]
    return len(same_day) + 1 > rules.daily_cap


def _outside_window(at: datetime, rules: AccountRules) -> bool:
    if rules.window is None:
        return False
    opens, closes = rules.window.opens, rules.window.closes
    length = (closes - opens) % 24 or 24
    midnight = at.astimezone(rules.zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    for days in (-2, -1, 0, 1):
        opening = midnight + timedelta(days=days, hours=opens)
        start, end = (
            wall.replace(fold=0, tzinfo=rules.zone).astimezone(UTC)
            for wall in (opening, opening + timedelta(hours=length))
        )
        if start <= at < end:
            return False
    return True
