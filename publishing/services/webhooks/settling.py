"""What came of a webhook, and what follows from it for the delivery, those behind it, and the endpoint."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from publishing.channels.webhook.replies import retry_after
from publishing.models import DispatchStatus, WebhookDelivery, WebhookEndpoint
from publishing.network.http import Reply
from publishing.rules.redelivery import TRIED_FOR, next_delivery
from publishing.services.webhooks.endpoints import switch_off
from publishing.services.webhooks.letters import Letter
from workspaces.rules.sentences import sentence

GONE = 410
GIVEN_UP_AFTER = timedelta(days=5)  # Of nothing but failures: whoever follows along would have noticed.
SAYS_GONE = sentence("The receiver says that it is gone for good (410).")
NEVER_TAKES = sentence(f"It has taken nothing for {GIVEN_UP_AFTER.days} days.")
TO_THE_MINUTE = timedelta(minutes=1)
MOST_OF_A_RESPONSE = 4000


@dataclass(frozen=True)
class Tried:
    """What came of a call; no error means that it was taken."""

    error: str = ""
    reply: Reply | None = None
    is_final: bool = False


def settle(letter: Letter, tried: Tried, *, now: datetime) -> None:
    """Write down what came of a letter, if nobody else has claimed it meanwhile; that it was taken counts always."""
    if not tried.error and _taken_at_once(letter, tried, now):
        status = DispatchStatus.DELIVERED
    else:
        status = _written(letter, tried, now)
    if status == DispatchStatus.DELIVERED:
        _note_success(letter, now)
    elif tried.error:
        _note_failure(letter, tried, now=now, is_given_up=status == DispatchStatus.FAILED)


def _taken_at_once(letter: Letter, tried: Tried, now: datetime) -> bool:
    """Write down that the first try was taken, as most are: nothing was held behind it. Return whether it was that."""
    mine = _waiting(letter).filter(attempts=1)
    return letter.attempt == 1 and bool(mine.update(**_over(DispatchStatus.DELIVERED, now), **_said(tried)))


def _written(letter: Letter, tried: Tried, now: datetime) -> DispatchStatus | None:
    """Write down an end, and let those behind go; or when it is tried again, and hold them. Return where it stands.

    Deliveries are locked in the order of their ids, here and wherever several are.
    """
    with transaction.atomic():
        held = _waiting(letter).select_for_update(no_key=True).first()
        if held is None or (tried.error and held.attempts != letter.attempt):
            return None
        again = _again(letter, tried, now)
        if again:
            _waiting(letter).update(next_attempt_at=again, **_said(tried))
            _hold_those_behind(letter)
            return DispatchStatus.WAITING
        status = DispatchStatus.FAILED if tried.error else DispatchStatus.DELIVERED
        _waiting(letter).update(**_over(status, now), **_said(tried))
        _move_those_behind(letter, to=now, which=Q(next_attempt_at__gt=now))
        return status


def _note_success(letter: Letter, now: datetime) -> None:
    """Note that an endpoint takes what it is sent; once a minute is enough."""
    if letter.is_failing or letter.last_taken_at is None or letter.last_taken_at < now - TO_THE_MINUTE:
        mine = WebhookEndpoint.objects.filter(pk=letter.endpoint_id)
        mine.update(failing_since=None, last_taken_at=now)


def _note_failure(letter: Letter, tried: Tried, *, now: datetime, is_given_up: bool) -> None:
    """Note since when an endpoint takes nothing; switch off one that is gone, or has taken nothing for days."""
    mine = WebhookEndpoint.objects.filter(pk=letter.endpoint_id, is_active=True)
    mine.filter(failing_since=None).update(failing_since=now)
    if tried.reply and tried.reply.status == GONE:
        reason = SAYS_GONE
    elif is_given_up and mine.filter(failing_since__lte=now - GIVEN_UP_AFTER).exists():
        reason = NEVER_TAKES
    else:
        return
    for endpoint in mine.defer("secret"):
        switch_off(endpoint=endpoint, reason=reason, now=now, actor="system")


def _hold_those_behind(letter: Letter) -> None:
    """Let what waits behind a letter be due no more, so that nobody wades through it until the letter's end."""
    day_is_over = letter.first_attempt_at + TRIED_FOR  # By then the letter is over, too.
    _move_those_behind(letter, to=day_is_over, which=Q(next_attempt_at__lt=day_is_over))


def _move_those_behind(letter: Letter, *, to: datetime, which: Q) -> None:
    behind = WebhookDelivery.objects.filter(
        which,
        endpoint=letter.endpoint_id,
        entity_id=letter.entity_id,
        status=DispatchStatus.WAITING,
        id__gt=letter.delivery_id,
    )
    locked = behind.order_by("id").select_for_update(no_key=True).values("pk")
    WebhookDelivery.objects.filter(pk__in=locked).update(next_attempt_at=to)


def _waiting(letter: Letter) -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(pk=letter.delivery_id, status=DispatchStatus.WAITING)


def _over(status: DispatchStatus, now: datetime) -> dict:
    return {"status": status, "next_attempt_at": None, "finished_at": now}


def _again(letter: Letter, tried: Tried, now: datetime) -> datetime | None:
    """Return when to try again; None if it was taken, or its day is over, or there is no use."""
    if not tried.error or tried.is_final:
        return None
    return next_delivery(
        attempts=letter.attempt,
        first_at=letter.first_attempt_at,
        now=now,
        chance=random.random(),
        retry_at=retry_after(tried.reply, now) if tried.reply else None,
    )


def _said(tried: Tried) -> dict:
    body = tried.reply.body.decode("utf-8", "replace").replace("\0", "")[:MOST_OF_A_RESPONSE] if tried.reply else ""
    return {"error": tried.error, "response_status": tried.reply.status if tried.reply else None, "response_body": body}
