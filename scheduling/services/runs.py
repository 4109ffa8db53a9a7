"""Long work in parts: each writes into the ledger, with what it changed, how far the whole run is by then."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from scheduling.services.moving import MOST
from workspaces.ledger import record, unit_of_work
from workspaces.models import LedgerEvent, Workspace

TOLD, ENTITY = "posts_changed_together", "run"


@dataclass(frozen=True)
class Run:
    """Something that is done with many posts, a part at a time: its id, and with how many it is to be done in all."""

    id: UUID
    of: int


@dataclass
class Part:
    """What a part did: with how many posts, what came of it, and how it is undone."""

    deed: str
    done: int
    count: int
    """How many there are of what the deed made: posts moved, drafts made, texts labeled."""
    warned: int = 0
    """How many posts break a rule where they stand now."""
    undo: list[tuple[str, str]] = field(default_factory=list)
    """The fields of the form that undoes it; none: there is no way back."""
    undo_to: str = ""


@dataclass
class Progress(Part):
    """How far a run is: the sums of its parts, and with how many posts it was to be done."""

    of: int = 0


@contextmanager
def part_of(run: Run, *, workspace: Workspace, now: datetime, actor: str) -> Iterator[list[Part]]:
    """Run a block that does a part: what it appends to the list is noted with its changes, or neither happens."""
    told: list[Part] = []
    with unit_of_work():
        yield told
        for part in told:
            metadata = {**asdict(part), "of": run.of}
            who = {"workspace_id": workspace.pk, "actor": actor, "now": now}
            record(TOLD, entity_type=ENTITY, entity_id=run.id, metadata=metadata, **who)


def progress_of(run: UUID, *, workspaces: Collection[Workspace], actor: str) -> Progress | None:
    """Return how far a run of somebody's is; None if none of it has happened."""
    mine = LedgerEvent.objects.filter(entity_id=run, event_type=TOLD, workspace__in=workspaces, actor=actor)
    parts = [event.metadata for event in mine.order_by("id")]
    if not parts:
        return None
    sums = {name: sum(part[name] for part in parts) for name in ("done", "count", "warned")}
    last = parts[-1]
    return Progress(deed=last["deed"], of=last["of"], undo_to=last["undo_to"], undo=_undo(parts), **sums)


def _undo(parts: list[dict]) -> list[tuple[str, str]]:
    """Return the fields that undo all parts at once; none if that is more than one transaction takes."""
    pairs = dict.fromkeys((name, value) for part in parts for name, value in part["undo"])
    return list(pairs) if sum(name in ("post", "step") for name, _ in pairs) <= MOST else []
