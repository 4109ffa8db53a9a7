"""How a post instance reads in JSON."""

from datetime import datetime
from typing import Any

from scheduling.models import Connection, PostInstance
from scheduling.rules import iso


def post_instance(instance: PostInstance) -> dict[str, Any]:
    """Return a post instance as the contract writes it; load it with `with_everything()`."""
    account = instance.channel_account
    return {
        "id": str(instance.pk),
        "workspace": str(instance.workspace_id),
        "brand": str(account.brand_id),
        "channel_account": str(account.pk),
        "platform": account.platform,
        "connection": Connection.SANDBOX.value if instance.is_sandboxed else account.connection,
        "content_item": str(instance.content_item_id),
        "campaign": _id(instance.campaign_id),
        "schedule": _id(instance.schedule_id),
        "title": instance.content_item.title,
        "status": instance.status,
        "schedule_type": instance.schedule_type,
        "scheduled_for": iso(instance.scheduled_for),
        "scheduled_window_end": _time(instance.scheduled_window_end),
        "scheduled_by": instance.scheduled_by,
        "timezone": instance.timezone,
        "local_time": instance.local_time,
        "cadence_slot": instance.cadence_slot,
        "priority": instance.priority,
        "retry_count": instance.retry_count,
        "next_attempt_at": _time(instance.due_at),
        "published_at": _time(instance.published_at),
        "remote_id": instance.remote_id or None,
        "remote_url": instance.remote_url or None,
        "reason": instance.reason or None,
        "warnings": instance.warnings,
        "metadata": instance.metadata,
        "version": instance.version,
        "created_at": iso(instance.created_at),
        "updated_at": iso(instance.updated_at),
    }


def _time(instant: datetime | None) -> str | None:
    return iso(instant) if instant else None


def _id(key: object) -> str | None:
    return str(key) if key else None
