"""Placing one item of a batch: as stated, by the rules, in a slot of the cadence, or at a recommended time."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from scheduling.models import ItemState, Placing, PostInstance, Schedule, ScheduledBy, ScheduleItem
from scheduling.rules import NoRoom
from scheduling.services.recommending import best_time
from scheduling.services.schedule import Terms, schedule_adjusted, schedule_as_stated
from workspaces.errors import Conflict, Invalid, Refusal, in_english
from workspaces.ledger import unit_of_work
from workspaces.rules.sentences import sentence

NO_SLOT = gettext_noop("There is no open slot of the cadence ahead. Top the plan off, or raise the cadence.")
MOST_TRIES = 2  # Somebody may skip or fill a slot at the moment in which it is chosen.


def place_item(item: ScheduleItem, batch: Schedule, *, now: datetime, actor: str) -> None:
    """Give an item its post, or its refusal with the rule that binds."""
    for tries in range(1, MOST_TRIES + 1):
        try:
            with unit_of_work(), in_english():
                item.post_instance = HOW[item.placing](item, batch, now, actor)
                item.state = ItemState.PLACED
        except Refusal as refusal:
            item.state, item.reason, item.rule = ItemState.REFUSED, refusal.message, _rule(refusal)
        if item.state == ItemState.PLACED or tries == MOST_TRIES or item.rule != "changed":
            break
    item.updated_at = now
    if item.state == ItemState.PLACED:
        item.reason = item.rule = ""
    item.save(update_fields=["state", "reason", "rule", "post_instance", "updated_at"])


def _stated(item: ScheduleItem, batch: Schedule, now: datetime, actor: str) -> PostInstance:
    terms = _terms(item, batch, ScheduledBy.MANUAL)
    return schedule_as_stated(
        account=item.channel_account, content=item.content_item, at=item.wanted, now=now, actor=actor, terms=terms
    )


def _adjusted(item: ScheduleItem, batch: Schedule, now: datetime, actor: str) -> PostInstance:
    return _by_the_rules(item, item.wanted or now, _terms(item, batch), now, actor)


def _best(item: ScheduleItem, batch: Schedule, now: datetime, actor: str) -> PostInstance:
    """Take the best free time; where none is free, the next that keeps the rules."""
    account = item.channel_account
    campaign = item.content_item.campaign_id
    found = best_time(account, now=now, start=item.wanted or now, end=item.window_end, campaign_id=campaign)
    if found is None:
        return _by_the_rules(item, item.wanted or now, _terms(item, batch), now, actor)
    return _by_the_rules(item, found.at, _terms(item, batch, reason=found.reason), now, actor)


def _slot(item: ScheduleItem, batch: Schedule, now: datetime, actor: str) -> PostInstance:
    """Fill the next open slot that no rule forbids."""
    account, start = item.channel_account, max(item.wanted or now, now)
    slots = account.post_instances.empty_slots().filter(scheduled_for__gte=start).order_by("scheduled_for", "id")
    terms = _terms(item, batch, ScheduledBy.CADENCE, reason=sentence("The next open slot of the cadence."))
    for at in slots.values_list("scheduled_for", flat=True):
        try:
            with unit_of_work():
                return schedule_as_stated(
                    account=account, content=item.content_item, at=at, now=now, actor=actor, terms=terms
                )
        except Conflict:  # In a blackout: the slot after it.
            continue
    raise Conflict(_(NO_SLOT)) from NoRoom("cadence", NO_SLOT)


def _by_the_rules(item: ScheduleItem, wanted: datetime, terms: Terms, now: datetime, actor: str) -> PostInstance:
    return schedule_adjusted(
        account=item.channel_account, content=item.content_item, wanted=wanted, now=now, actor=actor, terms=terms
    )


def _terms(item: ScheduleItem, batch: Schedule, chosen_by: str = ScheduledBy.BULK, reason: str = "") -> Terms:
    return Terms(
        scheduled_by=chosen_by,
        window_end=item.window_end,
        batch=batch,
        priority=item.priority,
        metadata=item.metadata,
        reason=reason,
    )


def _rule(refusal: Refusal) -> str:
    """Return the rule that binds, in a word."""
    if isinstance(refusal.__cause__, NoRoom):
        return refusal.__cause__.binding
    if isinstance(refusal, Invalid):
        return next(iter(refusal.errors), "account")
    return "changed"


HOW = {Placing.STATED: _stated, Placing.ADJUSTED: _adjusted, Placing.SLOT: _slot, Placing.BEST: _best}
