"""The work on batches: small steps, each one transaction, by whoever holds the batch."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from django.db.models import Q

from scheduling.models import ItemState, Placing, Schedule, ScheduleItem, ScheduleStatus
from scheduling.services.account_rules import locked_accounts
from scheduling.services.batches.canceling import call_off, kept, still_open
from scheduling.services.batches.moving import AT_WORK, Lease, held, move_batch, note_batch, release, renew, take_next
from scheduling.services.batches.placing import place_item
from workspaces.ledger import unit_of_work
from workspaces.outages import outage_of

log = logging.getLogger(__name__)

AT_ONCE = 20  # Items of one transaction: their accounts are locked for its length, a fraction of a second.
LIFE = timedelta(seconds=60)  # Then the worker is free for others; the batch waits for the next.
QUEUED_FOR = timedelta(seconds=20)  # A queued run that has not started by then is queued again.
OUR_FAULT = "Something went wrong on our side; it has been logged. What was placed stays."


def work_waits(*, now: datetime) -> bool:
    """Return whether a run has to be queued, and note it as queued: batches wait, and nobody works on any.

    Whoever works takes the next batch when one is done, so that one run at a time is enough.
    """
    at_work = Schedule.objects.filter(status__in=AT_WORK)
    if at_work.filter(lease_ends_at__gte=now).exists():
        return False
    not_queued = Q(queued_at=None) | Q(queued_at__lt=now - QUEUED_FOR)
    first = at_work.order_by("created_at", "id").first()
    # Several machines ask at once: the conditional update lets one of them queue it.
    return first is not None and bool(at_work.filter(not_queued, pk=first.pk).update(queued_at=now))


def work_on_batches(*, clock: Callable[[], datetime], stopping: Callable[[], bool], life: timedelta = LIFE) -> int:
    """Place what waits until nothing does, life is over, or the process stops; return how many batches were ended."""
    ended, end = 0, monotonic() + life.total_seconds()
    while not stopping() and monotonic() < end and (lease := take_next(now=clock())):
        try:
            while not stopping() and monotonic() < end and step(lease, now=clock()):
                pass
        except Exception as error:  # The loop of a process: one batch must not stand in the way of the others.
            if outage_of(error):
                raise  # The database is away: the lease lapses, and the next worker goes on.
            log.exception("batch_failed", extra={"schedule": str(lease.schedule_id)})
            fail(lease, now=clock())
        release(lease)
        ended += not Schedule.objects.filter(pk=lease.schedule_id, status__in=AT_WORK).exists()
    return ended


def step(lease: Lease, *, now: datetime) -> bool:
    """Do the next piece of a batch's work in one transaction; return whether there may be more."""
    with unit_of_work():
        batch = held(lease)
        if batch is None:
            return False
        renewed = renew(batch, lease, now=now)
        STEPS[batch.status](batch, now, batch.actor or "system")
    lease.ends_at = renewed.ends_at  # Only now: what is rolled back leaves the old one standing.
    return batch.status in AT_WORK


def fail(lease: Lease, *, now: datetime) -> None:
    """End a batch that a bug keeps from going on; what it has placed stays."""
    with unit_of_work():
        batch = held(lease)
        if batch is not None:
            waiting = batch.items.filter(state=ItemState.WAITING)
            waiting.update(state=ItemState.REFUSED, rule="error", reason=OUR_FAULT, updated_at=now)
            move_batch(batch, ScheduleStatus.FAILED, now=now, actor="system", reason=OUR_FAULT)


def _start(batch: Schedule, now: datetime, actor: str) -> None:
    move_batch(batch, ScheduleStatus.RUNNING, now=now, actor=actor)


def _run(batch: Schedule, now: datetime, actor: str) -> None:
    """Place what has a stated time."""
    if not _place_some(batch, _waiting(batch).filter(placing=Placing.STATED), now, actor):
        move_batch(batch, ScheduleStatus.OPTIMIZING, now=now, actor=actor)


def _optimize(batch: Schedule, now: datetime, actor: str) -> None:
    """Place what needs a time."""
    if not _place_some(batch, _waiting(batch), now, actor):
        move_batch(batch, ScheduleStatus.COMPLETING, now=now, actor=actor)


def _complete(batch: Schedule, now: datetime, actor: str) -> None:
    refused = batch.items.filter(state=ItemState.REFUSED).select_related("content_item").order_by("position")
    move_batch(batch, ScheduleStatus.COMPLETED, now=now, actor=actor, refused=[_refused(one) for one in refused])


def _call_off(batch: Schedule, now: datetime, actor: str) -> None:
    """Call off what was placed; what cannot be called off any more stays, and is counted."""
    items = still_open(batch)[:AT_ONCE]
    for item in items:
        call_off(item, now=now, actor=actor)
    if not any(item.state == ItemState.CANCELED for item in items):
        move_batch(batch, ScheduleStatus.CANCELED, now=now, actor=actor, reason=kept(batch))
    else:
        note_batch("schedule_progress", batch, now=now, actor=actor)


STEPS = {
    ScheduleStatus.PENDING: _start,
    ScheduleStatus.RUNNING: _run,
    ScheduleStatus.OPTIMIZING: _optimize,
    ScheduleStatus.COMPLETING: _complete,
    ScheduleStatus.CANCELING: _call_off,
}


def _waiting(batch: Schedule):
    return batch.items.filter(state=ItemState.WAITING).order_by("position")


def _place_some(batch: Schedule, items, now: datetime, actor: str) -> int:
    """Place the next items; return how many there were."""
    some = list(items.select_for_update(of=("self",)).select_related("content_item__brand")[:AT_ONCE])
    accounts = {one.pk: one for one in locked_accounts({item.channel_account_id for item in some})}
    for item in some:
        item.channel_account = accounts[item.channel_account_id]
        place_item(item, batch, now=now, actor=actor)
    if some:
        note_batch("schedule_progress", batch, now=now, actor=actor)
    return len(some)


def _refused(item: ScheduleItem) -> dict[str, str]:
    return {
        "content_item": str(item.content_item_id),
        "channel_account": str(item.channel_account_id),
        "title": item.content_item.title,
        "rule": item.rule,
        "reason": item.reason,
    }
