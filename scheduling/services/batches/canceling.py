"""Canceling a batch: it places nothing more, and what it has placed and is not out yet is called off."""

from datetime import datetime

from django.utils.translation import gettext as _

from scheduling.models import ItemState, Schedule, ScheduleItem, ScheduleStatus, Status
from scheduling.services.batches.moving import move_batch
from scheduling.services.edit import cancel
from workspaces.errors import Conflict
from workspaces.ledger import unit_of_work
from workspaces.rules.sentences import sentence

CALLED_OFF = sentence("The batch was canceled.")
OPEN = (Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED, Status.PENDING)


def cancel_batch(*, batch: Schedule, now: datetime, actor: str) -> Schedule:
    """Ask for the end of a batch; the workers call off what it has placed. A repeat changes nothing.

    :raises Conflict: if it is over, or its last step has begun.
    """
    with unit_of_work():
        batch = Schedule.objects.select_for_update(no_key=True, of=("self",)).get(pk=batch.pk)
        if batch.status == ScheduleStatus.CANCELING:
            return batch
        if batch.status in (ScheduleStatus.COMPLETED, ScheduleStatus.COMPLETING):
            raise Conflict(_("Its posts are placed: there is nothing to cancel. Cancel the posts themselves."))
        if batch.status in (ScheduleStatus.CANCELED, ScheduleStatus.FAILED):
            raise Conflict(_("It is %(status)s already.") % {"status": batch.status})
        move_batch(batch, ScheduleStatus.CANCELING, now=now, actor=actor)
        waiting = ScheduleItem.objects.filter(schedule=batch, state=ItemState.WAITING)
        waiting.update(state=ItemState.CANCELED, reason=CALLED_OFF, updated_at=now)
    return batch


def still_open(batch: Schedule) -> list[ScheduleItem]:
    """Return items whose posts a canceled batch has yet to call off."""
    placed = batch.items.filter(state=ItemState.PLACED, post_instance__schedule=batch, post_instance__status__in=OPEN)
    return list(placed.select_related("post_instance__channel_account__brand", "post_instance__content_item"))


def call_off(item: ScheduleItem, *, now: datetime, actor: str) -> None:
    """Cancel the post of an item: a slot of the cadence is empty again. What a worker holds by now stays."""
    post = item.post_instance
    try:
        cancel(instance=post, now=now, actor=actor)
    except Conflict:
        return
    item.state, item.reason, item.updated_at = ItemState.CANCELED, CALLED_OFF, now
    item.post_instance = None
    item.save(update_fields=["state", "reason", "post_instance", "updated_at"])


def kept(batch: Schedule) -> str:
    """Return what a canceled batch leaves standing, in a sentence."""
    count = batch.items.filter(state=ItemState.PLACED).count()
    if not count:
        return sentence("Canceled; none of its posts goes out.")
    if count == 1:
        return sentence("Canceled; 1 of its posts is out, or on the way, and stays.")
    return sentence(f"Canceled; {count} of its posts are out, or on the way, and stay.")
