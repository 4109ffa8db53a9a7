"""The API as other systems call it: uvicorn with 2 workers, 10,000 posts in the workspace, 100 others beside it."""

import json
import multiprocessing
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

import psutil
from django.db import connections
from django.utils import timezone

from benchmarks import world
from benchmarks.figures import Figure, seconds
from benchmarks.slow.apps import COUNTERS, SLOTS, counted
from scheduling.models import PostInstance
from tools.serve import WIRE
from workspaces.models import Workspace
from workspaces.services.api_keys import create_key

ROOT = Path(__file__).resolve().parent.parent
POSTS, ACCOUNTS, OTHERS, OF_OTHERS = 10_000, 2, 100, 100
MONTH = timedelta(days=30)
ROUNDS, CLIENTS, AT_ONCE_FOR = 200, 4, 8.0
LIST = "/api/v1/post-instances?page_size=50"


@dataclass(frozen=True)
class Caller:
    """A client with a key, on a connection that it keeps."""

    port: int
    token: str

    def times(self, method: str, path: str, bodies: list[dict | None]) -> list[float]:
        """Return how long each call took, one after the other."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        return [seconds(lambda body=body: self.call(line, method, path, body)) for body in bodies]

    def call(self, line: HTTPConnection, method: str, path: str, body: dict | None = None) -> bytes:
        """Return an answer, which has to be a good one."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        line.request(method, path, json.dumps(body) if body else None, headers)
        answer = line.getresponse()
        found = answer.read()
        if answer.status >= 300:
            raise AssertionError(f"{method} {path} answered {answer.status}: {found[:300]!r}")
        return found


def run() -> list[Figure]:
    """Measure each call: its queries, its time for one client, and the lists for several at once."""
    made, start = _fill()
    token = create_key(workspace=made, name="Bench", scopes=["read", "write"], actor="bench", now=timezone.now())[1]
    one = PostInstance.objects.filter(workspace=made).order_by("scheduled_for").values_list("pk", flat=True)[POSTS // 2]
    content = made.content_items.get(is_placeholder=False)
    account = made.channel_accounts.order_by("pk").first()
    clips = [
        {
            "clip_id": str(content.pk),
            "social_account_id": str(account.pk),
            "scheduled_for": (start + n * timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        for n in range(ROUNDS)
    ]
    connections.close_all()
    with _web() as (caller_of, counters, processes):
        caller = caller_of(token)
        floor = _measure(caller, counters, "GET", "/livez", [None] * ROUNDS)
        lists = _measure(caller, counters, "GET", LIST, [None] * ROUNDS)
        single = _measure(caller, counters, "GET", f"/api/v1/post-instances/{one}", [None] * ROUNDS)
        rate = _rate(caller)
        posted = _measure(caller, counters, "POST", "/publishing/schedule", clips)
        month = f"/api/v1/marketing/calendar?start_date={start:%Y-%m-%d}&end_date={start + MONTH:%Y-%m-%d}"
        caller.times("GET", month, [None] * 4)
        before = _memory(processes)
        calendar = sorted(caller.times("GET", month, [None] * 12))
        grown = _memory(processes) - before
    print(f"floor, /livez: p95 {floor.p95 * 1000:.1f} ms; web processes: {_memory_said(before)}", flush=True)
    return [
        Figure("queries of a list of 50 posts", lists.queries, 6, unit="queries"),
        Figure("a list of 50 posts, p95 at 1 client", lists.p95 * 1000, 40, unit="ms"),
        Figure("lists of 50 posts at 4 clients", rate, 150, at_most=False, unit="a second"),
        Figure("queries of one post", single.queries, 4, unit="queries"),
        Figure("one post, p95", single.p95 * 1000, 15, unit="ms"),
        Figure("queries of POST /publishing/schedule, 5,000 posts", posted.queries, 12, unit="queries"),
        Figure("POST /publishing/schedule, p95", posted.p95 * 1000, 50, unit="ms"),
        Figure("calendar of a month of 10,000 posts", calendar[len(calendar) // 2], 1.5, unit="s"),
        Figure("memory that 12 such calendars add to the web", grown / 1e6, 10, unit="MB"),
    ]


@dataclass(frozen=True)
class Measured:
    """What a call costs: the time below which 95 of 100 stay, in seconds, and its queries."""

    p95: float
    queries: float


def _measure(caller: Caller, counters: Path, method: str, path: str, bodies: list[dict | None]) -> Measured:
    caller.times("GET", LIST, [None] * 10)
    before = counted(counters)
    times = sorted(caller.times(method, path, bodies))
    return Measured(times[int(len(times) * 0.95)], (counted(counters) - before) / len(bodies))


def _rate(caller: Caller) -> float:
    """Return how many lists a second several clients get, each a process of its own."""
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    clients = [context.Process(target=_ask_for_lists, args=(caller, results)) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    total = sum(results.get(timeout=AT_ONCE_FOR * 5) for _ in clients)
    for client in clients:
        client.join()
    return total / AT_ONCE_FOR


def _ask_for_lists(caller: Caller, results: multiprocessing.Queue) -> None:
    line, done = HTTPConnection("127.0.0.1", caller.port, timeout=60), 0
    caller.call(line, "GET", LIST)
    end = time.monotonic() + AT_ONCE_FOR
    while time.monotonic() < end:
        caller.call(line, "GET", LIST)
        done += 1
    results.put(done)


def _fill() -> tuple[Workspace, datetime]:
    """Return the workspace and the first day of its month."""
    world.clear()
    start = (timezone.now().astimezone(UTC) + timedelta(days=2)).replace(hour=0, minute=0, second=0, microsecond=0)
    for n in range(OTHERS):
        other = world.workspace(f"other-{n}", 1)
        world.fill(other, OF_OTHERS, status="scheduled", start=start, step=MONTH / OF_OTHERS)
    made = world.workspace("api", ACCOUNTS)
    world.fill(made, POSTS, status="scheduled", start=start, step=MONTH / (POSTS // ACCOUNTS))
    world.settle_down()
    return made, start


@contextmanager
def _web() -> Iterator[tuple]:
    """Run uvicorn with 2 workers; yield what makes a caller, the file of query counts, and the processes."""
    with socket.socket() as probe, tempfile.TemporaryDirectory() as folder:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        counters = Path(folder) / "counters"
        counters.write_bytes(bytes(SLOTS * 8))
        environ = {
            **os.environ,
            COUNTERS: str(counters),
            "DJANGO_SETTINGS_MODULE": "benchmarks.slow.settings",
            "API_RATE_PER_SECOND": "10000",
            "API_RATE_BURST": "100000",
        }
        probe.close()
        command = ["-m", "uvicorn", "marketmind.asgi:application", "--port", str(port), "--workers", "2", *WIRE]
        web = subprocess.Popen([sys.executable, *command, "--log-level", "warning"], cwd=ROOT, env=environ)
        try:
            _wait_for(port)
            yield lambda token: Caller(port, token), counters, psutil.Process(web.pid).children(recursive=True)
        finally:
            web.terminate()
            web.wait(20)


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            time.sleep(2)  # The second process comes up.
            return


def _memory(processes: list[psutil.Process]) -> int:
    """Return the resident bytes of the processes together."""
    return sum(one.memory_info().rss for one in processes)


def _memory_said(total: int) -> str:
    return f"{total / 1e6:.0f} MB together"
