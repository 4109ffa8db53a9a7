"""Running this installation's own commands as an operator does, apart from what this machine has set."""

import os
import subprocess
import sys

from django.conf import settings

from tools.settings import blank


def python(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the checkout with every setting at its default, and return what it said."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={**os.environ, **blank(), **environ},
        capture_output=True,
        text=True,
        check=False,
    )
