"""Messages on their way to other systems and to people: how many wait, and how many were given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from publishing.models import DispatchStatus, NoticeDelivery, WebhookDelivery
from publishing.models.dispatches import Dispatch
from publishing.services.status.scope import Scope, within

MOST_WAITING = 50_000  # Counted at most: a monitor asks often, and more than so many is bad enough.
NEWEST = 20_000  # Among so many the failed ones are looked for; there is no index for what hardly happens.


@dataclass(frozen=True)
class Messages:
    """Messages of one kind.

    :param retrying: those of the waiting that have been refused before.
    :param failed: given up within the window, among the newest.
    """

    waiting: int
    retrying: int
    oldest: datetime | None
    failed: int


def messages(*, now: datetime, window: timedelta, workspaces: Scope = None) -> dict[str, Messages]:
    """Return how things stand with `webhooks` and `notices`; four queries."""
    return {
        "webhooks": _messages(WebhookDelivery, "workspace", now - window, workspaces),
        "notices": _messages(NoticeDelivery, "notice__workspace", now - window, workspaces),
    }


def _messages(model: type[Dispatch], path: str, since: datetime, workspaces: Scope) -> Messages:
    rows = model.objects.filter(within(workspaces, path))
    waiting = rows.filter(status=DispatchStatus.WAITING).order_by("next_attempt_at")[:MOST_WAITING]
    found = waiting.aggregate(
        waiting=Count("pk"), retrying=Count("pk", filter=Q(attempts__gt=0)), oldest=Min("created_at")
    )
    given_up = Q(status=DispatchStatus.FAILED, finished_at__gte=since)
    failed = rows.order_by("-pk")[:NEWEST].aggregate(failed=Count("pk", filter=given_up))
    return Messages(**found, **failed)
