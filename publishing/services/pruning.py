"""Pruning: what has done its work goes, in small steps, so that it never holds up those who write.

Evidence stays: publish logs, posts, and what the sandbox received. The ledger stays unless an operator sets an age.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet

from publishing.models import DispatchStatus, LedgerCursor, Notice, NoticeDelivery, WebhookDelivery
from scheduling.models import HeldFile, Occurrence, PostInstance, Status
from scheduling.services.coverage import COVERED, RUNS_DRY
from scheduling.services.importing.holding import KEPT_FOR as HELD_FOR
from workspaces.models import IdempotencyKey, LedgerEvent, RateBucket, SocketTicket
from workspaces.services.idempotency import KEPT_FOR

AT_ONCE = 500  # Rows of one transaction: a few hundredths of a second.
LONG_PAST = timedelta(days=30)  # Far more than a clock change or another zone of the account can shift a wall time.
ARE_OVER = [Status.PUBLISHED, Status.SKIPPED, Status.CANCELED, Status.MISSED]


@dataclass(frozen=True)
class Prunable:
    """Rows that may go: what they are called, and which they are at a moment."""

    name: str
    rows: Callable[[datetime], QuerySet]


def prune(
    *, now: datetime, dry_run: bool = False, most: int | None = None, also: Iterable[Prunable] = ()
) -> dict[str, int]:
    """Remove what is old enough, each kind in transactions of a few rows; return how many of each.

    :param dry_run: only count.
    :param most: how many rows of a kind at most, so that a run has an end; the next one goes on.
    :param also: kinds that only a caller knows.
    """
    kinds = [*KINDS, *also]
    if dry_run:
        return {kind.name: kind.rows(now).count() for kind in kinds}
    return {kind.name: _remove(kind.rows(now), most) for kind in kinds}


def _remove(rows: QuerySet, most: int | None) -> int:
    """Delete rows by their key upwards, so that no step looks again at what stays."""
    removed, last, rows = 0, None, rows.order_by("pk")
    while most is None or removed < most:
        ahead = rows if last is None else rows.filter(pk__gt=last)
        keys = list(ahead.values_list("pk", flat=True)[:AT_ONCE])
        if not keys:
            break
        with transaction.atomic():
            # The conditions once more: what somebody took up again meanwhile stays.
            _, each = rows.filter(pk__in=keys).delete()
        removed, last = removed + each.get(rows.model._meta.label, 0), keys[-1]
    return removed


def _is_old(field: str, days: int, now: datetime) -> Q:
    """Return the condition that something was so many days ago; with 0 days nothing is ever old."""
    return Q(**{f"{field}__lt": now - timedelta(days=days)}) if days else Q(pk__in=[])


def _has_arrived(now: datetime) -> Q:
    """Return the condition that a message is over, delivered or given up, and old."""
    over = Q(status__in=[DispatchStatus.DELIVERED, DispatchStatus.FAILED])
    return over & _is_old("finished_at", settings.RETAIN_DELIVERIES_DAYS, now)


def _webhook_deliveries(now: datetime) -> QuerySet:
    return WebhookDelivery.objects.filter(_has_arrived(now))


def _notices(now: datetime) -> QuerySet:
    """Return notices that were sent long ago and that nothing carries any more; their deliveries go with them."""
    carried = NoticeDelivery.objects.filter(notice=OuterRef("pk")).exclude(_has_arrived(now))
    return Notice.objects.filter(_is_old("sent_at", settings.RETAIN_DELIVERIES_DAYS, now), ~Exists(carried))


def _ledger_events(now: datetime) -> QuerySet:
    """Return events that nothing needs.

    Needed are: the newest, from which readers count; what a reader has not read, or a delivery tells; the history of
    posts that somebody may still decide about; and the notes by which an account's warnings know what was said last.
    """
    newest = LedgerEvent.objects.aggregate(last=Max("id"))["last"] or 0
    read = LedgerCursor.objects.aggregate(least=Min("last_event_id"))["least"]
    end = newest if read is None else min(newest, read + 1)
    old = LedgerEvent.objects.filter(_is_old("created_at", settings.RETAIN_LEDGER_DAYS, now), id__lt=end)
    told = WebhookDelivery.objects.filter(event=OuterRef("pk")).exclude(_has_arrived(now))
    ahead = PostInstance.objects.filter(pk=OuterRef("entity_id")).exclude(status__in=ARE_OVER)
    return old.exclude(event_type__in=[RUNS_DRY, COVERED]).filter(~Exists(told), ~Exists(ahead))


def _occurrences(now: datetime) -> QuerySet:
    """Return the times of recurrences that were made, are long past and whose post is over.

    Recurrences look back two days for what they have made already; a refusal stays, for whoever asks why.
    """
    past = Occurrence.objects.filter(local_time__lt=f"{now - LONG_PAST:%Y-%m-%dT%H:%M:%S}", post_version__isnull=False)
    return past.filter(Q(post_instance=None) | Q(post_instance__status__in=ARE_OVER))


def _before(model: Any, field: str, *, by: timedelta = timedelta()) -> Callable[[datetime], QuerySet]:
    return lambda now: model.objects.filter(**{f"{field}__lt": now - by})


KINDS = (
    Prunable("idempotency_keys", _before(IdempotencyKey, "created_at", by=KEPT_FOR)),
    Prunable("socket_tickets", _before(SocketTicket, "expires_at")),
    # A bucket that is full is as good as none.
    Prunable("rate_buckets", _before(RateBucket, "full_at", by=timedelta(hours=1))),
    Prunable("sessions", _before(Session, "expire_date")),
    Prunable("held_files", _before(HeldFile, "created_at", by=HELD_FOR)),
    Prunable("occurrences", _occurrences),
    Prunable("webhook_deliveries", _webhook_deliveries),
    Prunable("notices", _notices),
    Prunable("ledger_events", _ledger_events),
)
"""In this order: an event goes after the deliveries that told of it."""
