"""Keeping one cluster running: in a session of its own, started again when it dies or freezes, stopped in seconds."""

import logging
import os
import signal
import subprocess
from contextlib import suppress
from select import select
from time import monotonic

log = logging.getLogger(__name__)

STOP_LIMIT = 10.0  # Seconds for a clean stop; what is being sent has 6.
LEAVE_LIMIT = 8.0  # Seconds in which the rest of a broken cluster finishes what it sends.
LOOK_EVERY = 0.2
FROZEN_AFTER = 60.0  # Seconds without a sign of the main process.
LONGEST_REST = 30.0  # Seconds between two starts of a cluster that does not come up.
HANDOVER = 3.0  # Seconds from a successor's first sign until its lanes have surely taken over.
LIVES, NEEDS_A_SUCCESSOR = b".", b"!"  # The signs of a main process.


class Brood:
    """The processes of one cluster: a session of their own, and a pipe that each of them holds open.

    A session of its own: a terminal's Ctrl-C reaches only the supervisor, which tells the cluster's main process. q2
    hangs if every process of its group gets the signal at once.
    """

    def __init__(self, command: list[str]) -> None:
        self._ear, mouth = os.pipe()
        os.set_blocking(mouth, False)
        self.main = subprocess.Popen([*command, str(mouth)], pass_fds=[mouth], start_new_session=True)
        os.close(mouth)
        self.heard_at = monotonic()
        self.came_up_at: float | None = None
        self.needs_a_successor = False
        self.is_gone = False

    def listen(self, seconds: float = LOOK_EVERY) -> None:
        """Wait for a sign of life, or for the end of the last process."""
        if not select([self._ear], [], [], seconds)[0]:
            return
        signs = os.read(self._ear, 4096)
        if not signs:
            self.is_gone = True
            return
        self.heard_at = monotonic()
        self.came_up_at = self.came_up_at or self.heard_at
        self.needs_a_successor = self.needs_a_successor or NEEDS_A_SUCCESSOR in signs

    def has_taken_over(self) -> bool:
        """Return whether it has run for long enough that the one before it can go."""
        return self.came_up_at is not None and monotonic() - self.came_up_at > HANDOVER

    def is_running(self) -> bool:
        """Return whether the main process runs and gives signs of life."""
        return self.main.poll() is None and not self.is_gone and monotonic() - self.heard_at < FROZEN_AFTER

    def ask_to_stop(self) -> None:
        """Ask the main process for a clean end."""
        if self.main.poll() is None:
            self.main.terminate()

    def signal_all(self, number: int) -> None:
        """Signal every process that is left."""
        if not self.is_gone:
            with suppress(ProcessLookupError):
                os.killpg(self.main.pid, number)

    def wait_for_all(self, limit: float) -> None:
        """Wait until the last process is gone, for `limit` seconds."""
        end = monotonic() + limit
        while not self.is_gone and monotonic() < end:
            self.main.poll()
            self.listen()

    def bury(self) -> None:
        """Kill what is left, and leave no zombie: as the first process of a container this one inherits orphans."""
        self.signal_all(signal.SIGKILL)
        self.wait_for_all(2.0)
        self.main.wait()
        os.close(self._ear)
        with suppress(ChildProcessError):
            while os.waitpid(-self.main.pid, os.WNOHANG)[0]:
                pass


class Supervisor:
    """Runs the cluster's command until it is asked to stop.

    :param command: gets the number of the lifeline's file descriptor added.
    :param leave_signal: asks the processes of a broken cluster to finish what they send, and go.
    """

    def __init__(self, *, command: list[str], leave_signal: int) -> None:
        self._command = command
        self._leave_signal = leave_signal
        self._asked = False

    def ask_to_stop(self, *_: object) -> None:
        """Note that somebody asks for the end; the loop sees it within a moment."""
        self._asked = True

    def run(self) -> None:
        """Start the cluster, watch it, start it again; return after it has stopped."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            if signal.getsignal(number) != signal.SIG_IGN or number == signal.SIGTERM:
                signal.signal(number, self.ask_to_stop)
        brood, before, rest = Brood(self._command), None, 1.0
        while not self._asked:
            brood.listen()
            if before and brood.has_taken_over():
                self._end(before)
                before = None
            if brood.is_running() and not brood.needs_a_successor:
                continue
            log.warning("The workers broke off and are started again.", extra={"code": brood.main.poll()})
            if brood.is_running():  # Its lanes go on meanwhile.
                if before:
                    self._end(before)
                before = brood
            else:
                self._end(brood)
                rest = 0.0 if brood.came_up_at else min(max(1.0, 2 * rest), LONGEST_REST)
                self._rest(rest)
            brood = Brood(self._command)
        left = [one for one in (brood, before) if one]
        for one in left:  # They finish what they send at the same time.
            one.ask_to_stop()
        for one in left:
            self._end(one)

    def _end(self, brood: Brood) -> None:
        """Stop a cluster that runs; of one that broke, let the lanes finish what they send and end the rest."""
        if (self._asked or brood.needs_a_successor) and brood.main.poll() is None:
            brood.ask_to_stop()
            end = monotonic() + STOP_LIMIT
            while brood.main.poll() is None and monotonic() < end:
                brood.listen()
        brood.signal_all(self._leave_signal)
        brood.wait_for_all(LEAVE_LIMIT)
        brood.bury()

    def _rest(self, seconds: float) -> None:
        end = monotonic() + seconds
        while not self._asked and monotonic() < end:
            select([], [], [], LOOK_EVERY)
