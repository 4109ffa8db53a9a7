"""`manage.py workers` as a test sees it: its processes by their part, its log, and its end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from publishing.models import Lane

ROOT = Path(__file__).resolve().parent.parent.parent
Q_WORKERS = 4
QUIET = ["Workers are running. Ctrl-C stops them.", "Workers have stopped."]
PARTS = ("main", "sentinel", "lane", "idle", "monitor", "pusher")


def wait_for(condition: Callable[[], object], what: str, limit: float = 90) -> None:
    """Wait until a condition holds; the limit is for a machine that is busy with other things."""
    end = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < end, f"waited {limit} s for {what}"
        time.sleep(0.1)


def lives(process: psutil.Process) -> bool:
    """Return whether a process runs; one that has ended and that init has not buried yet does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


class Workers:
    """A running `manage.py workers` in a session of its own, as a terminal would start it."""

    def __init__(self, url: str, log: Path) -> None:
        self._log = log
        self._sessions: set[int] = set()
        environ = {**os.environ, "DATABASE_URL": url, "Q_WORKERS": str(Q_WORKERS)}
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "workers"],
                cwd=ROOT,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def log(self) -> str:
        """What they have written so far."""
        return self._log.read_text()

    def parts(self) -> dict[str, psutil.Process]:
        """Return the processes of the cluster by their part; nothing while it is not up."""
        try:
            mains = psutil.Process(self.process.pid).children()
            self._sessions.update(one.pid for one in mains)
            (main,) = mains  # Two while one hands over to the other.
            (sentinel,) = main.children()
            others = sorted(sentinel.children(), key=lambda one: one.pid)
        except (ValueError, psutil.NoSuchProcess):
            return {}
        holders = Lane.objects.exclude(run=None).values_list("holder", flat=True)
        lanes = [one for one in others if str(one.pid) in {holder.rpartition("/")[2] for holder in holders}]
        if len(others) < Q_WORKERS + 2 or len(lanes) < Q_WORKERS - 2:
            return {}
        idle = [one for one in others[:Q_WORKERS] if one not in lanes]
        return dict(zip(PARTS, (main, sentinel, lanes[0], idle[0], *others[Q_WORKERS:]), strict=False))

    def wait_until_up(self, but: psutil.Process | None = None, limit: float = 90) -> dict[str, psutil.Process]:
        """Wait until a whole cluster runs, another one than that of a certain main process; return its parts."""
        found: list[dict] = []

        def is_up() -> bool:
            assert self.process.poll() is None, self.log
            found.append(self.parts())
            return bool(found[-1]) and found[-1]["main"] != but

        wait_for(is_up, "the workers to come up", limit)
        return found[-1]

    def left(self) -> list[int]:
        """Return the processes that are left of the sessions of its clusters."""
        return [pid for pid in psutil.pids() if pid != os.getpid() and self._is_ours(pid)]

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Signal the parent, and return its exit code."""
        self.process.send_signal(number)
        return self.process.wait(60)

    def kill_all(self) -> None:
        """Leave nothing behind."""
        self.process.kill()
        self.process.wait()
        for pid in self.left():
            os.kill(pid, signal.SIGKILL)

    def _is_ours(self, pid: int) -> bool:
        try:
            return os.getsid(pid) in self._sessions and lives(psutil.Process(pid))
        except (ProcessLookupError, psutil.NoSuchProcess):
            return False
