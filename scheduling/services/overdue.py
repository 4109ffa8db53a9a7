"""Posts whose time has come and that are not out: what waits for a worker, a pause to end, or its account's turn."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from scheduling.models import PostInstance, Status
from scheduling.models.instances import PostInstances
from scheduling.services.turns import OVERDUE_AFTER
from workspaces.models import Workspace
from workspaces.prepared import Prepared

WAITING = PostInstance.objects.filter(status__in=[Status.SCHEDULED, Status.PENDING])
LOOK_BACK = timedelta(days=2)  # What waits for longer is missed, or paused, which pages say anyway.


@dataclass(frozen=True)
class Overdue:
    """How many posts are late and not out, and when the first of them was to go out."""

    number: int
    since: datetime


def late_posts(*, now: datetime) -> PostInstances:
    """Return what is late and not out, of all workspaces."""
    return WAITING.between(*_late(now))


def overdue_of(workspaces: Collection[UUID] | None, *, now: datetime) -> Overdue | None:
    """Return what is late in some workspaces, or in all; None if nothing is. One query."""
    late = late_posts(now=now).order_by()
    if workspaces is not None:
        late = late.filter(workspace__in=workspaces)
    found = late.aggregate(number=Count("id"), since=Min("scheduled_for"))
    return Overdue(found["number"], found["since"]) if found["number"] else None


def overdue_in(workspace: Workspace, *, now: datetime) -> Overdue | None:
    """Return what is late in a workspace; None if nothing is. One query, which every page asks on which people plan."""
    start, end = _late(now)
    found = _counted(workspace=workspace.pk, start=start, end=end)
    return Overdue(*found[0]) if found else None


def _late(now: datetime) -> tuple[datetime, datetime]:
    return now - LOOK_BACK, now - OVERDUE_AFTER


@Prepared
def _counted(*, workspace: UUID, start: datetime, end: datetime) -> QuerySet:
    late = WAITING.between(start, end).filter(workspace=workspace).order_by()
    grouped = late.values("workspace").annotate(number=Count("id"), since=Min("scheduled_for"))
    return grouped.values_list("number", "since")
