"""Choosing a time on an account: strict when the machine chooses, kept with warnings when a person does."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from scheduling.models import ChannelAccount
from scheduling.rules import AccountRules, NoRoom, RuleWarning, iso, place, warnings
from scheduling.rules.choice import GRACE, forbidden
from scheduling.services.account_rules import posts_of, rules_of
from workspaces.errors import Conflict

DAY = timedelta(days=1)
SOON = timedelta(days=1)  # Most times are found within a day: then the posts of months need not be read.


@dataclass(frozen=True)
class Choice:
    """A time on an account, why it is not the one asked for, and what it breaks."""

    wanted: datetime
    at: datetime
    reason: str = ""
    warnings: list[dict[str, Any]] = field(default_factory=list)


def by_the_rules(
    account: ChannelAccount,
    wanted: datetime,
    *,
    now: datetime,
    campaign_id: UUID | None = None,
    latest: datetime | None = None,
    until: datetime | None = None,
    but: UUID | None = None,
) -> Choice:
    """Choose the first time from `wanted` on that keeps every rule.

    :raises Conflict: if `wanted` is over, or there is no such time, naming the rule that binds.
    """
    wanted, now = _whole_second(wanted), _whole_second(now)
    rules = rules_of(account, now=now, campaign_id=campaign_id)
    start = _not_just_over(wanted, now)
    if start < now and (no := forbidden(start, rules=rules, posts=(), now=now)):
        raise Conflict(str(no)) from no
    origin = max(start, now)
    soon, reach = origin + SOON, SOON + max(rules.gap, DAY) + DAY
    nearby = posts_of(account, around=origin, but=but, reach=reach)
    last = min(latest, soon) if latest else soon
    try:
        chosen = adjust(start, rules=rules, posts=nearby, now=now, latest=last, until=until)
    except Conflict:  # Nothing is free soon, or nothing at all: look at all that counts.
        posts = posts_of(account, around=start, but=but)
        chosen = adjust(start, rules=rules, posts=posts, now=now, latest=latest, until=until)
    return replace(chosen, wanted=wanted)


def adjust(
    wanted: datetime,
    *,
    rules: AccountRules,
    posts: Sequence[datetime],
    now: datetime,
    latest: datetime | None = None,
    until: datetime | None = None,
) -> Choice:
    """Choose the first time from `wanted` on under rules that are read already; `posts` as for `keep`.

    :raises Conflict: if there is none, naming the rule that binds.
    """
    wanted, now = _whole_second(wanted), _whole_second(now)
    try:
        placed = place(wanted, rules=rules, posts=posts, now=now, latest=latest, until=until)
    except NoRoom as error:
        raise Conflict(str(error)) from error
    return Choice(wanted, placed.at, placed.reason)


def as_stated(
    account: ChannelAccount,
    at: datetime,
    *,
    now: datetime,
    campaign_id: UUID | None = None,
    but: UUID | None = None,
) -> Choice:
    """Keep a time that a person stated, with what it breaks of window, gap and cap.

    :raises Conflict: if it is over, taken, or in a blackout.
    """
    rules = rules_of(account, now=now, campaign_id=campaign_id)
    return keep(at, rules=rules, posts=posts_of(account, around=at, but=but), now=now)


def keep(at: datetime, *, rules: AccountRules, posts: Sequence[datetime], now: datetime) -> Choice:
    """Keep a stated time under rules that are read already; `posts` are the instants that count, sorted.

    :raises Conflict: if it is over, taken, or in a blackout.
    """
    wanted, now = _whole_second(at), _whole_second(now)
    at = _not_just_over(wanted, now)
    no = forbidden(at, rules=rules, posts=posts, now=now)
    if no:
        raise Conflict(str(no)) from no
    broken = warnings(at, rules=rules, posts=posts, now=now)
    return Choice(wanted, at, warnings=[_as_json(one) for one in broken])


def _not_just_over(at: datetime, now: datetime) -> datetime:
    """Return an instant, or now if it was a moment ago: what was now when it was sent is still meant as now."""
    return now if now - GRACE <= at < now else at


def _as_json(warning: RuleWarning) -> dict[str, Any]:
    nearest = warning.nearest
    return {"rule": warning.rule, "message": warning.message, "nearest": iso(nearest) if nearest else None}


def _whole_second(instant: datetime) -> datetime:
    return instant.replace(microsecond=0)
