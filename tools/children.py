"""Running a child process so that it ends in good order when this one is told to."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

GRACE = 20  # seconds that a child has to tear down what it started


def run(command: list[str], **options: Any) -> int:
    """Run a command to its end and return its exit code, as a shell would."""
    child = subprocess.Popen(command, **options)
    try:
        code = child.wait()
    except KeyboardInterrupt:  # the terminal has told the child as well
        with suppress(subprocess.TimeoutExpired):
            child.wait(GRACE)
        raise
    finally:
        _end(child)
    return code if code >= 0 else 128 - code


@contextmanager
def beside(command: list[str], **options: Any) -> Iterator[subprocess.Popen]:
    """Run a command beside a block; what is left of it after the block is ended."""
    child = subprocess.Popen(command, **options)
    try:
        yield child
    finally:
        _end(child)


def _end(child: subprocess.Popen) -> None:
    child.terminate()
    with suppress(subprocess.TimeoutExpired):
        child.wait(GRACE)
    child.kill()
