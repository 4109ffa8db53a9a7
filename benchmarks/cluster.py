"""A real `manage.py workers` at work: 10,000 due posts at 300 ms each, and lateness at 1,000 posts a minute."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.db.models import Max, Min
from django.utils import timezone

from benchmarks import world
from benchmarks.figures import Figure
from benchmarks.slow.apps import COUNTERS, SLOTS, counted
from benchmarks.slow.channel import TAKES
from publishing.models import Lane, PublishLog
from publishing.services.sending import THREADS
from scheduling.models import PostInstance, Status
from tests.workers.running import Workers, wait_for

POSTS = 10_000
A_MINUTE = 1_000
LIMIT = 300  # Seconds until a measurement is given up.


def throughput() -> list[Figure]:
    """Let one cluster send 10,000 due posts; the floor is what its threads could do if they did nothing but wait."""
    world.clear()
    made = world.workspace("cluster", POSTS)  # What is late waits for the turn of its account.
    with _workers("benchmarks.slow.settings") as (workers, counters):
        _wait(workers.parts)
        due = timezone.now() + timedelta(seconds=15)
        world.fill(made, POSTS, status="scheduled", start=due, step=timedelta(milliseconds=1))
        world.settle_down()
        time.sleep(max(0.0, (due - timezone.now()).total_seconds()))
        before, most, processes = counted(counters), 0, len(workers.left())
        while _published() < POSTS:
            most = max(most, _connections())
            time.sleep(0.5)
        queries = counted(counters) - before
        lanes = Lane.objects.exclude(run=None).count()
        at_the_end = _connections()
    first, last = PublishLog.objects.aggregate(Min("started_at"), Max("finished_at")).values()
    rate, ceiling = POSTS / (last - first).total_seconds(), lanes * THREADS / TAKES
    print(f"{rate:.0f} posts/s; {lanes} lanes could wait for {ceiling:.0f}/s", flush=True)
    print(f"connections: {most} at most, {at_the_end} at the end, of {processes} processes", flush=True)
    return [
        Figure("10,000 posts at 300 ms, one cluster", rate, 250, at_most=False, unit="posts/s"),
        Figure("queries of such a post", queries / POSTS, 4, unit="queries"),
        Figure("connections above processes + 2", max(0, most - processes - 2), 0, unit="connections"),
    ]


def lateness() -> list[Figure]:
    """Let 1,000 posts come due over a minute, undisturbed and while a lane, or an idle worker, is killed."""
    return [
        *_lateness("undisturbed"),
        *_lateness("with a lane killed", victim="lane"),
        *_lateness("with an idle worker killed", victim="idle"),
    ]


def _lateness(name: str, *, victim: str = "") -> list[Figure]:
    world.clear()
    made = world.workspace("lateness", A_MINUTE // 4)
    with _workers("marketmind.settings") as (workers, _):
        _wait(workers.parts)
        start = timezone.now() + timedelta(seconds=5)
        step = timedelta(minutes=1) / 4
        world.fill(made, A_MINUTE, status="scheduled", start=start, step=step)
        _spread_out(timedelta(minutes=1))
        if victim:
            time.sleep(30)
            workers.parts()[victim].kill()
        _wait(lambda: _settled() == A_MINUTE)
    late = sorted(_seconds_late())
    held = A_MINUTE - len(late)
    p50, p95, p99, worst = (late[min(len(late) - 1, int(len(late) * share))] for share in (0.5, 0.95, 0.99, 1))
    print(f"{name}: {p50:.2f} / {p95:.2f} / {p99:.2f} / {worst:.2f} s; held by the killed: {held}", flush=True)
    return [Figure(f"lateness, p99, {name}", p99, 0.5, unit="s")]


def _spread_out(over: timedelta) -> None:
    """Give each post an instant of its own, evenly over a time."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE post_instances SET scheduled_for = spread.at, due_at = spread.at
            FROM (SELECT id, min(scheduled_for) OVER () + (row_number() OVER (ORDER BY scheduled_for, id) - 1)
                * %s::interval AS at FROM post_instances) AS spread
            WHERE spread.id = post_instances.id""",
            [over / A_MINUTE],
        )


def _seconds_late() -> list[float]:
    """Return how late each first attempt was that an answer came of."""
    rows = PublishLog.objects.filter(number=1, outcome="accepted").select_related("post_instance")
    return [(one.finished_at - one.post_instance.scheduled_for).total_seconds() for one in rows]


def _settled() -> int:
    waiting = [Status.SCHEDULED, Status.PENDING]
    return PostInstance.objects.exclude(status__in=waiting).count()


def _published() -> int:
    return PostInstance.objects.filter(status=Status.PUBLISHED).count()


def _connections() -> int:
    """Return how many connections the database has beside this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


@contextmanager
def _workers(settings: str) -> Iterator[tuple[Workers, Path]]:
    """Run `manage.py workers` with some settings; yield it and the file in which its queries are counted."""
    with tempfile.TemporaryDirectory() as folder:
        counters = Path(folder) / "counters"
        counters.write_bytes(bytes(SLOTS * 8))
        os.environ |= {COUNTERS: str(counters), "DJANGO_SETTINGS_MODULE": settings}
        workers = Workers(os.environ["DATABASE_URL"], Path(folder) / "log")
        try:
            yield workers, counters
            workers.stop()
        finally:
            workers.kill_all()
            os.environ |= {"DJANGO_SETTINGS_MODULE": "marketmind.settings"}


def _wait(condition) -> None:
    wait_for(condition, "the workers", LIMIT)
