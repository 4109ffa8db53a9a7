"""A ledger that tests write to, and sockets that follow it, as a program would."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import httpx
from django.db import connections, transaction
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.e2e.installation import Installation
from workspaces.models import LedgerEvent
from workspaces.tests.factories import NOW

PATIENCE = 30  # seconds


@dataclass(frozen=True)
class Ledger:
    """An installation's ledger: the alias of its database, a key that may read it, and two workspaces."""

    installation: Installation
    alias: str
    key: str
    demo: UUID
    elsewhere: UUID

    def newest(self) -> int:
        """Return the id of the last event."""
        return LedgerEvent.objects.using(self.alias).order_by("-id").values_list("id", flat=True).first() or 0

    def ids_after(self, last: int) -> list[int]:
        """Return the ids of the demo's events after one."""
        rows = LedgerEvent.objects.using(self.alias).filter(workspace=self.demo, id__gt=last)
        return list(rows.order_by("id").values_list("id", flat=True))

    def write(self, count: int, *, workspace: UUID | None = None, about: UUID | None = None, **metadata: Any) -> None:
        """Write events in a transaction of their own."""
        rows = [
            LedgerEvent(
                workspace_id=workspace or self.demo,
                event_type="publish_scheduled_moved",
                entity_type="publish_log",
                entity_id=about or uuid4(),
                metadata=metadata,
                actor="user:ana",
                created_at=NOW,
            )
            for _ in range(count)
        ]
        with transaction.atomic(using=self.alias):
            LedgerEvent.objects.using(self.alias).bulk_create(rows)

    def write_often(self, times: int, count: int) -> None:
        """Write from a thread: as many transactions, of as many events each."""
        for _ in range(times):
            self.write(count)
        connections[self.alias].close()

    @contextmanager
    def follow(self, web: httpx.Client, *, key: str | None = None, **asked: Any) -> Iterator[ClientConnection]:
        """Open a socket with the key."""
        headers = {"Authorization": f"Bearer {key or self.key}"}
        with connect(address(web, **asked), additional_headers=headers, close_timeout=2) as line:
            yield line


def address(web: httpx.Client, **asked: Any) -> str:
    """Return where the socket is."""
    query = f"?{urlencode(asked)}" if asked else ""
    return f"ws://{web.base_url.host}:{web.base_url.port}/api/v1/scheduling/ws{query}"


def events(line: ClientConnection, count: int) -> list[dict[str, Any]]:
    """Return the next events."""
    return [json.loads(line.recv(timeout=PATIENCE)) for _ in range(count)]


def ids(line: ClientConnection, count: int) -> list[int]:
    """Return the ids of the next events."""
    return [event["id"] for event in events(line, count)]


def end_of(line: ClientConnection) -> tuple[int, str]:
    """Return the code and the reason with which a socket ends.

    :raises AssertionError: if it does not: a heartbeat comes more often than patience ends.
    """
    end_of_patience = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < end_of_patience:
            line.recv(timeout=PATIENCE)
    except ConnectionClosed as end:
        return (end.rcvd.code, end.rcvd.reason) if end.rcvd else (1006, "")
    raise AssertionError("It goes on.")
