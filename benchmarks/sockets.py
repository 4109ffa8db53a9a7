"""Many sockets on one web process: every event to everyone, how late, and what that costs."""

import asyncio
import json
import multiprocessing
import time
from dataclasses import dataclass, field
from uuid import uuid4

import psutil
from django.db import connections
from django.utils import timezone

from benchmarks import world
from benchmarks.figures import Figure
from benchmarks.web import web
from workspaces.ledger import record, unit_of_work
from workspaces.models import Workspace
from workspaces.services.api_keys import create_key

SOCKETS, A_SECOND, SECONDS = 500, 20, 20
EVENTS = A_SECOND * SECONDS
READY, PATIENCE = 3.0, 120.0
TEXT, PING = 0x81, 0x89


@dataclass
class Reader(asyncio.Protocol):
    """A client that costs so little that the server is what is measured: it reads frames and notes the delays."""

    token: str
    opened: asyncio.Event
    done: asyncio.Event
    buffer: bytes = b""
    delays: list[float] = field(default_factory=list)
    is_open: bool = False

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Ask for the socket."""
        self.transport = transport
        transport.write(
            b"GET /api/v1/scheduling/ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            b"Authorization: Bearer " + self.token.encode() + b"\r\n\r\n"
        )

    def data_received(self, data: bytes) -> None:
        """Take apart what came."""
        self.buffer += data
        if not self.is_open and b"\r\n\r\n" in self.buffer:
            _, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            self.is_open = True
            self.opened.set()
        while self.is_open and self._frame():
            pass

    def connection_lost(self, error: Exception | None) -> None:
        """Stop waiting for more."""
        self.opened.set()
        self.done.set()

    def _frame(self) -> bool:
        """Take one frame off the buffer; tell whether there was a whole one."""
        if len(self.buffer) < 4:
            return False
        kind, length, start = self.buffer[0], self.buffer[1], 2
        if length == 126:
            length, start = int.from_bytes(self.buffer[2:4], "big"), 4
        if len(self.buffer) < start + length:
            return False
        payload, self.buffer = self.buffer[start : start + length], self.buffer[start + length :]
        if kind == PING:
            self.transport.write(bytes([0x8A, 0x80 | len(payload), 0, 0, 0, 0]) + payload)
        elif kind == TEXT and b'"sent"' in payload:
            self.delays.append(time.time() - json.loads(payload)["metadata"]["sent"])
            if len(self.delays) == EVENTS:
                self.done.set()
        return True


def run() -> list[Figure]:
    """Write events while everybody listens."""
    world.clear()
    made = world.workspace("sockets", 1)
    token = create_key(workspace=made, name="Bench", scopes=["read"], actor="bench", now=timezone.now())[1]
    connections.close_all()
    context = multiprocessing.get_context("spawn")
    ready, results = context.Event(), context.Queue()
    with web() as (port, process):
        clients = context.Process(target=_listen, args=(port, token, ready, results))
        clients.start()
        if not ready.wait(PATIENCE):
            raise AssertionError("the sockets did not open")
        before, began = _cpu(process), time.monotonic()
        _write(made)
        share = (_cpu(process) - before) / (time.monotonic() - began)
        memory = process.memory_info().rss
        delays = results.get(timeout=PATIENCE)
        clients.join()
    print(f"{len(delays):,} of {SOCKETS * EVENTS:,} came; the web process has {memory / 1e6:.0f} MB", flush=True)
    p50, p99 = (delays[int(len(delays) * part)] if delays else float("inf") for part in (0.5, 0.99))
    return [
        Figure("events missing at 500 sockets", SOCKETS * EVENTS - len(delays), 0, unit="events"),
        Figure("an event to a socket, p50", p50, 1, unit="s"),
        Figure("an event to a socket, p99", p99, 1, unit="s"),
        Figure("an event to a socket, the latest", delays[-1] if delays else float("inf"), 1, unit="s"),
        Figure("the web process, of one core", share, 1, unit="cores"),
    ]


def _write(made: Workspace) -> None:
    """Write the events at their times, each in a transaction of its own."""
    began = time.monotonic()
    for n in range(EVENTS):
        time.sleep(max(0.0, began + n / A_SECOND - time.monotonic()))
        with unit_of_work():
            record(
                "publish_moved",
                workspace_id=made.pk,
                entity_type="publish_log",
                entity_id=uuid4(),
                actor="bench",
                now=timezone.now(),
                metadata={"sent": time.time(), "platform": "x", "scheduled_for": "2026-11-24T18:00:00Z"},
            )


def _listen(port: int, token: str, ready: object, results: multiprocessing.Queue) -> None:
    results.put(asyncio.run(_all(port, token, ready)))


async def _all(port: int, token: str, ready: object) -> list[float]:
    """Return every delay of every socket, sorted."""
    loop, readers = asyncio.get_running_loop(), []
    for _ in range(SOCKETS):
        reader = Reader(token, asyncio.Event(), asyncio.Event())
        await loop.create_connection(lambda reader=reader: reader, "127.0.0.1", port)
        readers.append(reader)
    await asyncio.gather(*(reader.opened.wait() for reader in readers))
    await asyncio.sleep(READY)  # Accepted is not admitted yet.
    ready.set()
    waiting = asyncio.gather(*(reader.done.wait() for reader in readers), return_exceptions=True)
    await asyncio.wait([waiting], timeout=SECONDS + 15)
    return sorted(delay for reader in readers for delay in reader.delays)


def _cpu(process: psutil.Process) -> float:
    spent = process.cpu_times()
    return spent.user + spent.system
