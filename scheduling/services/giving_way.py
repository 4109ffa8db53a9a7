"""Empty slots give way to a post that is moved onto them, and come back when it leaves again."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from scheduling.models import PostInstance, Status
from scheduling.rules import OCCUPYING
from scheduling.services.account_rules import rules_of
from scheduling.services.changing import change, wall_clock
from scheduling.services.choosing import as_stated
from scheduling.services.history import note
from workspaces.errors import Conflict
from workspaces.prepared import Prepared
from workspaces.rules.sentences import sentence

GAVE_WAY_TO = "gave_way_to"


def make_way(instance: PostInstance, at: datetime, *, now: datetime, actor: str) -> None:
    """Let the empty slot at an instant give way to a post that is moved there: the post takes its place in the plan."""
    for slot in _others(instance, at, Status.PLANNED):
        reason = sentence("A post was moved into this slot.")
        metadata = {**slot.metadata, GAVE_WAY_TO: str(instance.pk)}
        change(slot, to=Status.SKIPPED, now=now, reason=reason, metadata=metadata)
        note("publish_skipped", slot, actor=actor, now=now, reason=reason)


def come_back(instance: PostInstance, at: datetime, *, now: datetime, actor: str) -> None:
    """Bring back the empty slot that gave way to a post which has left its instant, unless a blackout covers it now."""
    if at <= now or (instance.scheduled_for == at and instance.status in OCCUPYING):
        return
    for slot in _others(instance, at, Status.SKIPPED):
        if slot.metadata.get(GAVE_WAY_TO) != str(instance.pk):
            continue
        if any(one.start <= at < one.end for one in rules_of(slot.channel_account, now=now).blackouts):
            continue
        with suppress(Conflict):  # Something else stands there by now.
            change(slot, to=Status.PLANNED, now=now, reason="", metadata=_without_mark(slot))
            note("publish_restored", slot, actor=actor, now=now)


def _others(instance: PostInstance, at: datetime, status: Status) -> list[PostInstance]:
    where = {"workspace": instance.workspace_id, "account": instance.channel_account_id, "at": at}
    return _standing(**where, status=str(status), but=instance.pk)


@Prepared
def _standing(*, workspace: UUID, account: UUID, at: datetime, status: str, but: UUID) -> QuerySet[PostInstance]:
    here = PostInstance.objects.filter(workspace_id=workspace, channel_account_id=account, scheduled_for=at)
    others = here.filter(status=status).exclude(pk=but)
    return others.select_related("channel_account__brand").order_by("id")


def settle(slot: PostInstance, at: datetime, *, now: datetime, actor: str) -> PostInstance:
    """Open a slot that has given way again, at an instant; where nothing may be opened, it goes on giving way."""
    account = slot.channel_account
    with suppress(Conflict):  # It is over, something stands there by now, or a blackout covers it.
        as_stated(account, at, now=now, campaign_id=slot.campaign_id)
        values = {"scheduled_for": at, **wall_clock(at, account.zone)}
        change(slot, to=Status.PLANNED, now=now, reason="", metadata=_without_mark(slot), **values)
        note("publish_restored", slot, actor=actor, now=now)
    return slot


def _without_mark(slot: PostInstance) -> dict[str, Any]:
    return {name: value for name, value in slot.metadata.items() if name != GAVE_WAY_TO}
