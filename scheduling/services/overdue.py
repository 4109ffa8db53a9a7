"""Posts whose time has come and that are not out: what waits for a worker, a pause to end, or its account's turn."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from scheduling.models import PostInstance, Status
from scheduling.services.turns import OVERDUE_AFTER
from workspaces.models import Workspace

LOOK_BACK = timedelta(days=2)  # What waits for longer is missed, or paused, which pages say anyway.


@dataclass(frozen=True)
class Overdue:
    """How many posts are late and not out, and when the first of them was to go out."""

    number: int
    since: datetime


def overdue_of(workspace: Workspace, *, now: datetime) -> Overdue | None:
    """Return what is late in a workspace; None if nothing is. One query."""
    found = (
        PostInstance.objects.order_by()
        .filter(workspace=workspace, status__in=[Status.SCHEDULED, Status.PENDING])
        .between(now - LOOK_BACK, now - OVERDUE_AFTER)
        .aggregate(number=Count("id"), since=Min("scheduled_for"))
    )
    return Overdue(found["number"], found["since"]) if found["number"] else None
