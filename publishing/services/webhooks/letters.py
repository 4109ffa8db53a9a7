"""What an endpoint gets of a ledger event: made from the event, which never changes, so that a repeat is the same."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from publishing.models import WebhookDelivery
from scheduling.rules import iso
from workspaces.models import LedgerEvent


@dataclass(frozen=True)
class Letter:
    """A delivery on its way, in plain values."""

    delivery_id: int
    endpoint_id: UUID
    entity_id: UUID
    attempt: int
    first_attempt_at: datetime
    message_id: str
    url: str
    body: bytes
    is_failing: bool
    last_taken_at: datetime | None
    secret: str = field(repr=False)


def message_id(event_id: int) -> str:
    """Return the webhook id of an event: by it a receiver knows a repeat."""
    return f"evt_{event_id}"


def body_of(event: LedgerEvent) -> bytes:
    """Return the body of an event."""
    data = {
        "id": event.pk,
        "event_type": event.event_type,
        "entity_type": event.entity_type,
        "entity_id": str(event.entity_id),
        "metadata": event.metadata,
        "actor": event.actor,
        "created_at": iso(event.created_at),
    }
    return json.dumps({"type": event.event_type, "timestamp": iso(event.created_at), "data": data}).encode()


def letter_of(delivery: WebhookDelivery, *, secret: str, now: datetime) -> Letter:
    """Return a delivery as it is carried, from how it stood before it was claimed."""
    return Letter(
        delivery_id=delivery.pk,
        endpoint_id=delivery.endpoint_id,
        entity_id=delivery.entity_id,
        attempt=delivery.attempts + 1,
        first_attempt_at=delivery.first_attempt_at or now,
        message_id=message_id(delivery.event_id),
        url=delivery.endpoint.url,
        body=body_of(delivery.event),
        is_failing=delivery.endpoint.failing_since is not None,
        last_taken_at=delivery.endpoint.last_taken_at,
        secret=secret,
    )
