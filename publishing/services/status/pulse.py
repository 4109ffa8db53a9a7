"""Whether the work is done: heartbeats, lanes, and what waits."""

from dataclasses import dataclass
from datetime import datetime

from publishing.models import Lane, WorkerBeat
from publishing.services.lanes import SILENT_AFTER, last_seen
from publishing.services.status.scope import Scope
from scheduling.services.handover import oldest_due


@dataclass(frozen=True)
class Pulse:
    """When a worker last looked at the table, and since when the oldest due post waits that nothing holds."""

    last_heartbeat: datetime | None
    oldest_due: datetime | None

    def oldest_due_seconds(self, now: datetime) -> int:
        """Return for how long it has waited; 0 if none does."""
        return max(0, int((now - self.oldest_due).total_seconds())) if self.oldest_due else 0


@dataclass(frozen=True)
class Crew:
    """The running `manage.py workers`, and the lanes in which posts go out."""

    workers: list[WorkerBeat]
    lanes: list[Lane]
    lanes_alive: int

    @property
    def lanes_wanted(self) -> int:
        """How many lanes the running workers can hold."""
        return sum(worker.lanes for worker in self.workers)


def pulse(*, now: datetime, workspaces: Scope = None) -> Pulse:
    """Return the two facts by which an installation is well or not; two cheap looks."""
    return Pulse(last_seen(), oldest_due(now=now, workspaces=workspaces))


def crew(*, now: datetime) -> Crew:
    """Return who works."""
    lanes = list(Lane.objects.order_by("number"))
    alive = [one for one in lanes if one.run and one.seen_at and now - one.seen_at <= SILENT_AFTER]
    return Crew(list(WorkerBeat.objects.order_by("name")), lanes, len(alive))
