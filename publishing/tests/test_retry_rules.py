"""When something that did not reach the platform is tried again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.rules import MOST_RETRIES, next_attempt
from scheduling.tests.factories import NOW

MINUTE = timedelta(minutes=1)
TOMORROW = NOW + timedelta(hours=24)


@pytest.mark.parametrize(("retries", "chance", "minutes"), [(0, 0.5, 1), (1, 0.5, 5), (0, 0, 0.8), (1, 1, 6)])
def test_a_wait_is_one_minute_then_five_spread_by_a_fifth(retries, chance, minutes):
    at, costs = next_attempt(retries=retries, now=NOW, chance=chance, until=TOMORROW)

    assert (at, costs) == (NOW + minutes * MINUTE, True)


def test_the_third_try_is_the_last():
    assert next_attempt(retries=MOST_RETRIES, now=NOW, chance=0.5, until=TOMORROW) is None


def test_a_time_that_the_platform_names_is_obeyed_and_costs_nothing():
    named = NOW + timedelta(hours=3)

    found = next_attempt(retries=MOST_RETRIES, now=NOW, chance=0.5, until=TOMORROW, retry_at=named)

    assert found == (named, False)


@pytest.mark.parametrize("named", [NOW - timedelta(days=1), NOW])
def test_a_platform_that_names_a_past_time_is_not_asked_in_a_tight_loop(named):
    at, _ = next_attempt(retries=0, now=NOW, chance=0.5, until=TOMORROW, retry_at=named)

    assert at == NOW + timedelta(seconds=5)


@pytest.mark.parametrize("named", [None, TOMORROW + timedelta(seconds=1)])
def test_nothing_is_tried_after_its_last_moment(named):
    last = NOW if named is None else TOMORROW

    assert next_attempt(retries=0, now=NOW, chance=0.5, until=last, retry_at=named) is None


@given(retries=st.integers(0, 5), chance=st.floats(0, 1), wait=st.none() | st.integers(-9_000, 200_000))
def test_a_next_try_is_always_ahead_and_never_after_its_last_moment(retries, chance, wait):
    named = None if wait is None else NOW + timedelta(seconds=wait)

    found = next_attempt(retries=retries, now=NOW, chance=chance, until=TOMORROW, retry_at=named)

    assert found is None or NOW < found[0] <= TOMORROW
