"""What the parent of the workers does with a command that dies, freezes, does not come up, or does not stop.

The command is a small script here: it gets the number of its lifeline, notes its start in a file, and misbehaves.
"""

import signal
import sys
from pathlib import Path
from threading import Timer
from time import monotonic, sleep

import psutil
import pytest

from publishing.services import supervisor
from publishing.services.supervisor import Supervisor
from tests.workers.running import wait_for

BEGIN = """
import os, signal, sys, time
lifeline = int(sys.argv[-1])
with open(sys.argv[1], "a") as starts: starts.write(f"{os.getpid()} {time.monotonic()}\\n")
"""
COMES_UP = BEGIN + "os.write(lifeline, b'.')\n"


@pytest.fixture
def starts(tmp_path: Path) -> Path:
    """Return the file in which each start is noted."""
    file = tmp_path / "starts"
    file.touch()
    return file


@pytest.fixture(autouse=True)
def short_limits(monkeypatch):
    for name, seconds in {
        "STOP_LIMIT": 1.0,
        "LEAVE_LIMIT": 1.0,
        "LOOK_EVERY": 0.02,
        "FROZEN_AFTER": 1.0,
        "HANDOVER": 0.2,
    }.items():
        monkeypatch.setattr(supervisor, name, seconds)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)


def supervise(script, starts, *, until):
    """Supervise a script until so many starts are noted; return when each was."""
    parent = Supervisor(command=[sys.executable, "-S", "-c", script, str(starts)], leave_signal=signal.SIGUSR1)
    end = monotonic() + 60

    def look():
        if len(starts.read_text().splitlines()) >= until or monotonic() > end:
            sleep(0.2)
            parent.ask_to_stop()
        else:
            Timer(0.05, look).start()

    Timer(0.05, look).start()
    parent.run()
    return [float(line.split()[1]) for line in starts.read_text().splitlines()]


def is_gone(pid):
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def pids(starts):
    return [int(line.split()[0]) for line in starts.read_text().splitlines()]


def test_a_cluster_that_dies_is_started_again_at_once(starts):
    times = supervise(COMES_UP + "time.sleep(0.1)", starts, until=4)

    assert len(times) >= 4


def test_a_cluster_that_does_not_come_up_is_started_less_and_less_often(starts):
    times = supervise(BEGIN, starts, until=3)

    first, second = times[1] - times[0], times[2] - times[1]
    assert first >= 2
    assert second >= 4


def test_a_cluster_that_gives_no_sign_of_life_is_killed_and_started_again(starts):
    supervise(COMES_UP + "time.sleep(600)", starts, until=2)

    assert all(is_gone(pid) for pid in pids(starts))


def test_a_cluster_that_does_not_stop_is_killed(starts):
    deaf = COMES_UP + "signal.signal(signal.SIGTERM, signal.SIG_IGN); signal.signal(signal.SIGUSR1, signal.SIG_IGN)\n"

    supervise(deaf + "while True: os.write(lifeline, b'.'); time.sleep(0.1)", starts, until=1)

    assert all(is_gone(pid) for pid in pids(starts))


def test_what_a_dead_main_process_leaves_behind_may_finish_and_is_waited_for(starts, tmp_path):
    done = tmp_path / "done"
    finishes = f"""
def finish(*_):
    time.sleep(0.4)
    open({str(done)!r}, "a").write("finished\\n")
    os._exit(0)
if os.fork() == 0:
    signal.signal(signal.SIGUSR1, finish)
    time.sleep(600)
time.sleep(0.3)
os._exit(9)
"""
    supervise(COMES_UP + finishes, starts, until=2)

    assert done.read_text().splitlines()[:1] == ["finished"]


def test_what_does_not_leave_in_time_is_killed(starts, tmp_path):
    child = tmp_path / "child"
    stays = f"""
if (pid := os.fork()) == 0:
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    time.sleep(600)
open({str(child)!r}, "a").write(f"{{pid}}\\n")
os._exit(9)
"""
    supervise(COMES_UP + stays, starts, until=2)

    wait_for(lambda: all(is_gone(int(pid)) for pid in child.read_text().split()), "the children to be gone")


def test_the_end_is_clean_if_the_cluster_stops_when_asked(starts, caplog):
    obeys = COMES_UP + "signal.signal(signal.SIGTERM, lambda *_: os._exit(0))\n"

    times = supervise(obeys + "while True: os.write(lifeline, b'.'); time.sleep(0.05)", starts, until=1)

    assert (len(times), caplog.messages) == (1, [])


def test_a_cluster_that_needs_a_successor_goes_on_until_that_one_has_taken_over(starts, tmp_path):
    ends = tmp_path / "ends"
    hands_over = f"""
mine = open(sys.argv[1]).read().count("\\n")
def end(*_):
    open({str(ends)!r}, "a").write(f"{{time.monotonic()}}\\n")
    os._exit(0)
signal.signal(signal.SIGTERM, end)
while True: os.write(lifeline, b"!" if mine == 1 else b"."); time.sleep(0.05)
"""
    times = supervise(COMES_UP + hands_over, starts, until=2)

    first_end, second_end = map(float, ends.read_text().split())
    assert times[0] < times[1] < first_end <= second_end
    assert len(times) == 2


def test_a_cluster_goes_on_while_its_successor_does_not_come_up(starts, tmp_path):
    ends = tmp_path / "ends"
    hands_over = f"""
mine = open(sys.argv[1]).read().count("\\n")
if mine == 2: os._exit(1)
signal.signal(signal.SIGTERM, lambda *_: (open({str(ends)!r}, "a").write(f"{{mine}}\\n"), os._exit(0)))
while True: os.write(lifeline, b"!" if mine == 1 else b"."); time.sleep(0.05)
"""
    times = supervise(BEGIN + hands_over, starts, until=3)

    assert len(times) == 3
    assert sorted(ends.read_text().split()) == ["1", "3"]
