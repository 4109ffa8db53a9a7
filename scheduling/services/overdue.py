"""Posts whose time has come and that are not out: what waits for a worker, a pause to end, or its account's turn."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min

from scheduling.models import PostInstance, Status
from scheduling.services.turns import OVERDUE_AFTER

LOOK_BACK = timedelta(days=2)  # What waits for longer is missed, or paused, which pages say anyway.


@dataclass(frozen=True)
class Overdue:
    """How many posts are late and not out, and when the first of them was to go out."""

    number: int
    since: datetime


def overdue_of(workspaces: Collection[UUID] | None, *, now: datetime) -> Overdue | None:
    """Return what is late in some workspaces, or in all; None if nothing is. One query."""
    rows = PostInstance.objects.order_by().filter(status__in=[Status.SCHEDULED, Status.PENDING])
    if workspaces is not None:
        rows = rows.filter(workspace__in=workspaces)
    late = rows.between(now - LOOK_BACK, now - OVERDUE_AFTER)
    found = late.aggregate(number=Count("id"), since=Min("scheduled_for"))
    return Overdue(found["number"], found["since"]) if found["number"] else None
