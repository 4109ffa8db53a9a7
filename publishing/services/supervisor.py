"""Keeping one cluster running: in a session of its own, started again when it dies or freezes, stopped in seconds."""

import logging
import os
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic, sleep

log = logging.getLogger(__name__)

STOP_LIMIT = 20.0  # Seconds for a clean stop: the drain's 15, and a margin.
DRAIN_LIMIT = 15.0
LOOK_EVERY = 0.2
BEAT_EVERY = 5.0
FROZEN_AFTER = 45.0  # A cluster whose lanes are silent for so long is started again.


@dataclass(frozen=True)
class Watch:
    """What the supervisor asks and tells the rest of the system."""

    beat: Callable[[], None]
    """Notes that this node is alive, and sees that lanes are queued."""

    silence: Callable[[], float]
    """Returns for how many seconds no lane has looked at the table."""


class Supervisor:
    """Runs the cluster's command until it is asked to stop."""

    def __init__(self, *, command: list[str], watch: Watch, leave_signal: int) -> None:
        self._command = command
        self._watch = watch
        self._leave_signal = leave_signal
        self._asked = False

    def ask_to_stop(self, *_: object) -> None:
        """Note that SIGTERM or SIGINT came; the loop sees it within a moment."""
        self._asked = True

    def run(self) -> None:
        """Start the cluster, watch it, start it again; return after a clean stop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.ask_to_stop)
        while not self._asked:
            # A session of its own: a terminal's Ctrl-C reaches only this process, which tells the cluster's main one.
            # q2 hangs if every process of its group gets the signal at once.
            cluster = subprocess.Popen(self._command, start_new_session=True)
            started = monotonic()
            self._watch_until_it_ends(cluster, started)
            self._end(cluster)
            if not self._asked:
                log.warning("cluster_started_again", extra={"exit_code": cluster.returncode})
                sleep(max(0.0, 1.0 - (monotonic() - started)))  # One that dies at once is not started in a tight loop.

    def _watch_until_it_ends(self, cluster: subprocess.Popen, started: float) -> None:
        next_beat = 0.0
        while not self._asked and cluster.poll() is None:
            if monotonic() >= next_beat:
                next_beat = monotonic() + BEAT_EVERY
                self._watch.beat()
                if min(monotonic() - started, self._watch.silence()) > FROZEN_AFTER:
                    log.error("cluster_is_frozen")
                    return
            sleep(LOOK_EVERY)

    def _end(self, cluster: subprocess.Popen) -> None:
        """Stop a cluster that runs; of one that died, let the lanes finish what they send and end the rest."""
        if cluster.poll() is None and self._asked:
            cluster.terminate()
            try:
                cluster.wait(STOP_LIMIT)
            except subprocess.TimeoutExpired:
                log.error("cluster_did_not_stop")
        if self._signal_group(cluster, self._leave_signal):
            end = monotonic() + DRAIN_LIMIT
            while monotonic() < end and self._signal_group(cluster, 0):
                cluster.poll()
                sleep(0.05)
            self._signal_group(cluster, signal.SIGKILL)
        cluster.wait()

    @staticmethod
    def _signal_group(cluster: subprocess.Popen, number: int) -> bool:
        """Signal every process of a cluster; return whether there is one."""
        try:
            os.killpg(cluster.pid, number)
        except ProcessLookupError:
            return False
        return True
