"""What a node does beside q2: it beats, queues its lanes, and notices that its workers have frozen."""

import signal
import time
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_q.conf import Conf
from django_q.models import OrmQ

from publishing import tasks
from publishing.models import Lane, WorkerBeat
from publishing.services import lanes, sending
from publishing.tasks import node as node_module
from publishing.tasks import stopping
from publishing.tasks.cluster import StrictSentinel
from publishing.tasks.node import FROZEN_AFTER, SILENT, Node
from scheduling.models import PostInstance
from scheduling.tests.factories import PendingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticking(monkeypatch):
    """Return a monotonic clock that a test moves."""
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(node_module, "monotonic", lambda: clock.now)
    return clock


@pytest.fixture
def not_stopping():
    stopping.reset()
    yield
    stopping.reset()


def queued():
    return sorted(row.name() for row in OrmQ.objects.all())


def test_a_node_beats_and_queues_its_lanes_once(settings, ticking):
    settings.Q_WORKERS = 5
    node = Node()

    first, second = node.look(), node.look()

    assert (first, second) == (False, False)
    assert WorkerBeat.objects.get().lanes == 3
    assert queued() == ["lane-0", "lane-1", "lane-2"]


def test_a_node_that_leaves_is_not_counted_on(ticking):
    node = Node()
    node.look()

    lanes.end_beat(node=Node.name)

    assert lanes.lanes_to_queue(now=timezone.now()) == []


def look_on(node, ticking, seconds):
    """Look every few seconds for a while; return whether the node ever found its workers frozen."""
    found = False
    for _ in range(0, seconds, 5):
        ticking.now += 5
        found = node.look() or found
    return found


def test_workers_that_take_nothing_for_long_are_frozen(ticking):
    node = Node()

    assert look_on(node, ticking, int(FROZEN_AFTER)) is False
    assert look_on(node, ticking, 10) is True


def test_workers_that_hold_a_lane_are_not_frozen(ticking):
    node = Node()
    node.look()
    Lane.objects.filter(number=0).update(run="0" * 32, holder=f"{Node.name}/9", seen_at=timezone.now() + SILENT)

    assert look_on(node, ticking, 600) is False


def test_silence_while_the_database_is_away_is_not_held_against_the_workers(ticking, monkeypatch):
    node = Node()

    def away(**_):
        raise OperationalError("the server has gone away")

    monkeypatch.setattr(node_module, "beat", away)
    monkeypatch.setattr("publishing.services.outages.sleep", lambda seconds: None)
    monkeypatch.setattr("publishing.services.outages.close_old_connections", lambda: None)

    assert look_on(node, ticking, 600) is False


def test_a_process_in_which_a_call_hangs_is_replaced_after_its_lane(account, channel, monkeypatch, not_stopping):
    monkeypatch.setattr(Conf, "MAX_RSS", None)
    monkeypatch.setattr(sending, "DRAIN", 0)
    post = PendingFactory(channel_account=account, scheduled_for=timezone.now())
    lanes.beat(node=Node.name, lanes=1, now=timezone.now())
    lanes.lanes_to_queue(now=timezone.now())
    channel.replies = [lambda delivery: stopping.stop() or channel.never(delivery)]

    tasks.lane(0)

    assert PostInstance.objects.get(pk=post.pk).status == "unconfirmed"
    assert Conf.MAX_RSS == tasks.SMALLEST


@pytest.mark.parametrize(
    ("mark", "alive", "itself"),
    [(0, False, True), (-2, False, True), (0, True, False), (-1, False, False), (120.5, False, False)],
)
def test_only_a_worker_that_ended_itself_is_replaced_alone(mark, alive, itself):
    timer = SimpleNamespace(get_obj=lambda: SimpleNamespace(value=mark))
    worker = SimpleNamespace(timer=timer, join=lambda seconds: None, is_alive=lambda: alive)

    assert StrictSentinel._ended_itself(worker) is itself


@pytest.mark.parametrize(
    ("mark", "busy"),
    [(183.0, False), (182.0, True), (0.5, True), (0, False), (-1, False), (-2, False)],
)
def test_a_worker_that_was_well_into_its_task_holds_no_lock(mark, busy):
    worker = SimpleNamespace(timer=SimpleNamespace(get_obj=lambda: SimpleNamespace(value=mark)))

    assert StrictSentinel._was_at_its_task(worker) is busy


def test_a_lane_that_is_told_to_go_finishes_first(monkeypatch, not_stopping):
    gone = []
    monkeypatch.setattr(stopping.os, "_exit", gone.append)
    monkeypatch.setattr(stopping._Me, "told", False)
    handlers = {number: signal.getsignal(number) for number in (stopping.LEAVE, signal.SIGTERM)}
    stopping.become_a_worker()

    with stopping.sending():
        signal.raise_signal(stopping.LEAVE)
        time.sleep(0)
        during = (list(gone), stopping.is_stopping())

    for number, handler in handlers.items():
        signal.signal(number, handler)
    assert during == ([], True)
    assert gone == [0]
