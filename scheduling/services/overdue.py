"""Posts whose time has come and that are not out: what waits for a worker, a pause to end, or its account's turn."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min

from scheduling.models import PostInstance, Status
from scheduling.models.instances import PostInstances
from scheduling.services.turns import OVERDUE_AFTER

LOOK_BACK = timedelta(days=2)  # What waits for longer is missed, or paused, which pages say anyway.


@dataclass(frozen=True)
class Overdue:
    """How many posts are late and not out, and when the first of them was to go out."""

    number: int
    since: datetime


def late_posts(*, now: datetime) -> PostInstances:
    """Return what is late and not out, of all workspaces."""
    rows = PostInstance.objects.filter(status__in=[Status.SCHEDULED, Status.PENDING])
    return rows.between(now - LOOK_BACK, now - OVERDUE_AFTER)


def overdue_of(workspaces: Collection[UUID] | None, *, now: datetime) -> Overdue | None:
    """Return what is late in some workspaces, or in all; None if nothing is. One query."""
    late = late_posts(now=now).order_by()
    if workspaces is not None:
        late = late.filter(workspace__in=workspaces)
    found = late.aggregate(number=Count("id"), since=Min("scheduled_for"))
    return Overdue(found["number"], found["since"]) if found["number"] else None
