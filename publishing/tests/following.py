"""What tests of outgoing webhooks share: a system that follows along, something that happens, and the courier."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from publishing.models import WebhookDelivery, WebhookEndpoint
from publishing.services.courier import Courier
from publishing.services.webhooks.bag import WebhookBag
from publishing.services.webhooks.endpoints import save_endpoint
from publishing.tests.receivers import Receiver
from scheduling.tests.factories import NOW
from workspaces.ledger import record, unit_of_work
from workspaces.models import Workspace

ANA = "user:ana"


def follow(workspace: Workspace, receiver: Receiver | None = None, **values: Any) -> WebhookEndpoint:
    """Return an endpoint, whose receiver knows its secret and has nothing to expect."""
    given = {"workspace": workspace, "url": receiver.url if receiver else "https://follow.example/", "created_at": NOW}
    made = WebhookEndpoint(**{**given, **values})
    secret = save_endpoint(endpoint=made, now=NOW, actor=ANA)
    if receiver:
        receiver.secret = secret
    WebhookDelivery.objects.filter(event__entity_type="webhook_endpoint").delete()  # It has been told of itself.
    return made


def happen(workspace: Workspace, *types: str, entity: UUID | None = None, now: datetime = NOW) -> UUID:
    """Record events about one thing, in one unit of work; return the thing's id."""
    entity = entity or uuid4()
    with unit_of_work():
        for one in types or ("publish_published",):
            record(one, workspace_id=workspace.pk, entity_type="publish_log", entity_id=entity, actor=ANA, now=now)
    return entity


def carry(clock: Callable[[], datetime]) -> None:
    """Let a courier do all that is due."""
    courier = Courier(clock=clock, bags=(WebhookBag(),))
    while courier.work(patience=10) or not courier.is_idle:
        pass
    courier.finish()


def types(receiver: Receiver) -> list[str]:
    """Return what a receiver was told, in the order in which it came."""
    return [got.message["type"] for got in receiver.got]


def states() -> list[str]:
    """Return where the deliveries stand, oldest first."""
    return list(WebhookDelivery.objects.order_by("id").values_list("status", flat=True))
