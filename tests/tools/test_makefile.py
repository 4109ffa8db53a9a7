import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKE = shutil.which("make")
GOOD = '#!/bin/sh\n[ "$1" = -c ] || echo "$0 $@"\n'
OLD = "#!/bin/sh\nexit 1\n"

pytestmark = pytest.mark.skipif(not MAKE, reason="needs make")


def make(folder: Path, pythons: dict[str, str], *arguments: str) -> subprocess.CompletedProcess:
    """Run make where the named Pythons are the only programs in PATH."""
    for name, text in pythons.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    command = [MAKE, "--no-print-directory", "environment", *arguments]
    return subprocess.run(command, cwd=ROOT, env={"PATH": str(folder)}, capture_output=True, text=True, check=False)


def test_without_a_new_enough_python_one_sentence_says_what_is_needed(tmp_path):
    done = make(tmp_path, {"python3": OLD})

    assert done.returncode == 2
    assert "MarketMind needs Python 3.11 or newer" in done.stderr
    assert "PYTHON=/path/to/python3" in done.stderr


def test_a_python_that_cannot_run_is_passed_over(tmp_path):
    done = make(tmp_path, {"python3.13": OLD, "python3.12": GOOD, "python3": GOOD})

    assert done.stdout == f"{tmp_path}/python3.12 -m tools.environment requirements.txt\n"


def test_a_named_python_is_the_only_one_asked_and_may_have_a_space_in_its_path(tmp_path):
    chosen = tmp_path / "my python" / "python"
    done = make(tmp_path, {"my python/python": GOOD, "python3": OLD}, f"PYTHON={chosen}")

    assert done.stdout == f"{chosen} -m tools.environment requirements.txt\n"


def test_a_named_python_that_is_too_old_is_refused(tmp_path):
    done = make(tmp_path, {"old": OLD, "python3": GOOD}, f"PYTHON={tmp_path}/old")

    assert done.returncode == 2
    assert "MarketMind needs Python 3.11 or newer" in done.stderr
