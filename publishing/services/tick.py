"""tick: what has to happen because time passed; safe at any time, any number at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from publishing.services.notices import look
from publishing.services.questions import lapse_leases
from scheduling.services.handover import due_ids, hand_over_due
from scheduling.services.holds import release_held
from scheduling.services.lateness import let_time_pass
from workspaces.models import Workspace

MOST_IDS = 1_000


@dataclass(frozen=True)
class Tick:
    """What a tick handed to the workers; `log_ids` are the first 1,000, `moved` is the whole count."""

    moved: int
    dry_run: bool
    log_ids: list[UUID]


def tick(*, now: datetime, workspace: Workspace | None = None, dry_run: bool = False) -> Tick:
    """Let time pass, free what dead workers held, hand what is due to the workers, and tell what went wrong.

    Each in short transactions of its own, so that none of it undoes another.

    :param workspace: only its own posts; none means all.
    :param dry_run: only count.
    """
    if dry_run:
        ids = due_ids(now=now, workspace=workspace)
    else:
        let_time_pass(now=now, workspace=workspace)
        lapse_leases(now=now)
        release_held(now=now)
        ids = hand_over_due(now=now, workspace=workspace)
        look(now=now)
    return Tick(len(ids), dry_run, ids[:MOST_IDS])
