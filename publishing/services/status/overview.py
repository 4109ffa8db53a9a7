"""Everything that is told about how things stand, of some workspaces or of the whole installation."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from publishing.models import LedgerCursor
from publishing.services.status.flows import Flow, flows
from publishing.services.status.messages import Messages, messages
from publishing.services.status.pulse import Crew, Pulse, crew, pulse
from publishing.services.status.reach import Reach, reach
from publishing.services.status.scope import Scope, within
from scheduling.services.counting import Counts, count_states
from workspaces.models import LedgerEvent


@dataclass(frozen=True)
class Overview:
    """How things stand at a moment.

    :param flows: by account, within the window.
    :param ledger_head: the id of the newest event.
    :param ledger_readers: how far each reader of the ledger has come, by name; nothing but of an installation.
    :param crew: who works; None but of an installation.
    """

    pulse: Pulse
    counts: Counts
    flows: list[Flow]
    messages: dict[str, Messages]
    reach: Reach
    ledger_head: int
    ledger_readers: dict[str, int]
    crew: Crew | None


def overview(*, now: datetime, window: timedelta, workspaces: Scope = None) -> Overview:
    """Return how things stand; the number of queries is the same whatever is stored.

    :param window: how far back "lately" goes.
    """
    is_installation = workspaces is None
    head = LedgerEvent.objects.filter(within(workspaces)).order_by("-id").values_list("id", flat=True).first()
    return Overview(
        pulse=pulse(now=now, workspaces=workspaces),
        counts=count_states(workspaces=workspaces),
        flows=flows(now=now, window=window, workspaces=workspaces),
        messages=messages(now=now, window=window, workspaces=workspaces),
        reach=reach(now=now, workspaces=workspaces),
        ledger_head=head or 0,
        ledger_readers=dict(LedgerCursor.objects.values_list("name", "last_event_id")) if is_installation else {},
        crew=crew(now=now) if is_installation else None,
    )
