"""The same writes through the ORM, for SQLite: one writer at a time, and one machine's worth of posts."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from scheduling.models import PostInstance, ScheduledBy, Status
from scheduling.rules import iso
from scheduling.sql.rows import Held, SlotRow
from workspaces.models import LedgerEvent

KEYS_AT_ONCE = 500  # SQLite takes a limited number of parameters in a statement.


def insert_slots(rows: list[SlotRow], *, now: datetime) -> dict[UUID, int]:
    """See `scheduling.sql.insert_slots`.

    The caller's transaction holds SQLite's only write lock, so that what is free when looked at stays free:
    `ignore_conflicts` would also swallow violations of every other constraint.
    """
    free = _free(rows)
    PostInstance.objects.bulk_create([_instance(row, now) for row in free], batch_size=KEYS_AT_ONCE)
    return Counter(row.account_id for row in free)


def _free(rows: list[SlotRow]) -> list[SlotRow]:
    accounts = {row.account_id for row in rows}
    start, end = min(row.scheduled_for for row in rows), max(row.scheduled_for for row in rows)
    there = PostInstance.objects.filter(channel_account__in=accounts, scheduled_for__gte=start, scheduled_for__lte=end)
    taken = set(there.occupying().order_by().values_list("channel_account_id", "scheduled_for"))
    made = PostInstance.objects.filter(
        channel_account__in=accounts, cadence_slot__in=sorted({row.cadence_slot for row in rows})
    )
    taken |= set(made.order_by().values_list("channel_account_id", "cadence_slot"))
    free = []
    for row in rows:
        keys = {(row.account_id, row.scheduled_for), (row.account_id, row.cadence_slot)}
        if not keys & taken:
            free.append(row)
            taken |= keys
    return free


def _instance(row: SlotRow, now: datetime) -> PostInstance:
    return PostInstance(
        id=row.id,
        workspace_id=row.workspace_id,
        channel_account_id=row.account_id,
        content_item_id=row.placeholder_id,
        status=Status.PLANNED,
        scheduled_by=ScheduledBy.CADENCE,
        scheduled_for=row.scheduled_for,
        local_time=row.local_time,
        timezone=row.timezone,
        cadence_slot=row.cadence_slot,
        created_at=now,
        updated_at=now,
    )


def enqueue(*, now: datetime, held: Held, workspace_id: UUID | None, limit: int) -> list[UUID]:
    """See `scheduling.sql.enqueue`."""
    due = PostInstance.objects.filter(status=Status.SCHEDULED, due_at__lte=now)
    due = due.exclude(channel_account__in=held.account_ids).exclude(
        Q(campaign__isnull=False) & Q(campaign__in=held.campaign_ids)
    )
    if workspace_id:
        due = due.filter(workspace_id=workspace_id)
    rows = list(due.select_related("channel_account").order_by("due_at")[: min(limit, KEYS_AT_ONCE)])
    ids = [row.pk for row in rows]
    PostInstance.objects.filter(pk__in=ids, status=Status.SCHEDULED).update(
        status=Status.PENDING, version=F("version") + 1, updated_at=now
    )
    LedgerEvent.objects.bulk_create(_event(row, now) for row in rows)
    return ids


def _event(row: PostInstance, now: datetime) -> LedgerEvent:
    return LedgerEvent(
        workspace_id=row.workspace_id,
        event_type="publish_scheduled_enqueued",
        entity_type="publish_log",
        entity_id=row.pk,
        actor="system",
        created_at=now,
        metadata={
            "clip_id": str(row.content_item_id),
            "platform": row.channel_account.platform,
            "social_account_id": str(row.channel_account_id),
            "scheduled_for": iso(row.scheduled_for),
            "enqueued_at": iso(now),
        },
    )
