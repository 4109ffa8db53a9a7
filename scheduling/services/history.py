"""What the ledger says of post instances: one place for its event names and their metadata."""

from datetime import datetime
from typing import Any

from scheduling.models import PostInstance
from scheduling.rules import iso
from workspaces.ledger import record

ENTITY = "publish_log"  # Source 2's word for a post instance; systems that read its three events hold on to it.


def facts(instance: PostInstance) -> dict[str, Any]:
    """Return what every event says of an instance."""
    return {
        "clip_id": str(instance.content_item_id),
        "platform": instance.channel_account.platform,
        "social_account_id": str(instance.channel_account_id),
        "scheduled_for": iso(instance.scheduled_for),
        "status": instance.status,
    }


def note(event_type: str, instance: PostInstance, *, actor: str, now: datetime, **metadata: Any) -> None:
    """Record an event of an instance, with what it is now and what the caller adds."""
    record(
        event_type,
        workspace_id=instance.workspace_id,
        entity_type=ENTITY,
        entity_id=instance.pk,
        actor=actor,
        now=now,
        metadata={**facts(instance), **metadata},
    )


def note_created(instance: PostInstance, *, wanted: datetime, actor: str, now: datetime) -> None:
    """Record `publish_scheduled_created` as source 2 writes it: with the time that was asked for."""
    end = instance.scheduled_window_end
    note(
        "publish_scheduled_created",
        instance,
        actor=actor,
        now=now,
        scheduled_for=iso(wanted),
        scheduled_window_end=iso(end) if end else None,
        scheduled_by=instance.scheduled_by,
    )


def note_adjusted(instance: PostInstance, *, wanted: datetime, reason: str, actor: str, now: datetime) -> None:
    """Record `publish_scheduled_adjusted` as source 2 writes it."""
    record(
        "publish_scheduled_adjusted",
        workspace_id=instance.workspace_id,
        entity_type=ENTITY,
        entity_id=instance.pk,
        actor=actor,
        now=now,
        metadata={
            "clip_id": str(instance.content_item_id),
            "platform": instance.channel_account.platform,
            "original_time": iso(wanted),
            "adjusted_time": iso(instance.scheduled_for),
            "reason": reason,
        },
    )
