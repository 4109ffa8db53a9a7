"""The courier's bag of webhooks: ledger events on their way to endpoints, in order for each thing they tell of."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from publishing.models import DispatchStatus, WebhookDelivery, WebhookEndpoint
from publishing.network.http import NoAnswer, NotReached, Refused, post
from publishing.network.signing import signed
from publishing.services.webhooks.endpoints import secret_of
from publishing.services.webhooks.letters import Letter, letter_of
from publishing.services.webhooks.settling import GONE, Tried, settle
from workspaces.rules.sentences import sentence

LEASE = timedelta(minutes=1)  # Longer than a call; a killed courier's letters come round again after it.
LIMIT = 15.0  # Seconds of one call.
AT_ONCE = 8  # Calls to one endpoint: one that hangs must not hold the others up.
LOST = sentence("Its secret cannot be read: renew it.")


class WebhookBag:
    """Webhooks for the courier: at least once, in order for each thing, for up to a day."""

    def __init__(self, clock: Callable[[], datetime] = timezone.now) -> None:
        self._clock = clock
        self._carried: dict[int, UUID] = {}  # What is on its way, with its endpoint.

    def claim(self, *, now: datetime, limit: int) -> list[Letter]:
        """Take up to `limit` deliveries that are due; nobody else takes them until their lease is over."""
        if not _due(now).exists():
            return []
        with transaction.atomic():
            taken = self._next(now, limit)
            WebhookDelivery.objects.filter(pk__in=[one.pk for one in taken]).update(
                next_attempt_at=now + LEASE,
                attempts=F("attempts") + 1,
                first_attempt_at=Coalesce("first_attempt_at", now),
            )
            secrets = {
                key: secret_of(WebhookEndpoint.objects.filter(pk=key)) for key in {one.endpoint_id for one in taken}
            }
        self._carried |= {one.pk: one.endpoint_id for one in taken}
        return [letter_of(one, secret=secrets[one.endpoint_id], now=now) for one in taken]

    def send(self, letter: Letter) -> Tried:
        """Post a letter to its endpoint."""
        if not letter.secret:
            return Tried(LOST, is_final=True)
        headers = signed(letter.secret, letter.message_id, letter.body, self._clock())
        try:
            reply = post(
                letter.url, body=letter.body, headers={**headers, "Content-Type": "application/json"}, limit=LIMIT
            )
        except Refused as no:
            return Tried(str(no), is_final=True)
        except (NotReached, NoAnswer) as no:
            return Tried(str(no))
        if 200 <= reply.status < 300:
            return Tried(reply=reply)
        return Tried(sentence(f"The receiver answered {reply.status}."), reply, is_final=reply.status == GONE)

    def settle(self, letter: Letter, result: Tried | str, *, now: datetime) -> None:
        """Write down what came of a letter.

        :param result: what came of it, or the sentence of a call that broke off.
        """
        settle(letter, Tried(result) if isinstance(result, str) else result, now=now)
        self._carried.pop(letter.delivery_id, None)  # Last: what the database could not take is settled once more.

    def _next(self, now: datetime, limit: int) -> list[WebhookDelivery]:
        """Return what is next, locked, in no endpoint's favor: each has room for a few."""
        busy = Counter(self._carried.values())
        full = [endpoint for endpoint, number in busy.items() if number >= AT_ONCE]
        mine = _due(now).filter(endpoint=OuterRef("pk"))
        wanting = WebhookEndpoint.objects.filter(Exists(mine), is_active=True).exclude(pk__in=full)
        endpoints = list(wanting.order_by().values_list("pk", flat=True))
        random.shuffle(endpoints)
        taken: list[WebhookDelivery] = []
        for endpoint in endpoints:
            room = min(AT_ONCE - busy[endpoint], limit - len(taken))
            if not room:
                break
            taken += _in_order(_due(now).filter(endpoint=endpoint))[:room]
        return taken


def _due(now: datetime) -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(status=DispatchStatus.WAITING, next_attempt_at__lte=now)


def _in_order(due: QuerySet[WebhookDelivery]) -> QuerySet[WebhookDelivery]:
    """Return, to be locked, what no earlier delivery about the same thing still waits before."""
    earlier = WebhookDelivery.objects.filter(
        endpoint=OuterRef("endpoint"),
        entity_id=OuterRef("entity_id"),
        status=DispatchStatus.WAITING,
        id__lt=OuterRef("id"),
    )
    locked = due.filter(~Exists(earlier)).select_for_update(skip_locked=True, of=("self",), no_key=True)
    # Without the secrets: one that cannot be decrypted must not hold up the others.
    return locked.select_related("endpoint", "event").defer("endpoint__secret").order_by("next_attempt_at", "id")
