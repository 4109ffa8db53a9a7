"""SIGKILL of any process at any moment: the workers come up again, and no post is out twice, lost, or stuck."""

import time
from random import Random

import psutil
import pytest

from publishing.models import OutboxPost
from tests.workers.posts import check_after_kills, come_due, wait_until_out
from tests.workers.running import PARTS, lives


@pytest.mark.slow
@pytest.mark.postgres
def test_whichever_process_is_killed_the_next_post_goes_out(workers):
    fatal = [part for part in PARTS if part != "lane"]
    for part in fatal:
        parts = workers.wait_until_up()
        parts[part].kill()

        wait_until_out(come_due(1, within=0.5))

        workers.wait_until_up(but=parts["main"])
        assert not any(lives(one) for one in parts.values()), part
    assert workers.log.count("are started again") == len(fatal)
    assert workers.stop() == 0
    assert OutboxPost.objects.count() == len(fatal)


@pytest.mark.postgres
def test_a_lane_that_is_killed_is_replaced_while_the_others_go_on(workers):
    parts = workers.wait_until_up()
    time.sleep(2)  # Until then it may hold a lock, and the whole cluster is started anew.
    parts["lane"].kill()

    wait_until_out(come_due(1, within=0.5))

    again = workers.wait_until_up()
    assert again["main"] == parts["main"]
    assert again["lane"] != parts["lane"]
    assert "are started again" not in workers.log
    assert workers.stop() == 0


def kill_at_random(workers, *, kills, every, seed):
    """Kill a process of the cluster every few seconds, whether it is up again or not; return how many."""
    random, killed = Random(seed), 0
    while killed < kills:
        time.sleep(every)
        victims = workers.left()
        if victims:
            psutil.Process(random.choice(victims)).kill()
            killed += 1
        workers.parts()  # Looks for the session of a new cluster.
    return killed


@pytest.mark.parametrize(
    ("count", "kills"),
    [pytest.param(300, 6, marks=pytest.mark.postgres), pytest.param(40, 3, marks=pytest.mark.sqlite)],
)
def test_no_post_is_out_twice_lost_or_stuck_after_random_kills(workers, count, kills):
    posts = come_due(count, within=10)

    kill_at_random(workers, kills=kills, every=1.7, seed=count)
    workers.wait_until_up()
    wait_until_out(come_due(1, within=0.5))
    workers.stop()

    states = check_after_kills(posts)
    assert states["published"] > count / 2


@pytest.mark.soak
def test_no_post_is_out_twice_lost_or_stuck_after_many_kills(workers):
    posts = come_due(2_000, within=150)

    kill_at_random(workers, kills=40, every=4, seed=7)
    workers.wait_until_up()
    wait_until_out(come_due(1, within=0.5))
    workers.stop()

    states = check_after_kills(posts)
    assert states["published"] > 1_000


@pytest.mark.soak
@pytest.mark.parametrize("frozen", ["main", "sentinel", "workers"])
def test_a_cluster_that_freezes_is_started_again(workers, frozen):
    parts = workers.parts()
    for one in parts["sentinel"].children() if frozen == "workers" else [parts[frozen]]:
        one.suspend()

    again = workers.wait_until_up(but=parts["main"], limit=180)

    wait_until_out(come_due(1, within=0.5))
    assert again["main"] != parts["main"]
    assert workers.stop() == 0
