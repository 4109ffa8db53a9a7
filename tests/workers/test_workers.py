"""`manage.py workers`: it comes up, publishes, keeps its schedule, and stops without a trace."""

import signal

import pytest
from django.db import connection
from django_q.models import Task

from publishing.models import Lane, OutboxPost, WorkerBeat
from tests.workers.posts import assert_no_trace, come_due, wait_until_out
from tests.workers.running import Q_WORKERS, QUIET, wait_for


def test_due_posts_go_out_once_and_the_end_leaves_no_trace(workers):
    beat = WorkerBeat.objects.get()
    posts = come_due(20, within=4)

    wait_until_out(posts)
    code = workers.stop(signal.SIGTERM)

    assert (beat.lanes, Lane.objects.count()) == (Q_WORKERS - 2, Q_WORKERS - 2)
    assert OutboxPost.objects.count() == len(posts)
    assert code == 0
    assert workers.log.splitlines() == QUIET
    assert_no_trace(workers)


def test_two_nodes_share_the_lanes(workers, start_workers):
    other = start_workers()
    wait_for(lambda: Lane.objects.exclude(run=None).count() == 2 * (Q_WORKERS - 2), "the lanes of both")
    posts = come_due(20, within=2)

    wait_until_out(posts)

    assert OutboxPost.objects.count() == len(posts)
    assert [workers.stop(), other.stop()] == [0, 0]


@pytest.mark.postgres
def test_each_process_has_one_database_connection_at_most(workers):
    wait_until_out(come_due(20, within=1))

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        (count,) = cursor.fetchone()

    assert count <= len(workers.left())


@pytest.mark.postgres
@pytest.mark.slow
def test_the_queue_ticks_by_its_own_schedule(workers):
    wait_for(lambda: Task.objects.filter(func="publishing.tasks.tick", success=True).exists(), "a tick")

    assert not Task.objects.filter(success=False).exists()
    assert workers.stop() == 0
    assert workers.log.splitlines() == QUIET
