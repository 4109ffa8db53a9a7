"""The courier's bag of webhooks: ledger events on their way to endpoints, in order for each thing they tell of."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from publishing.channels.webhook.replies import retry_after
from publishing.models import DispatchStatus, WebhookDelivery, WebhookEndpoint
from publishing.models.fields import SecretLost
from publishing.network.http import NoAnswer, NotReached, Refused, Reply, post
from publishing.network.signing import signed
from publishing.rules.redelivery import next_delivery
from publishing.services.webhooks.endpoints import switch_off
from publishing.services.webhooks.letters import Letter, letter_of

LEASE = timedelta(minutes=1)  # Longer than a call; a killed courier's letters come round again after it.
LIMIT = 15.0  # Seconds of one call.
AT_ONCE = 4  # Calls to one endpoint: one that hangs must not hold the others up.
MOST_OF_A_RESPONSE = 4000
GONE = 410


@dataclass(frozen=True)
class Tried:
    """What came of a call; no error means that it was taken."""

    error: str = ""
    reply: Reply | None = None
    is_final: bool = False


class WebhookBag:
    """Webhooks for the courier: at least once, in order for each thing, for up to a day."""

    def __init__(self, clock: Callable[[], datetime] = timezone.now) -> None:
        self._clock = clock
        self._busy: Counter[UUID] = Counter()

    def claim(self, *, now: datetime, limit: int) -> list[Letter]:
        """Take up to `limit` deliveries that are due; nobody else takes them until their lease is over."""
        full = [endpoint for endpoint, count in self._busy.items() if count >= AT_ONCE]
        due = WebhookDelivery.objects.filter(
            status=DispatchStatus.WAITING, next_attempt_at__lte=now, endpoint__is_active=True
        ).exclude(endpoint__in=full)
        if not due.exists():
            return []
        with transaction.atomic():
            taken = self._room_for(list(_in_order(due)[:limit]))
            WebhookDelivery.objects.filter(pk__in=[one.pk for one in taken]).update(
                next_attempt_at=now + LEASE,
                attempts=F("attempts") + 1,
                first_attempt_at=Coalesce("first_attempt_at", now),
            )
        for one in taken:
            one.attempts += 1
            self._busy[one.endpoint_id] += 1
        secrets = {endpoint: _secret(endpoint) for endpoint in {one.endpoint_id for one in taken}}
        return [letter_of(one, secret=secrets[one.endpoint_id]) for one in taken]

    def send(self, letter: Letter) -> Tried:
        """Post a letter to its endpoint."""
        if not letter.secret:
            return Tried("Its secret cannot be read: renew it.", is_final=True)
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
        return Tried(f"The receiver answered {reply.status}.", reply, is_final=reply.status == GONE)

    def settle(self, letter: Letter, result: Tried | str, *, now: datetime) -> None:
        """Write down what came of a letter, if nobody else has claimed it meanwhile; that it was taken counts always.

        :param result: what came of it, or the sentence of a call that broke off.
        """
        self._busy[letter.endpoint_id] -= 1
        tried = Tried(result) if isinstance(result, str) else result
        waiting = WebhookDelivery.objects.filter(pk=letter.delivery_id, status=DispatchStatus.WAITING)
        said = _said(tried)
        if not tried.error:
            waiting.update(status=DispatchStatus.DELIVERED, next_attempt_at=None, finished_at=now, **said)
            return
        mine = waiting.filter(attempts=letter.attempt)
        again = None if tried.is_final else _again(mine.first(), tried, now)
        if again:
            mine.update(next_attempt_at=again, **said)
        else:
            mine.update(status=DispatchStatus.FAILED, next_attempt_at=None, finished_at=now, **said)
        if tried.reply and tried.reply.status == GONE:
            switch_off(
                endpoint=WebhookEndpoint.objects.defer("secret").get(pk=letter.endpoint_id),
                reason="The receiver says that it is gone for good (410).",
                now=now,
                actor="system",
            )

    def _room_for(self, found: list[WebhookDelivery]) -> list[WebhookDelivery]:
        taken, busy = [], Counter(self._busy)
        for one in found:
            if busy[one.endpoint_id] < AT_ONCE:
                busy[one.endpoint_id] += 1
                taken.append(one)
        return taken


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
    return locked.select_related("endpoint", "event").defer("endpoint__secret").order_by("id")


def _secret(endpoint_id: UUID) -> str:
    try:
        return WebhookEndpoint.objects.values_list("secret", flat=True).get(pk=endpoint_id)
    except SecretLost:
        return ""


def _again(delivery: WebhookDelivery | None, tried: Tried, now: datetime) -> datetime | None:
    if delivery is None:
        return None
    return next_delivery(
        attempts=delivery.attempts,
        first_at=delivery.first_attempt_at or now,
        now=now,
        chance=random.random(),
        retry_at=retry_after(tried.reply, now) if tried.reply else None,
    )


def _said(tried: Tried) -> dict:
    body = tried.reply.body.decode("utf-8", "replace").replace("\0", "")[:MOST_OF_A_RESPONSE] if tried.reply else ""
    return {"error": tried.error, "response_status": tried.reply.status if tried.reply else None, "response_body": body}
