"""The states of a batch: legal moves only, each with an event, each only by whoever holds the batch."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from scheduling.models import ItemState, Schedule, ScheduleItem
from scheduling.rules import SCHEDULE_MOVES
from workspaces.errors import Conflict
from workspaces.ledger import record

AT_WORK = tuple(status for status, moves in SCHEDULE_MOVES.items() if moves)
LEASE = timedelta(seconds=30)  # Many times what a step takes; so long a batch rests when its worker dies.


@dataclass
class Lease:
    """What a worker holds of a batch. Its end is also its mark: a later holder's is later."""

    schedule_id: UUID
    ends_at: datetime


def take_next(*, now: datetime) -> Lease | None:
    """Hold the oldest batch that waits for somebody; None where none does."""
    free = Q(lease_ends_at=None) | Q(lease_ends_at__lt=now)
    waiting = Schedule.objects.filter(free, status__in=AT_WORK)
    for pk in waiting.order_by("created_at", "id").values_list("pk", flat=True)[:10]:
        lease = Lease(pk, now + LEASE)
        if waiting.filter(pk=pk).update(lease_ends_at=lease.ends_at, queued_at=None):
            return lease
    return None


def held(lease: Lease) -> Schedule | None:
    """Return the batch of a lease, locked; None if somebody else has taken it over, or it needs no more work."""
    found = Schedule.objects.select_for_update(no_key=True, of=("self",)).filter(pk=lease.schedule_id)
    return found.filter(lease_ends_at=lease.ends_at, status__in=AT_WORK).first()


def renew(batch: Schedule, lease: Lease, *, now: datetime) -> Lease:
    """Hold a locked batch for longer; return the lease that counts once this transaction is committed."""
    ends_at = max(now + LEASE, lease.ends_at + timedelta(microseconds=1))
    Schedule.objects.filter(pk=batch.pk).update(lease_ends_at=ends_at, updated_at=now)
    return Lease(batch.pk, ends_at)


def release(lease: Lease) -> None:
    """Let go of a batch before its work is done, so that the next worker need not wait."""
    Schedule.objects.filter(pk=lease.schedule_id, lease_ends_at=lease.ends_at).update(lease_ends_at=None)


def move_batch(batch: Schedule, to: str, *, now: datetime, actor: str, **values: Any) -> Schedule:
    """Give a batch another state, if the table has that move and nobody was faster.

    :raises Conflict: if not.
    """
    if to not in SCHEDULE_MOVES[batch.status]:
        raise Conflict(_("It is %(status)s: from there it cannot become %(to)s.") % {"status": batch.status, "to": to})
    values = {**values, "status": to, "updated_at": now}
    if not SCHEDULE_MOVES[to]:
        values["lease_ends_at"] = values["queued_at"] = None
    if not Schedule.objects.filter(pk=batch.pk, status=batch.status).update(**values):
        raise Conflict(_("The batch went on meanwhile. Look at it again, then decide."))
    for name, value in values.items():
        setattr(batch, name, value)
    note_batch(f"schedule_{to}", batch, now=now, actor=actor)
    return batch


def note_batch(event: str, batch: Schedule, *, now: datetime, actor: str) -> None:
    """Record an event of a batch, with how far it is."""
    record(
        event,
        workspace_id=batch.workspace_id,
        entity_type="schedule",
        entity_id=batch.pk,
        actor=actor,
        now=now,
        metadata={
            "title": batch.title,
            "status": batch.status,
            **progress(batch),
            **({"reason": batch.reason} if batch.reason else {}),
        },
    )


def progress(batch: Schedule) -> dict[str, int]:
    """Return how many items a batch has, and how many are placed and refused."""
    return ScheduleItem.objects.filter(schedule=batch).aggregate(
        total=Count("pk"),
        placed=Count("pk", filter=Q(state=ItemState.PLACED)),
        refused=Count("pk", filter=Q(state=ItemState.REFUSED)),
    )
