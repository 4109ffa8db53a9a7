"""How workers end: Ctrl-C, SIGTERM, or without their parent. That they leave no trace is asked on both databases."""

import os
import signal

from scheduling.models import PostInstance
from tests.workers.posts import assert_no_trace, come_due
from tests.workers.running import QUIET, wait_for


def test_ctrl_c_in_a_terminal_which_reaches_the_whole_group_stops_them(workers):
    os.killpg(workers.process.pid, signal.SIGINT)

    assert workers.process.wait(60) == 0
    assert workers.log.splitlines() == QUIET
    assert_no_trace(workers)


def test_sigterm_to_every_process_as_an_init_system_sends_it_stops_them(workers):
    come_due(100, within=0.1)
    for pid in [*workers.left(), workers.process.pid]:
        os.kill(pid, signal.SIGTERM)

    assert workers.process.wait(60) == 0
    assert_no_trace(workers)
    assert set(PostInstance.objects.values_list("status", flat=True)) <= {"scheduled", "pending", "published"}


def test_workers_that_are_stopped_while_they_come_up_stop(start_workers):
    coming = start_workers()
    wait_for(lambda: "running" in coming.log, "the first line")

    assert coming.stop() == 0
    assert coming.left() == []


def test_without_their_parent_the_others_end_by_themselves(workers):
    workers.process.send_signal(signal.SIGKILL)

    wait_for(lambda: not workers.left(), "the cluster to end")


def test_without_parent_and_main_process_the_others_end_by_themselves(workers):
    parts = workers.parts()
    workers.process.send_signal(signal.SIGKILL)
    parts["main"].kill()

    wait_for(lambda: not workers.left(), "the cluster to end")
