"""q2's cluster, made strict: when one of its processes dies, all of them stop and start anew.

Measured: an idle worker that is killed holds the queue's lock for ever, and the whole cluster freezes.
"""

import os
import signal
import sys
from time import monotonic, sleep
from typing import Any

from django.db import connections
from django_q import cluster as q2
from django_q.cluster import Cluster, Sentinel

from publishing.tasks import stopping

DRAIN = 15.0  # Seconds that a stopping worker has for what it is sending.
A_PROCESS_DIED = 70
ENDED_ITSELF = (0, -2)  # q2's marks of a worker that timed out or was recycled.


class StrictSentinel(Sentinel):
    """Watches the workers; after an abnormal death it lets the busy ones finish and exits, to be started again."""

    def reincarnate(self, process: Any) -> None:
        """Replace a worker that ended by itself; end the cluster after any other death."""
        watched = process in (self.monitor, self.pusher)
        if not watched and int(process.timer.value) in ENDED_ITSELF:
            super().reincarnate(process)
            return
        stopping.stop()
        end = monotonic() + DRAIN
        while monotonic() < end and any(one.is_alive() and one.timer.value > 0 for one in self.pool):
            sleep(0.1)
        for one in [*self.pool, self.monitor, self.pusher]:
            if one.is_alive():
                one.kill()
        os._exit(A_PROCESS_DIED)


def run_cluster() -> None:
    """Run the cluster until SIGTERM, until its sentinel ends, or until the process that started it is gone."""
    q2.Sentinel = StrictSentinel
    parent = os.getppid()
    connections.close_all()  # Nothing that was opened before the fork may be shared by what is forked.
    stopping.reset()
    cluster = Cluster()
    asked = []

    def on_signal(*_: Any) -> None:
        asked.append(True)
        stopping.stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    signal.signal(stopping.LEAVE, signal.SIG_IGN)
    cluster.start()
    while not asked and cluster.sentinel.is_alive() and os.getppid() == parent:
        cluster.sentinel.join(timeout=0.2)
    stopping.stop()
    if cluster.sentinel.is_alive():
        cluster.stop()
    sys.exit(cluster.sentinel.exitcode if not asked else 0)
