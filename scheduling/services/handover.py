"""Handing what is due over to the workers."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from scheduling.models import PostInstance, Status
from scheduling.services.holds import held, not_held
from scheduling.services.lateness import late_rows
from scheduling.sql import enqueue
from workspaces.ledger import unit_of_work
from workspaces.models import Workspace

TO_GO_OUT = (Status.SCHEDULED, Status.PENDING)  # Asked for one by one: each has a partial index, both have none.
ROWS_AT_ONCE = 10_000  # Of one statement: the ledger's turn is held for its length, a fraction of a second.


def anything_due(*, now: datetime) -> bool:
    """Return whether something waits to be handed over or claimed: the cheap look of an idle worker."""
    due = PostInstance.objects.filter(due_at__lte=now).order_by()
    return any(due.filter(status=status).exists() for status in TO_GO_OUT)


def hand_over_due(*, now: datetime, workspace: Workspace | None = None) -> list[UUID]:
    """Move everything that is due and not held from `scheduled` to `pending`; return the ids.

    All of it, because the claim goes by priority. Posts later than their account's limit are the caller's to miss
    before; the claim looks again.
    """
    on_hold = held(now)
    workspace_id = workspace.pk if workspace else None
    ids: list[UUID] = []
    while True:
        with unit_of_work():
            some = enqueue(now=now, held=on_hold, workspace_id=workspace_id, limit=ROWS_AT_ONCE)
        ids += some
        if not some:
            return ids


def due_ids(*, now: datetime, workspace: Workspace | None = None) -> list[UUID]:
    """Return the ids of what `hand_over_due` would move, and change nothing."""
    rows = PostInstance.objects.filter(status=Status.SCHEDULED, due_at__lte=now)
    if workspace:
        rows = rows.filter(workspace=workspace)
    late = late_rows(now, Status.SCHEDULED).values("pk")
    return list(not_held(rows, held(now)).exclude(pk__in=late).order_by("due_at", "id").values_list("pk", flat=True))


def oldest_due(*, now: datetime, workspaces: Collection[UUID] | None = None) -> datetime | None:
    """Return since when the longest-waiting due post, of some workspaces or of all, waits that nothing holds."""
    rows = PostInstance.objects.filter(due_at__lte=now)
    if workspaces is not None:
        rows = rows.filter(workspace__in=workspaces)
    due = not_held(rows, held(now)).order_by("due_at")
    waiting = [due.filter(status=status).values_list("due_at", flat=True) for status in TO_GO_OUT]
    return min((first for rows in waiting if (first := rows.first())), default=None)
