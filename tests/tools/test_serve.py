import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools import serve

ROOT = Path(__file__).resolve().parents[2]
SLEEP = "import time; time.sleep(60)"
# Ignores SIGTERM and has a child of its own; says so once both are true.
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("up", flush=True)
time.sleep(60)
"""
SUPERVISOR = """
import sys
from tools import serve
serve.commands = lambda port: {{"web": [sys.executable, "-c", {web!r}], "workers": [sys.executable, "-c", {workers!r}]}}
sys.exit(serve.main({{"PORT": "{port}"}}, preparation=()))
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def supervise(web: str, workers: str) -> subprocess.Popen:
    script = SUPERVISOR.format(web=web, workers=workers, port=free_port())
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, **pipes)


def test_a_port_in_use_is_refused_and_another_one_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(serve.Refused, match=f"Port {port} is already in use .*make run PORT="):
            serve.check_free(port)


def test_nothing_starts_on_a_port_in_use():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        script = (
            f"import sys; from tools.serve import main; sys.exit(main({{'PORT': '{port}'}}, [['no-such-command']]))"
        )

        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"Port {port} is already in use")


@pytest.mark.parametrize("text", ["", "web", "0", "-1", "65536", "80.5", "٣"])
def test_what_is_no_port_is_refused(text):
    with pytest.raises(serve.Refused, match="PORT must be a number from 1 to 65535"):
        serve.port_from(text)


def test_sigterm_ends_both_and_counts_as_success():
    supervisor = supervise(f"print('up', flush=True)\n{SLEEP}", SLEEP)
    while supervisor.stdout.readline() != "up\n":
        pass

    supervisor.send_signal(signal.SIGTERM)
    out, err = supervisor.communicate(timeout=10)

    assert (supervisor.returncode, out, err) == (0, "\nStopping …\n", "")


def test_a_child_that_is_being_started_when_the_end_is_asked_for_is_known(monkeypatch):
    def start_and_ask_for_the_end(*args, **options):
        child = Popen(*args, **options)
        os.kill(os.getpid(), signal.SIGTERM)
        return child

    Popen, children = subprocess.Popen, {}
    monkeypatch.setattr(serve.subprocess, "Popen", start_and_ask_for_the_end)
    before = signal.signal(signal.SIGTERM, serve.on_signal)

    with pytest.raises(serve.Stopped):
        serve.start({"web": [sys.executable, "-c", SLEEP]}, children)
    serve.stop(children)

    assert signal.signal(signal.SIGTERM, before) is serve.on_signal
    assert children["web"].returncode == -signal.SIGTERM


def test_when_one_ends_the_other_is_stopped_and_the_failure_is_said():
    supervisor = supervise(SLEEP, "exit(7)")

    _, err = supervisor.communicate(timeout=15)  # ends when every process that shares the output has ended

    assert supervisor.returncode == 1
    assert "The workers ended (exit code 7); stopping everything." in err


def test_a_child_that_ignores_sigterm_is_killed_with_what_it_started():
    command = [sys.executable, "-c", STUBBORN]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    child.stdout.readline()

    serve.stop({"workers": child}, grace=0.5)

    child.communicate(timeout=5)  # ends when the grandchild, which shares the output, has ended
    assert child.returncode == -signal.SIGKILL


def test_stopping_what_has_already_ended_is_harmless():
    child = subprocess.Popen([sys.executable, "-c", ""], start_new_session=True)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)

    serve.stop({"web": child})

    assert child.returncode == 0
