"""Threads for the network."""

from threading import Event, get_ident
from time import sleep

import pytest

from publishing.services.threads import NetworkThreads, any_hangs


@pytest.fixture
def threads():
    pool = NetworkThreads()
    yield pool
    pool.close()


def test_calls_run_side_by_side(threads):
    met, other = Event(), Event()

    first = threads.submit(lambda: met.set() or other.wait(10))
    second = threads.submit(lambda: other.set() or met.wait(10))

    assert (first.result(10), second.result(10)) == (True, True)


def test_threads_are_used_again(threads):
    used = set()

    for _ in range(50):
        used.add(threads.submit(get_ident).result(10))
        sleep(0.001)

    assert len(used) < 50


def test_a_call_that_hangs_does_not_keep_the_next_one_from_running(threads):
    hung = Event()
    stuck = threads.submit(hung.wait, 60)

    result = threads.submit(lambda: "ran").result(10)

    assert (result, stuck.done()) == ("ran", False)
    hung.set()


def test_what_a_call_raises_is_found_in_its_future(threads):
    future = threads.submit(int, "x")

    assert isinstance(future.exception(10), ValueError)


def test_a_call_that_hangs_is_known_after_the_others_have_gone(threads):
    hung = Event()
    stuck = threads.submit(hung.wait, 60)
    threads.close()

    before = any_hangs()
    hung.set()
    stuck.result(10)
    threads.close()
    for thread in threads._threads:
        thread.join(30)  # A busy machine takes its time, and other tests may have left threads that hang.

    assert before
    assert not any(thread.is_alive() for thread in threads._threads)
