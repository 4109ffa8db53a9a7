"""How a batch reads in JSON: with its items, each as the post that it became, or as what it waits for."""

from typing import Any

from scheduling.api.represent import post_instance
from scheduling.models import Connection, ItemState, PostInstance, Schedule, ScheduledBy, ScheduleItem, Status
from scheduling.rules import iso
from scheduling.services.batches.moving import progress

PENDING, SCHEDULED, PUBLISHED, SKIPPED, FAILED = "pending", "scheduled", "published", "skipped", "failed"
STATES = (PENDING, SCHEDULED, PUBLISHED, SKIPPED, FAILED)
IN_SOURCE_3: dict[str, str] = {
    Status.PLANNED: PENDING,
    Status.DRAFT: PENDING,
    Status.IN_REVIEW: PENDING,
    Status.SCHEDULED: SCHEDULED,
    Status.PENDING: SCHEDULED,
    Status.PUBLISHING: SCHEDULED,
    Status.PUBLISHED: PUBLISHED,
    Status.SKIPPED: SKIPPED,
    Status.CANCELED: SKIPPED,
    Status.FAILED: FAILED,
    Status.UNCONFIRMED: FAILED,
    Status.MISSED: FAILED,
}
WITHOUT_A_POST: dict[str, str] = {
    ItemState.WAITING: PENDING,
    ItemState.PLACED: SKIPPED,  # Its content was taken out of the plan since.
    ItemState.REFUSED: FAILED,
    ItemState.CANCELED: SKIPPED,
}
TAKEN_OUT = "It was taken out of the plan."


def summary(batch: Schedule) -> dict[str, Any]:
    """Return a batch without its items."""
    return {
        "id": str(batch.pk),
        "title": batch.title,
        "status": batch.status,
        "timezone": batch.timezone,
        "strategy": batch.strategy,
        "campaign": str(batch.campaign_id) if batch.campaign_id else None,
        "progress": _progress(batch),
        "reason": batch.reason or None,
        "metadata": batch.metadata,
        "bulk_job_id": batch.bulk_job_id or None,
        "created_at": iso(batch.created_at),
        "updated_at": iso(batch.updated_at),
    }


def whole(batch: Schedule) -> dict[str, Any]:
    """Return a batch with its items, in their order."""
    rows = batch.items.select_related(
        "content_item",
        "channel_account__brand",
        "post_instance__content_item",
        "post_instance__channel_account__brand",
        "post_instance__campaign",
    )
    items = [_item(one, batch) for one in rows.order_by("position")]
    if not items:  # A campaign's batch: its posts were placed when it was made.
        posts = PostInstance.objects.filter(schedule=batch).with_everything().order_by("scheduled_for", "id")
        items = [_as_item(one) for one in posts]
    return {**summary(batch), "items": items}


def _progress(batch: Schedule) -> dict[str, int]:
    counted = hasattr(batch, "item_count")  # As lists read them: all in one query.
    found = (
        {"total": batch.item_count, "placed": batch.placed_count, "refused": batch.refused_count}
        if counted
        else progress(batch)
    )
    if found["total"]:
        return found
    placed = batch.post_count if counted else PostInstance.objects.filter(schedule=batch).count()
    refused = len(batch.refused)
    return {"total": placed + refused, "placed": placed, "refused": refused}


def _as_item(post: PostInstance) -> dict[str, Any]:
    return {**post_instance(post), "state": IN_SOURCE_3[post.status], "rule": None}


def _item(item: ScheduleItem, batch: Schedule) -> dict[str, Any]:
    post = item.post_instance
    if post is not None and post.schedule_id == batch.pk:
        return _as_item(post)
    reason = TAKEN_OUT if item.state == ItemState.PLACED else item.reason
    return {
        **_not_a_post(item, batch),
        "reason": reason or None,
        "state": WITHOUT_A_POST[item.state],
        "rule": item.rule or None,
    }


def _not_a_post(item: ScheduleItem, batch: Schedule) -> dict[str, Any]:
    """Return an item that is no post instance, in the words of one: its id is null."""
    account, content = item.channel_account, item.content_item
    unset = ("id", "status", "local_time", "cadence_slot", "next_attempt_at", "published_at", "remote_id", "remote_url")
    return {
        **dict.fromkeys(unset),
        "workspace": str(batch.workspace_id),
        "brand": str(account.brand_id),
        "channel_account": str(account.pk),
        "platform": account.platform,
        "connection": Connection(account.connection).value,
        "content_item": str(content.pk),
        "campaign": str(content.campaign_id) if content.campaign_id else None,
        "schedule": str(batch.pk),
        "title": content.title,
        "schedule_type": "scheduled",
        "scheduled_for": iso(item.wanted) if item.wanted else None,
        "scheduled_window_end": iso(item.window_end) if item.window_end else None,
        "scheduled_by": ScheduledBy.MANUAL if item.placing == "stated" else ScheduledBy.BULK,
        "timezone": account.zone.key,
        "priority": item.priority,
        "retry_count": 0,
        "warnings": [],
        "metadata": item.metadata,
        "version": None,
        "created_at": iso(item.created_at),
        "updated_at": iso(item.updated_at),
    }
