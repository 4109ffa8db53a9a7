import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tools import children

ROOT = Path(__file__).resolve().parents[2]
PATIENT = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit("tore down"))
print("up", flush=True)
time.sleep(60)
"""
OWNER = f"""
import signal, sys
from tools import children
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
children.run([sys.executable, "-c", {PATIENT!r}])
"""


@pytest.mark.parametrize(("script", "code"), [("exit 7", 7), ("kill -KILL $$", 137)])
def test_the_exit_code_is_the_one_that_a_shell_gives(script, code):
    assert children.run(["sh", "-c", script]) == code


def test_a_child_may_tear_down_when_its_owner_is_told_to_end():
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    owner = subprocess.Popen([sys.executable, "-c", OWNER], cwd=ROOT, **pipes)
    owner.stdout.readline()

    owner.send_signal(signal.SIGTERM)
    _, err = owner.communicate(timeout=30)

    assert (owner.returncode, err) == (143, "tore down\n")


def test_what_runs_beside_a_block_ends_with_it():
    with children.beside([sys.executable, "-c", "import time; time.sleep(60)"]) as child:
        assert child.poll() is None

    assert child.wait(5) == -signal.SIGTERM
