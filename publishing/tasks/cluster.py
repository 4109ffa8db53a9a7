"""q2's cluster, made strict: when a process dies that may hold a lock of the others, another cluster takes over.

Measured: an idle worker that is killed holds the queue's lock for ever, and the whole cluster freezes. Its lanes need
no queue: they go on until the successor's have taken over. A worker that was well into its task, as a lane is, holds
no lock: it is replaced.
"""

import logging
import os
import signal
from contextlib import suppress
from multiprocessing.process import BaseProcess
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.db import connections
from django_q import cluster as q2
from django_q.cluster import Cluster, Sentinel
from django_q.signals import post_spawn

from publishing.services.sending import DRAIN
from publishing.services.supervisor import LIVES, NEEDS_A_SUCCESSOR
from publishing.tasks import stopping
from publishing.tasks.node import Node

log = logging.getLogger(__name__)

A_PROCESS_DIED = 70
LOOK_EVERY = 0.2
SENTINEL_IS_FROZEN_AFTER = 30.0  # Seconds; it looks twice a second, and waits for the database now and then.
CLEAN_STOP = DRAIN + 2  # Seconds: what is being sent, and the end of each process.
TIMED_OUT, RECYCLED = 0, -2  # q2's marks of a worker that ended itself.
# A busy worker's mark counts down from here. Its last result, put under a lock, has left within the first second.
WELL_INTO_ITS_TASK = settings.Q_CLUSTER["timeout"] + 3 - 1


class Rounds:
    """Stands for q2's stop event, which its sentinel asks once a round; without that event's lock."""

    def is_set(self) -> bool:
        """Return whether the cluster stops."""
        return stopping.is_stopping()

    def wait(self, seconds: float) -> bool:
        """Rest until the next round, less if the cluster stops; without its main process there is none."""
        stopping.note_round()
        end = monotonic() + seconds
        while not stopping.is_stopping() and monotonic() < end:
            sleep(0.1)
        if stopping.is_orphan():
            os.killpg(os.getpgrp(), stopping.LEAVE)
        return stopping.is_stopping()


class StrictSentinel(Sentinel):
    """Watches the workers; after a death that may freeze them it lets the busy ones go on until it is told to stop."""

    def __init__(self, _stop_event: Any, *others: Any) -> None:
        super().__init__(Rounds(), *others)

    def spawn_process(self, target: Any, *args: Any) -> BaseProcess:
        """Start a process that SIGTERM ends, from one that it does not: the main process says when to stop."""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        try:
            return super().spawn_process(target, *args)
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)

    def reincarnate(self, process: Any) -> None:
        """Replace a worker that ended itself or died at its task; after any other death, wait for the successor."""
        if process in self.pool and (self._was_at_its_task(process) or self._ended_itself(process)):
            super().reincarnate(process)
            return
        stopping.break_down()
        for one in (self.pusher, self.monitor):  # What they took from the queue would never be done.
            one.kill()
        while not stopping.is_stopping():
            self.stop_event.wait(LOOK_EVERY)
        end = monotonic() + DRAIN + 1
        while monotonic() < end and any(one.is_alive() and one.timer.get_obj().value > 0 for one in self.pool):
            sleep(0.1)
        for one in self.pool:
            if one.is_alive():
                one.kill()
        os._exit(A_PROCESS_DIED)

    @staticmethod
    def _was_at_its_task(worker: Any) -> bool:
        return 0 < worker.timer.get_obj().value <= WELL_INTO_ITS_TASK

    @staticmethod
    def _ended_itself(worker: Any) -> bool:
        """Return whether q2's worker ended itself; the mark is read without its lock, which a dead one may hold."""
        if worker.timer.get_obj().value not in (TIMED_OUT, RECYCLED):
            return False
        worker.join(1.0)  # It may be about to.
        return not worker.is_alive()


class StrictCluster(Cluster):
    """q2's cluster, which is asked to stop without a lock."""

    def sig_handler(self, signum: int, frame: Any) -> None:
        """Note that somebody asks for the end."""
        stopping.stop()


def run_cluster(*, node: str, lifeline: int) -> int:
    """Run the cluster until it is asked to stop, breaks, or the process that started it is gone; return its exit code.

    :param node: how this machine signs what it holds.
    :param lifeline: a pipe to whoever started it, who hears that it lives, and that all its processes are gone.
    """
    q2.Sentinel = StrictSentinel
    Node.name = node
    post_spawn.connect(stopping.become_a_worker)
    connections.close_all()  # Nothing that was opened before the fork may be shared by what is forked.
    stopping.reset()
    cluster = StrictCluster()
    with suppress(RuntimeError):  # Its sentinel died at once: q2 has said so, and what is left has to end.
        cluster.start()
    this = Node()
    while cluster.sentinel.is_alive() and not stopping.is_stopping() and _is_heard(lifeline):
        # The lanes and the beat of a broken cluster are its successor's.
        if stopping.since_last_round() > SENTINEL_IS_FROZEN_AFTER or (not stopping.is_broken() and this.look()):
            log.error("The workers have frozen.")
            break
        cluster.sentinel.join(LOOK_EVERY)
    stopping.stop()
    cluster.sentinel.join(CLEAN_STOP)
    if not stopping.is_broken():
        this.leave()
    if cluster.sentinel.exitcode == 0:
        return 0
    signal.signal(stopping.LEAVE, signal.SIG_IGN)
    os.killpg(os.getpgrp(), stopping.LEAVE)
    os._exit(A_PROCESS_DIED)  # An ordinary exit would wait for a sentinel that hangs.


def _is_heard(lifeline: int) -> bool:
    try:
        with suppress(BlockingIOError):
            os.write(lifeline, NEEDS_A_SUCCESSOR if stopping.is_broken() else LIVES)
    except BrokenPipeError:
        return False
    return True
