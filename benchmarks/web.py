"""One web process, as `make run` starts it, for what is measured from outside."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tools.serve import WIRE

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # Seconds.


@contextmanager
def web() -> Iterator[tuple[int, psutil.Process]]:
    """Run one, and give its port and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["-m", "uvicorn", "marketmind.asgi:application", "--port", str(port), "--log-level=warning", *WIRE]
    running = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=dict(os.environ))
    try:
        end = time.monotonic() + PATIENCE
        while not _takes_calls(port):
            if time.monotonic() > end:
                raise AssertionError("the web did not start")
            time.sleep(0.2)
        yield port, psutil.Process(running.pid)
    finally:
        running.terminate()
        running.wait(20)


def _takes_calls(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
