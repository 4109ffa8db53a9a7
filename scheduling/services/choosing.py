"""Choosing a time on an account: strict when the machine chooses, kept with warnings when a person does."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from scheduling.models import ChannelAccount
from scheduling.rules import NoRoom, RuleWarning, iso, place, refusal, warnings
from scheduling.services.account_rules import posts_of, rules_of
from workspaces.errors import Conflict


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

    :raises Conflict: if there is none, naming the rule that binds.
    """
    wanted, now = _whole_second(wanted), _whole_second(now)
    rules = rules_of(account, now=now, campaign_id=campaign_id)
    posts = posts_of(account, around=max(wanted, now), but=but)
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
    at = _whole_second(at)
    rules = rules_of(account, now=now, campaign_id=campaign_id)
    posts = posts_of(account, around=at, but=but)
    no = refusal(at, rules=rules, posts=posts, now=now)
    if no:
        raise Conflict(no)
    broken = warnings(at, rules=rules, posts=posts, now=now)
    return Choice(at, max(at, _whole_second(now)), warnings=[_as_json(one) for one in broken])


def _as_json(warning: RuleWarning) -> dict[str, Any]:
    nearest = warning.nearest
    return {"rule": warning.rule, "message": warning.message, "nearest": iso(nearest) if nearest else None}


def _whole_second(instant: datetime) -> datetime:
    return instant.replace(microsecond=0)
