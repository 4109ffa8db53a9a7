"""Endpoints: who follows along, and the one place that decides it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from publishing.models import DispatchStatus, WebhookDelivery, WebhookEndpoint
from publishing.models.fields import SecretLost
from publishing.network.addresses import check_url
from publishing.network.failures import Refused
from publishing.network.signing import new_secret
from publishing.rules.event_types import EVENT_TYPES
from workspaces.errors import Conflict, Invalid
from workspaces.ledger import record, unit_of_work
from workspaces.models import LedgerEvent
from workspaces.rules.sentences import sentence

SWITCHED_OFF = sentence("The webhook was switched off.")
ENTITY = "webhook_endpoint"
TEST = "webhook_test"
MOST = 5_000  # Of a replay: its rows are locked while it lasts.
MOST_NAMED = 100
AS_NEW = {
    "status": DispatchStatus.WAITING,
    "attempts": 0,
    "first_attempt_at": None,
    "finished_at": None,
    "error": "",
    "response_status": None,
    "response_body": "",
}
LIKE_THIS = sentence('Write event types like this: ["publish_published", "publish_failed"]; an empty list means all.')


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
    """Give an endpoint a new secret, and return it; until the next one, messages are signed with the former too."""
    secret = new_secret()
    with unit_of_work():
        mine = WebhookEndpoint.objects.filter(pk=endpoint.pk)
        former = secret_of(mine.select_for_update(no_key=True))
        mine.update(secret=" ".join([secret, *former.split()[:1]]), updated_at=now)
        _note("webhook_secret_renewed", endpoint, now=now, actor=actor)
    return secret


def secret_of(row: QuerySet[WebhookEndpoint]) -> str:
    """Return the secret of the one endpoint in a query; none if there is no endpoint, or no key decrypts it."""
    try:
        return row.values_list("secret", flat=True).first() or ""
    except SecretLost:
        return ""


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
    """Send an event that tells of nothing but the endpoint itself, whatever it asks for.

    :raises Conflict: if it is switched off.
    """
    if not endpoint.is_active:
        raise Conflict(_("The webhook is switched off. Switch it on first."))
    with transaction.atomic():
        with unit_of_work():
            _note(TEST, endpoint, now=now, actor=actor)
        event = LedgerEvent.objects.filter(entity_id=endpoint.pk, event_type=TEST).latest("id")
        about = {"workspace_id": endpoint.workspace_id, "entity_id": endpoint.pk}
        times = {"created_at": now, "next_attempt_at": now}
        WebhookDelivery.objects.get_or_create(endpoint=endpoint, event=event, defaults={**about, **times})


def replay(*, deliveries: QuerySet[WebhookDelivery], now: datetime, actor: str) -> int:
    """Send deliveries that are over once more, under the same webhook id; return how many.

    Of very many the first are sent; the others stay as they are.

    :raises Conflict: if none of them is over, or their endpoint is switched off.
    """
    over = deliveries.exclude(status=DispatchStatus.WAITING).filter(endpoint__is_active=True).order_by("id")
    with unit_of_work():
        rows = list(over.select_for_update(of=("self",), no_key=True).only("pk", "event_id", "endpoint_id")[:MOST])
        if not rows:
            raise Conflict(_("Nothing to send again: it still waits, or its webhook is switched off."))
        WebhookDelivery.objects.filter(pk__in=[one.pk for one in rows]).update(**AS_NEW, next_attempt_at=now)
        events = {one.endpoint_id: [] for one in rows}
        for one in rows:
            events[one.endpoint_id].append(one.event_id)
        for endpoint in WebhookEndpoint.objects.filter(pk__in=events).defer("secret").order_by("pk"):
            of = events[endpoint.pk]
            _note("webhook_replayed", endpoint, now=now, actor=actor, events=of[:MOST_NAMED], count=len(of))
    return len(rows)


def _check(endpoint: WebhookEndpoint) -> None:
    try:
        check_url(endpoint.url)
    except Refused as refused:
        raise Invalid(str(refused), errors={"url": [str(refused)]}) from refused
    wrong = _wrong_types(endpoint.event_types)
    if wrong:
        raise Invalid(wrong, errors={"event_types": [wrong]})
    same = WebhookEndpoint.objects.filter(workspace=endpoint.workspace_id, url=endpoint.url).exclude(pk=endpoint.pk)
    if same.exists():
        wrong = _("The workspace has a webhook to that address already.")
        raise Invalid(wrong, errors={"url": [wrong]})


def _wrong_types(types: Any) -> str:
    """Return what is wrong with a list of event types, in a sentence; nothing if it is right."""
    if not isinstance(types, list):
        return LIKE_THIS
    unknown = [one for one in types if not isinstance(one, str) or one not in EVENT_TYPES]
    return " ".join((sentence(f"There is no event type {unknown[0]!r}."), LIKE_THIS)) if unknown else ""


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
