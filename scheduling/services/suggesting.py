"""Times that one click takes: the next free slot of an account, and its best times with the reason why."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduling.models import ChannelAccount
from scheduling.services.account_rules import posts_of, rules_of
from scheduling.services.choosing import by_the_rules, keep
from scheduling.services.recommending import recommend
from workspaces.errors import Conflict

RANGE = timedelta(days=14)
HOW_MANY = 3
MOST_SLOTS = 50  # More slots in a row than this are hardly all in a blackout.


@dataclass(frozen=True)
class Suggestion:
    """A time that keeps every rule of an account, and why it is offered."""

    at: datetime
    reasons: list[str]


def next_free(account: ChannelAccount, *, now: datetime) -> datetime | None:
    """Return the instant of the next open slot that nothing forbids, else the next that the rules leave."""
    rules = rules_of(account, now=now)
    slots = account.post_instances.empty_slots().filter(scheduled_for__gt=now).order_by("scheduled_for", "id")
    for at in slots.values_list("scheduled_for", flat=True)[:MOST_SLOTS]:
        try:
            if not keep(at, rules=rules, posts=posts_of(account, around=at), now=now).warnings:
                return at
        except Conflict:
            continue
    try:
        return by_the_rules(account, now + timedelta(minutes=1), now=now).at
    except Conflict:
        return None


def best_ones(account: ChannelAccount, *, now: datetime) -> list[Suggestion]:
    """Return the account's best free times within two weeks, best first."""
    found = recommend(
        workspace=account.workspace,
        accounts=[account],
        platforms=[],
        count=HOW_MANY,
        start=now,
        end=now + RANGE,
        now=now,
    )
    return [Suggestion(one.at, one.reasons) for one in found]
