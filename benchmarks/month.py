"""The month page with 100, 1,000 and 10,000 posts of 10 accounts, beside an empty month."""

import multiprocessing
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
ACCOUNTS = 10
ROUNDS = 9
START = datetime(2026, 11, 1, tzinfo=UTC)
MONTH = timedelta(days=29)
ADDRESS = "/calendar/?month=2026-11&tenant_id=month-{size}"


def run() -> list[Figure]:
    """Measure the sizes in turn, several rounds, in a process of their own that is as large as a web process."""
    call_command("collectstatic", interactive=False, verbosity=0)
    world.clear()
    person = get_user_model().objects.create_user("bench", is_staff=True)
    for size in SIZES:
        made = world.workspace(f"month-{size}", ACCOUNTS)
        Membership.objects.create(workspace=made, user=person, role=Role.OWNER)
        if size:
            world.fill(made, size, status="published", start=START, step=MONTH / (size // ACCOUNTS))
    world.settle_down()
    connections.close_all()
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    process = context.Process(target=_look, args=(results,))
    process.start()
    process.join()
    times, queries, used = results.get(timeout=10)
    for size in SIZES:
        ratio = times[size] / times[0]
        print(f"{size} posts: {times[size] * 1000:.0f} ms, {ratio:.2f} × an empty month, {queries[size]} queries")
    return [
        Figure("queries of a month page, at most", max(queries.values()), 12, unit="queries"),
        Figure("a month of 10,000 posts, of one of 100", times[10_000] / times[100], 4),
        Figure("a web process after the month of 10,000", used, 150, unit="MB"),
    ]


def _look(results: multiprocessing.Queue) -> None:
    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.get(username="bench"))
    queries = {}
    for size in SIZES:
        _page(client, size)
        with CaptureQueriesContext(connection) as captured:
            _page(client, size)
        queries[size] = len(captured)
    found: dict[int, list[float]] = {size: [] for size in SIZES}
    for _ in range(ROUNDS):
        for size in SIZES:
            found[size].append(seconds(lambda size=size: _page(client, size)))
    results.put(({size: median(some) for size, some in found.items()}, queries, memory()))


def _page(client: Client, size: int) -> None:
    answer = client.get(ADDRESS.format(size=size))
    if answer.status_code != 200:
        raise AssertionError(f"the page of {size} posts answered {answer.status_code}")
