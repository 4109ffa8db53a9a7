"""Running a child process so that it ends in good order when this one is told to."""

import subprocess
from contextlib import suppress
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
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(GRACE)
        child.kill()
    return code if code >= 0 else 128 - code
