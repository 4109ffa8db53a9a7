"""One unit of work: a transaction whose ledger events are written last, just before the commit.

Events wait until the end because writing the first one takes the ledger's turn until the commit: a transaction that
went on to wait for a row lock could wait for somebody who waits for its turn.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from workspaces.models import LedgerEvent
from workspaces.statements import insert_rows

_pending: ContextVar[list[LedgerEvent] | None] = ContextVar("pending_ledger_events", default=None)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Run a block in one transaction and write its ledger events at the end; an inner unit joins the outer one."""
    outer = _pending.get()
    if outer is None:
        with transaction.atomic():
            token = _pending.set([])
            try:
                yield
                insert_rows(LedgerEvent, _pending.get())
            finally:
                _pending.reset(token)
        return
    mark, done = len(outer), False
    try:
        with transaction.atomic():
            yield
            done = True
    finally:
        if not done:
            del outer[mark:]  # What was rolled back did not happen.


def record(
    event_type: str,
    *,
    workspace_id: UUID,
    entity_type: str,
    entity_id: UUID,
    actor: str,
    now: datetime,
    metadata: dict[str, Any] | None = None,
) -> None:
    """Note an event of the current unit of work.

    :raises RuntimeError: outside of a unit of work, where an event could survive what it tells of.
    """
    pending = _pending.get()
    if pending is None:
        raise RuntimeError("record() needs a unit_of_work() around it")
    pending.append(
        LedgerEvent(
            workspace_id=workspace_id,
            event_type=event_type,
            entity_type=entity_type,
            entity_id=entity_id,
            metadata=metadata or {},
            actor=actor,
            created_at=now,
        )
    )
