"""The pace: so many at once, so many a second, and what a caller is told."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workspaces.rules import Pace, take_turn, turn_at
from workspaces.tests.factories import NOW

TEN = Pace(10, 20)


def take(pace, times):
    """Return how many of the requests at these seconds were let through, and the last turn."""
    full_at, allowed = None, []
    for seconds in times:
        now = NOW + timedelta(seconds=seconds)
        full_at, is_allowed = take_turn(pace, full_at=full_at, now=now)
        allowed.append(is_allowed)
    return sum(allowed), turn_at(pace, full_at=full_at, now=now, is_allowed=allowed[-1])


@pytest.mark.parametrize(
    ("times", "granted"),
    [
        ([0] * 20, 20),
        ([0] * 50, 20),
        ([0] * 20 + [0.05], 20),
        ([0] * 20 + [0.1], 21),
        ([0] * 20 + [1] * 20, 30),
        ([0] * 20 + [2] * 30, 40),
        ([0] * 20 + [3600] * 30, 40),
        ([second / 10 for second in range(600)], 600),
    ],
)
def test_a_burst_at_once_and_then_so_many_a_second(times, granted):
    assert take(TEN, times)[0] == granted


@pytest.mark.parametrize(
    ("times", "remaining", "full_in", "wait"),
    [([0], 19, 1, 0), ([0] * 11, 9, 2, 0), ([0] * 20, 0, 2, 0), ([0] * 21, 0, 2, 1), ([0] * 20 + [1], 9, 2, 0)],
)
def test_a_turn_says_how_many_are_left_and_when_there_are_more(times, remaining, full_in, wait):
    turn = take(TEN, times)[1]

    assert (turn.limit, turn.remaining, turn.full_in, turn.wait) == (20, remaining, full_in, wait)


def test_who_waits_as_long_as_they_are_told_gets_a_turn():
    slow = Pace(1 / 6, 10)
    full_at = NOW + timedelta(seconds=57.5)
    turn = turn_at(slow, full_at=full_at, now=NOW, is_allowed=False)

    assert turn.wait == 4
    assert take_turn(slow, full_at=full_at, now=NOW + timedelta(seconds=4))[1]
    assert not take_turn(slow, full_at=full_at, now=NOW + timedelta(seconds=3))[1]


def test_a_bucket_that_was_written_while_a_clock_was_wrong_stops_nobody():
    tomorrow = NOW + timedelta(days=1)

    assert take_turn(TEN, full_at=tomorrow, now=NOW) == (NOW + TEN.interval, True)
    assert not take_turn(TEN, full_at=NOW + timedelta(seconds=30), now=NOW)[1]


@given(
    st.integers(1, 50),
    st.integers(1, 50),
    st.lists(st.floats(0, 30, allow_nan=False), min_size=1, max_size=200),
)
def test_in_no_stretch_of_time_are_more_granted_than_the_burst_and_the_pace_allow(per_second, burst, times):
    pace, full_at, granted = Pace(per_second, burst), None, []
    for seconds in sorted(times):
        now = NOW + timedelta(seconds=seconds)
        full_at, is_allowed = take_turn(pace, full_at=full_at, now=now)
        granted += [now] if is_allowed else []

    for first in range(len(granted)):
        for last in range(first, len(granted)):
            stretch = (granted[last] - granted[first]).total_seconds()
            assert last - first + 1 <= burst + stretch * per_second + 0.001
