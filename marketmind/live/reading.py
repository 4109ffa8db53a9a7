"""Reading the ledger for the socket: each event once as JSON, with what decides who sees it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from channels.db import DatabaseSyncToAsync
from django.db.models import Max, QuerySet
from rest_framework.renderers import JSONRenderer

from marketmind.live.admission import Admission
from scheduling.models import PostInstance
from workspaces.api.events import LedgerEventShape
from workspaces.models import LedgerEvent

PAGE = 500
# The tail has a thread of its own, so that no handshake or catch-up makes it wait; those share two.
TAIL, OTHERS = ThreadPoolExecutor(1, "ledger-tail"), ThreadPoolExecutor(2, "socket")


@dataclass(frozen=True)
class Told:
    """An event: its id, whose it is, the things that a filter by schedule may name, and what a socket sends."""

    id: int
    workspace_id: UUID
    about: frozenset[UUID | None]
    text: str


async def in_thread(call: Callable[..., Any], *given: Any, executor: ThreadPoolExecutor = OTHERS) -> Any:
    """Run a call that asks the database in a thread, and give the connection back."""
    return await DatabaseSyncToAsync(call, thread_sensitive=False, executor=executor)(*given)


def newest() -> int:
    """Return the id of the last event that there is; all before it are there too (ids become visible in order)."""
    return LedgerEvent.objects.aggregate(last=Max("id"))["last"] or 0


def events_after(last: int) -> list[Told]:
    """Return the next events of all workspaces."""
    return _told(LedgerEvent.objects.filter(id__gt=last))


def missed(asked: Admission, last: int, until: int) -> list[Told]:
    """Return the next events that a socket missed, up to and with `until`."""
    rows = LedgerEvent.objects.filter(workspace=asked.workspace, id__gt=last, id__lte=until)
    if asked.schedule_id:
        posts = PostInstance.objects.filter(workspace=asked.workspace, schedule=asked.schedule_id).values("pk")
        rows = rows.filter(entity_id=asked.schedule_id) | rows.filter(entity_id__in=posts)
    return _told(rows)


def _told(rows: QuerySet[LedgerEvent]) -> list[Told]:
    found = list(rows.order_by("id")[:PAGE])
    posts = PostInstance.objects.filter(pk__in={event.entity_id for event in found}, schedule__isnull=False)
    # By the post's own row and not by what the event says: events that a statement wrote say no schedule.
    schedules = dict(posts.order_by().values_list("pk", "schedule_id")) if found else {}
    return [
        Told(
            event.pk,
            event.workspace_id,
            frozenset((event.entity_id, schedules.get(event.entity_id))),
            JSONRenderer().render(LedgerEventShape(event).data).decode(),
        )
        for event in found
    ]
