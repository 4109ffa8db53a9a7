"""A person's choice of a time: what nobody gets, and what is kept with a warning."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduling.rules.account import AccountRules
from scheduling.rules.obstacles import blackout_at, cap_at, gap_at, is_taken, posts_on_day, window_at
from scheduling.rules.placement import NoRoom, nearest, too_far
from scheduling.rules.wall_clock import to_local
from scheduling.rules.words import span
from workspaces.rules.sentences import sentence

# A form or a request takes a moment: what was now when it was sent is still meant as now.
GRACE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class RuleWarning:
    """A rule (window, gap, daily_cap) that a kept time breaks, in a sentence, and the nearest that keeps all."""

    rule: str
    message: str
    nearest: datetime | None


def forbidden(at: datetime, *, rules: AccountRules, posts: Sequence[datetime], now: datetime) -> NoRoom | None:
    """Return why nobody may have an instant; None if they may.

    It is over (past), years away (too_far), in a blackout, or taken.
    """
    shown = f"{to_local(at, rules.zone):%Y-%m-%d %H:%M}"
    if at < now - GRACE:
        return NoRoom("past", sentence(f"{shown} is in the past."))
    if far := too_far(at, rules, now=now):
        return far
    if blackout := blackout_at(at, rules, posts):
        words = blackout.words if blackout.words.startswith("a ") else sentence(f"a {blackout.words}")
        return NoRoom("blackout", sentence(f"{shown} falls in {words}."))
    if is_taken(at, posts):
        return NoRoom("taken", sentence(f"{shown} is taken by another post on this account."))
    return None


def refusal(at: datetime, *, rules: AccountRules, posts: Sequence[datetime], now: datetime) -> str | None:
    """Return why nobody may have an instant, as a sentence; None if they may."""
    found = forbidden(at, rules=rules, posts=posts, now=now)
    return str(found) if found else None


def warnings(at: datetime, *, rules: AccountRules, posts: Sequence[datetime], now: datetime) -> list[RuleWarning]:
    """Return what an instant breaks of window, gap and daily cap, each with the nearest time that keeps every rule."""
    broken = list(_broken(at, rules, posts))
    better = nearest(at, rules=rules, posts=posts, now=now) if broken else None
    return [RuleWarning(rule, message, better) for rule, message in broken]


def _broken(at: datetime, rules: AccountRules, posts: Sequence[datetime]) -> Iterator[tuple[str, str]]:
    local = to_local(at, rules.zone)
    if outside := window_at(at, rules, posts):
        yield outside.rule, f"{local:%H:%M} is outside the {outside.words}."
    if rules.gap and gap_at(at, rules, posts):
        yield "gap", _too_close(at, rules, posts)
    if full := cap_at(at, rules, posts):
        count = posts_on_day(at, rules, posts)
        day = f"{local:%Y-%m-%d}"
        words = sentence("1 post") if count == 1 else sentence(f"{count} posts")
        yield full.rule, sentence(f"{day} already has {words}, with a {full.words}.")


def _too_close(at: datetime, rules: AccountRules, posts: Sequence[datetime]) -> str:
    place = bisect_left(posts, at)
    distance, other = min((abs(at - other), other) for other in posts[max(0, place - 1) : place + 1])
    if not distance:
        return sentence(f"Another post stands at the same time; the gap is {span(rules.gap)}.")
    if other < at:
        return sentence(f"Only {span(distance)} after another post; the gap is {span(rules.gap)}.")
    return sentence(f"Only {span(distance)} before another post; the gap is {span(rules.gap)}.")
