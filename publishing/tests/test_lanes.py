"""Lanes: each has one run at a time, a newer one takes over without a gap, and a silent one is queued again."""

from datetime import timedelta

import pytest

from publishing.models import Lane, WorkerBeat
from publishing.services.attempts import LEASE, open_attempts
from publishing.services.lanes import (
    LIFE,
    NODE_IS_GONE_AFTER,
    QUEUED_FOR,
    RENEW_AFTER,
    SILENT_AFTER,
    beat,
    end_beat,
    free_lanes,
    hold_lane,
    holder_on,
    is_silent,
    lanes_to_queue,
    last_seen,
)
from scheduling.models import PostInstance
from scheduling.tests.factories import NOW, PendingFactory, PostInstanceFactory

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def node():
    """Return a node that holds two lanes."""
    beat(node="here", lanes=2, now=NOW)
    return "here"


def hold(number=0, *, pid=1, now=NOW, during=lambda: None, rounds=1):
    """Hold a lane for some rounds, and do something in each."""
    left = [None] * rounds

    def stopping():
        if not left:
            return True
        left.pop()
        during()
        return False

    return hold_lane(
        number=number, holder=holder_on("here", pid), clock=lambda: now, stopping=stopping, rest=lambda seconds: None
    )


def test_every_lane_of_every_live_node_is_queued_once(node):
    beat(node="there", lanes=1, now=NOW)

    first, second = lanes_to_queue(now=NOW), lanes_to_queue(now=NOW)

    assert (sorted(first), second) == ([0, 1, 2], [])


def test_a_node_that_has_stopped_or_is_gone_holds_no_lanes(node):
    beat(node="there", lanes=2, now=NOW - NODE_IS_GONE_AFTER - SECOND)
    end_beat(node="here")

    assert lanes_to_queue(now=NOW) == []


def test_nodes_that_are_gone_are_forgotten(node):
    beat(node="there", lanes=2, now=NOW + NODE_IS_GONE_AFTER + SECOND)

    assert list(WorkerBeat.objects.values_list("name", flat=True)) == ["there"]


def test_a_queued_run_that_does_not_start_is_queued_again(node):
    lanes_to_queue(now=NOW)

    assert lanes_to_queue(now=NOW + QUEUED_FOR) == []
    assert sorted(lanes_to_queue(now=NOW + QUEUED_FOR + SECOND)) == [0, 1]


def test_a_lane_that_runs_is_not_queued_until_it_is_old(node):
    lanes_to_queue(now=NOW)
    found = []

    hold(during=lambda: found.append(0 in lanes_to_queue(now=NOW)))
    lanes_to_queue(now=NOW)
    Lane.objects.filter(number=0).update(run="0" * 32, queued_at=None, seen_at=NOW + RENEW_AFTER)

    assert found == [False]
    assert 0 not in lanes_to_queue(now=NOW + RENEW_AFTER)
    assert 0 in lanes_to_queue(now=NOW + RENEW_AFTER + SECOND)


def test_a_lane_whose_run_is_silent_is_queued_again(node):
    Lane.objects.create(number=0, run="0" * 32, holder="here/1", started_at=NOW, seen_at=NOW)

    assert 0 not in lanes_to_queue(now=NOW + SILENT_AFTER)
    assert 0 in lanes_to_queue(now=NOW + SILENT_AFTER + SECOND)


def test_a_newer_run_takes_over_and_the_older_one_leaves(node, monkeypatch):
    monkeypatch.setattr("publishing.services.lanes.BEAT_EVERY", 0)
    lanes_to_queue(now=NOW)
    ran = []

    def take_over():
        ran.append("older")
        if len(ran) == 2:
            Lane.objects.filter(number=0).update(queued_at=NOW)
            hold(pid=2, during=lambda: ran.append("newer"))

    hold(pid=1, during=take_over, rounds=10)

    assert ran == ["older", "older", "newer"]


def test_an_older_run_settles_what_it_sends_before_it_leaves(node, account, channel):
    lanes_to_queue(now=NOW)
    PendingFactory(channel_account=account, scheduled_for=NOW)

    settled = hold()

    assert settled == 1
    assert PostInstance.objects.get().status == "published"


def test_a_task_that_the_queue_hands_out_twice_leaves_at_once(node):
    lanes_to_queue(now=NOW)
    duplicate = []

    hold(pid=1, during=lambda: hold(pid=2, during=lambda: duplicate.append("ran")))

    assert duplicate == []


def test_a_lane_that_has_ended_is_queued_at_once_though_it_was_seen_a_moment_ago(node):
    lanes_to_queue(now=NOW)

    hold(number=0)

    assert 0 in lanes_to_queue(now=NOW)
    assert last_seen() == NOW


def test_a_lane_of_a_broken_cluster_goes_on_until_a_new_run_takes_over(node):
    lanes_to_queue(now=NOW)
    seen = []

    def succeed():
        free_lanes(node="here")
        seen.append(Lane.objects.get(number=0).run is not None)
        lanes_to_queue(now=NOW)
        hold(pid=2, during=lambda: seen.append("taken"))

    hold(pid=1, during=succeed)

    assert seen == [True, "taken"]


def test_the_lanes_of_a_cluster_that_died_are_free_at_once(node):
    lanes_to_queue(now=NOW)
    Lane.objects.filter(number=0).update(run="0" * 32, holder="here/1", queued_at=None, started_at=NOW, seen_at=NOW)
    Lane.objects.create(number=7, run="0" * 32, holder="here-too/1", started_at=NOW, seen_at=NOW)

    free_lanes(node="here")

    assert sorted(lanes_to_queue(now=NOW)) == [0, 1]
    assert Lane.objects.get(number=7).run is not None


def test_a_lane_leaves_when_its_life_is_over(node, monkeypatch):
    monkeypatch.setattr("publishing.services.lanes.LIFE", timedelta(0))
    lanes_to_queue(now=NOW)

    assert hold(rounds=1000) == 0


def test_a_lane_settles_the_leases_of_workers_that_died(node):
    PendingFactory(scheduled_for=NOW)
    open_attempts(now=NOW, holder="there/9", limit=1)
    lanes_to_queue(now=NOW + LEASE)

    hold(now=NOW + LEASE)

    assert PostInstance.objects.get().status == "unconfirmed"


def test_a_lane_hands_over_and_sends_what_is_due(node, account):
    PostInstanceFactory(channel_account=account, scheduled_for=NOW)
    lanes_to_queue(now=NOW)

    assert hold() == 1


def test_a_run_ends_before_the_queue_would_hand_its_task_out_again(settings):
    send = timedelta(seconds=30)

    assert timedelta(seconds=settings.Q_CLUSTER["timeout"]) > LIFE + send
    assert settings.Q_CLUSTER["retry"] > settings.Q_CLUSTER["timeout"]


def silent(at):
    return is_silent(node="here", now=at, since=at - 15 * SECOND)


def test_a_node_is_silent_if_lanes_wait_and_it_runs_none(node):
    lanes_to_queue(now=NOW)

    assert silent(NOW)


def test_a_node_that_runs_a_lane_is_not_silent(node):
    Lane.objects.create(number=0, run="0" * 32, holder="here/1", started_at=NOW, seen_at=NOW)

    assert not silent(NOW + SECOND)
    beat(node="here", lanes=2, now=NOW + 20 * SECOND)
    assert silent(NOW + 20 * SECOND)


def test_a_node_without_a_lane_is_not_silent_while_others_run_them_all(node):
    for number in (0, 1):
        Lane.objects.create(number=number, run="0" * 32, holder="there/1", started_at=NOW, seen_at=NOW)

    assert not silent(NOW)
