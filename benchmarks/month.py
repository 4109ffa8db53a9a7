"""A month and its weeks with 100, 1,000 and 10,000 posts of 10 accounts: what the server takes, asks and answers.

Beside them, in the same rounds, an empty month, and as the floor the same person's empty outbox: the frame of a page
with its session, its badges and its menus, and nothing inside.
"""

import gzip
import multiprocessing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import world
from benchmarks.figures import Figure, seconds
from benchmarks.sending import memory
from workspaces.models import Membership
from workspaces.roles import Role

SIZES = (0, 100, 1_000, 10_000)
BARS = {100: 40, 1_000: 60, 10_000: 150}  # Milliseconds.
ACCOUNTS = 10
ROUNDS = 15
START = datetime(2026, 11, 1, tzinfo=UTC)
MONTH = timedelta(days=29)
KILOBYTE = 1024
FLOOR = "/outbox/?tenant_id=month-0"
WEEK = "/calendar/?view=week&day=2026-11-18&tenant_id=month-10000"
MONTHS = {size: f"/calendar/?month=2026-11&tenant_id=month-{size}" for size in SIZES}
PERSON = "bench"


@dataclass
class Seen:
    """What pages took, asked and answered, by their addresses, and what the process weighs after them."""

    times: dict[str, float] = field(default_factory=dict)
    queries: dict[str, int] = field(default_factory=dict)
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)
    used: float = 0.0


def run() -> list[Figure]:
    """Measure the pages in turn, several rounds, in a process of their own that is as large as a web process."""
    call_command("collectstatic", interactive=False, verbosity=0)
    make_months(SIZES)
    connections.close_all()
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    process = context.Process(target=_look, args=(results,))
    process.start()
    process.join()
    seen = results.get(timeout=10)
    for address, took in sorted(seen.times.items(), key=lambda pair: pair[1]):
        plain, small = seen.sizes[address]
        print(
            f"{address}: {took:.0f} ms, {took / seen.times[FLOOR]:.2f} × the floor, {seen.queries[address]} queries, "
            f"{plain / KILOBYTE:.0f} KB, {small / KILOBYTE:.1f} KB compressed"
        )
    return [*_months(seen), *_week(seen), Figure("a web process after all of it", seen.used, 150, unit="MB")]


def make_months(sizes: tuple[int, ...]) -> None:
    """Make a workspace of 10 accounts for each number of posts, and a person who owns them all."""
    world.clear()
    person = get_user_model().objects.filter(username=PERSON).first()
    person = person or get_user_model().objects.create_user(PERSON, is_staff=True)
    for size in sizes:
        made = world.workspace(f"month-{size}", ACCOUNTS)
        Membership.objects.create(workspace=made, user=person, role=Role.OWNER)
        if size:
            world.fill(made, size, status="published", start=START, step=MONTH / (size // ACCOUNTS))
    world.settle_down()


def _months(seen: Seen) -> list[Figure]:
    of = {size: seen.times[address] for size, address in MONTHS.items()}
    return [
        *(Figure(f"a month of {size:,} posts, server", of[size], bar, unit="ms") for size, bar in BARS.items()),
        Figure("a month of 10,000 posts, of one of 100", of[10_000] / of[100], 4),
        Figure("queries of a month page, at most", max(map(seen.queries.get, MONTHS.values())), 12, unit="queries"),
        Figure(
            "a month page compressed, at most",
            max(seen.sizes[one][1] for one in MONTHS.values()) / KILOBYTE,
            30,
            unit="KB",
        ),
    ]


def _week(seen: Seen) -> list[Figure]:
    return [
        Figure("a week of a month of 10,000 posts, server", seen.times[WEEK], 150, unit="ms"),
        Figure("its bytes", seen.sizes[WEEK][0] / KILOBYTE, 300, unit="KB"),
    ]


def _look(results: multiprocessing.Queue) -> None:
    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.get(username=PERSON))
    addresses, seen = [FLOOR, *MONTHS.values(), WEEK], Seen()
    for address in addresses:
        _page(client, address)
        with CaptureQueriesContext(connection) as captured:
            page = _page(client, address)
        seen.queries[address] = len(captured)
        seen.sizes[address] = (len(page), len(gzip.compress(page, 6)))
    found: dict[str, list[float]] = {address: [] for address in addresses}
    for _ in range(ROUNDS):
        for address in addresses:
            found[address].append(seconds(lambda address=address: _page(client, address)))
    seen.times = {address: 1000 * median(some) for address, some in found.items()}
    seen.used = memory()
    results.put(seen)


def _page(client: Client, address: str) -> bytes:
    answer = client.get(address)
    if answer.status_code != 200:
        raise AssertionError(f"{address} answered {answer.status_code}")
    return answer.content
