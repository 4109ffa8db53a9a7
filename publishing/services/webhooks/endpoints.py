"""Endpoints: who follows along, and the one place that decides it."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from publishing.models import DispatchStatus, WebhookDelivery, WebhookEndpoint
from publishing.network.addresses import check_url
from publishing.network.failures import Refused
from publishing.network.signing import new_secret
from workspaces.errors import Conflict, Invalid
from workspaces.ledger import record, unit_of_work

SWITCHED_OFF = "The webhook was switched off."
ENTITY = "webhook_endpoint"
TEST = "webhook_test"


def save_endpoint(*, endpoint: WebhookEndpoint, now: datetime, actor: str) -> str:
    """Save an endpoint, new or changed; return the secret of a new one, to be shown once.

    What waits for an endpoint that is switched off is given up.

    :raises Invalid: if the address may not be used, or another endpoint has it.
    """
    endpoint.url = endpoint.url.strip()
    _check(endpoint)
    is_new = endpoint._state.adding
    secret = new_secret() if is_new else ""
    endpoint.updated_at = now
    with unit_of_work():
        if is_new:
            endpoint.secret = secret
        if endpoint.is_active:
            endpoint.disabled_reason, endpoint.failing_since = "", None
        endpoint.save()
        if not endpoint.is_active:
            _give_up(endpoint, now=now)
        event = "webhook_created" if is_new else "webhook_changed"
        _note(event, endpoint, now=now, actor=actor, event_types=endpoint.event_types, is_active=endpoint.is_active)
    return secret


def renew_secret(*, endpoint: WebhookEndpoint, now: datetime, actor: str) -> str:
    """Give an endpoint a new secret, and return it; the former is worth nothing from now on."""
    secret = new_secret()
    with unit_of_work():
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(secret=secret, updated_at=now)
        _note("webhook_secret_renewed", endpoint, now=now, actor=actor)
    return secret


def switch_off(*, endpoint: WebhookEndpoint, reason: str, now: datetime, actor: str) -> None:
    """Send no more to an endpoint, and say why."""
    with unit_of_work():
        rows = WebhookEndpoint.objects.filter(pk=endpoint.pk, is_active=True)
        if rows.update(is_active=False, disabled_reason=reason, updated_at=now):
            _give_up(endpoint, now=now)
            _note("webhook_switched_off", endpoint, now=now, actor=actor, reason=reason)


def delete_endpoint(*, endpoint: WebhookEndpoint, now: datetime, actor: str) -> None:
    """Remove an endpoint and its log."""
    with unit_of_work():
        _note("webhook_deleted", endpoint, now=now, actor=actor)
        WebhookEndpoint.objects.filter(pk=endpoint.pk).delete()


def send_test(*, endpoint: WebhookEndpoint, now: datetime, actor: str) -> None:
    """Send an event that tells of nothing but the endpoint itself.

    :raises Conflict: if it is switched off, or does not want that event.
    """
    if not endpoint.is_active:
        raise Conflict("The webhook is switched off. Switch it on first.")
    if endpoint.event_types and TEST not in endpoint.event_types:
        raise Conflict(f"The webhook does not want '{TEST}'. Add it to its event types, or leave them empty.")
    with unit_of_work():
        _note(TEST, endpoint, now=now, actor=actor)


def replay(*, deliveries: QuerySet[WebhookDelivery], now: datetime, actor: str) -> int:
    """Send deliveries that are over once more, under the same webhook id; return how many.

    :raises Conflict: if none of them is over, or their endpoint is switched off.
    """
    over = deliveries.exclude(status=DispatchStatus.WAITING).filter(endpoint__is_active=True)
    with unit_of_work():
        chosen = over.select_related("endpoint").defer("endpoint__secret").order_by("id")
        rows = list(chosen.select_for_update(of=("self",)))
        if not rows:
            raise Conflict("Nothing to send again: it still waits, or its webhook is switched off.")
        WebhookDelivery.objects.filter(pk__in=[one.pk for one in rows]).update(
            status=DispatchStatus.WAITING, next_attempt_at=now, finished_at=None, first_attempt_at=None, attempts=0
        )
        for endpoint in {one.endpoint_id: one.endpoint for one in rows}.values():
            events = [one.event_id for one in rows if one.endpoint_id == endpoint.pk]
            _note("webhook_replayed", endpoint, now=now, actor=actor, events=events[:100], count=len(events))
    return len(rows)


def _check(endpoint: WebhookEndpoint) -> None:
    try:
        check_url(endpoint.url)
    except Refused as refused:
        raise Invalid(str(refused), errors={"url": [str(refused)]}) from refused
    types = endpoint.event_types
    if not isinstance(types, list) or not all(isinstance(one, str) and one.isidentifier() for one in types):
        wrong = 'Write event types like this: ["publish_published", "publish_failed"]; an empty list means all.'
        raise Invalid(wrong, errors={"event_types": [wrong]})
    same = WebhookEndpoint.objects.filter(workspace=endpoint.workspace_id, url=endpoint.url).exclude(pk=endpoint.pk)
    if same.exists():
        wrong = "The workspace has a webhook to that address already."
        raise Invalid(wrong, errors={"url": [wrong]})


def _give_up(endpoint: WebhookEndpoint, *, now: datetime) -> None:
    waiting = WebhookDelivery.objects.filter(endpoint=endpoint, status=DispatchStatus.WAITING)
    locked = waiting.order_by("id").select_for_update(no_key=True).values("pk")
    over = {"status": DispatchStatus.FAILED, "next_attempt_at": None, "finished_at": now, "error": SWITCHED_OFF}
    WebhookDelivery.objects.filter(pk__in=locked).update(**over)


def _note(event_type: str, endpoint: WebhookEndpoint, *, now: datetime, actor: str, **facts: Any) -> None:
    record(
        event_type,
        workspace_id=endpoint.workspace_id,
        entity_type=ENTITY,
        entity_id=endpoint.pk,
        actor=actor,
        now=now,
        metadata={"description": endpoint.description, **facts},
    )
