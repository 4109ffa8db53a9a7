"""How the workers learn of batches: one run is queued for all that wait, and it places them."""

import pytest
from django_q.models import OrmQ

from publishing import tasks
from publishing.tasks import stopping
from publishing.tasks.node import Node
from scheduling.models import Schedule, ScheduleStatus
from scheduling.tests.batches.working import batch_of
from scheduling.tests.factories import ChannelAccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _not_stopping():
    stopping.reset()
    yield
    stopping.reset()


def queued():
    return [row.name() for row in OrmQ.objects.all() if row.name() == "batches"]


def test_a_node_queues_one_run_for_all_batches_that_wait():
    account = ChannelAccountFactory()
    for _ in range(3):
        batch_of(account, 1)

    Node().look()
    tasks.tick()

    assert queued() == ["batches"]


def test_without_batches_nothing_is_queued():
    Node().look()

    assert queued() == []


def test_a_run_places_what_waits():
    account = ChannelAccountFactory()
    for _ in range(3):
        batch_of(account, 1)

    ended = tasks.batches()

    assert ended == 3
    assert set(Schedule.objects.values_list("status", flat=True)) == {ScheduleStatus.COMPLETED}


def test_a_run_of_a_cluster_that_stops_begins_nothing():
    batch_of(ChannelAccountFactory(), 1)
    stopping.stop()

    tasks.batches()

    assert Schedule.objects.get().status == ScheduleStatus.PENDING
