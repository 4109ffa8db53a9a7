"""Patterns of many posts: one after the other, at the same local time, through every change of a clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.rules.patterns import next_full_hour, pattern_times, read_pattern
from scheduling.rules.recurrence import BadRule

MADRID = ZoneInfo("Europe/Madrid")
ZONES = ["Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC"]
FRIDAY = datetime(2026, 11, 27, 9, 30, tzinfo=MADRID)


def walls(pattern, count, start=FRIDAY, zone=MADRID):
    found = pattern_times(pattern, count=count, start=start.astimezone(UTC), zone=zone)
    return [f"{at.astimezone(zone):%a %d %H:%M}" for at in found]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("daily", ["Fri 27 09:30", "Sat 28 09:30", "Sun 29 09:30", "Mon 30 09:30"]),
        ("weekdays", ["Fri 27 09:30", "Mon 30 09:30", "Tue 01 09:30", "Wed 02 09:30"]),
        ("weekly", ["Fri 27 09:30", "Fri 04 09:30", "Fri 11 09:30", "Fri 18 09:30"]),
        ("distribute", ["Fri 27 09:30", "Sun 29 03:30", "Mon 30 21:30", "Wed 02 15:30"]),
        ("FREQ=WEEKLY;BYDAY=MO,FR", ["Fri 27 09:30", "Mon 30 09:30", "Fri 04 09:30", "Mon 07 09:30"]),
    ],
)
def test_a_pattern_gives_these_local_times(pattern, expected):
    assert walls(pattern, 4) == expected


def test_weekdays_from_a_saturday_on_begin_on_monday():
    assert walls("weekdays", 6, start=FRIDAY + timedelta(days=1))[::5] == ["Mon 30 09:30", "Mon 07 09:30"]


def test_a_local_time_that_a_clock_change_skips_moves_on_and_the_next_day_is_as_before():
    start = datetime(2027, 3, 27, 2, 30, tzinfo=MADRID)

    assert walls("daily", 3, start=start) == ["Sat 27 02:30", "Sun 28 03:30", "Mon 29 02:30"]


def test_a_local_time_that_happens_twice_means_the_first():
    start = datetime(2026, 10, 24, 2, 30, tzinfo=MADRID)

    found = pattern_times("daily", count=2, start=start.astimezone(UTC), zone=MADRID)

    assert found[1] - found[0] == timedelta(days=1)


@settings(max_examples=150, deadline=None)
@given(
    pattern=st.sampled_from(["daily", "weekdays", "weekly", "distribute", "FREQ=DAILY"]),
    count=st.integers(1, 100),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    start=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001
)
def test_times_follow_each_other_from_the_start_on(pattern, count, zone, start):
    start = start.replace(tzinfo=UTC, microsecond=0)

    found = pattern_times(pattern, count=count, start=start, zone=zone)

    assert len(found) == count
    assert found[0] >= start
    assert found == sorted(found)
    if pattern == "distribute":
        assert found[-1] < start + timedelta(days=7, hours=2)
    if pattern == "weekdays":
        usual = [at for at in found if at.astimezone(zone).weekday() < 5]
        assert len(found) - len(usual) <= 1  # A skipped midnight, or a skipped day, may end on the next date.


@pytest.mark.parametrize("zone", ZONES)
def test_the_next_full_hour_is_one_on_the_local_clock(zone):
    now = datetime(2026, 11, 20, 9, 50, 3, tzinfo=UTC)

    found = next_full_hour(now, ZoneInfo(zone))

    assert found.astimezone(ZoneInfo(zone)).strftime("%M:%S") == "00:00"
    assert timedelta(0) < found - now <= timedelta(hours=1)


@pytest.mark.parametrize("text", ["hourly", "", "every tuesday"])
def test_an_unknown_pattern_is_refused(text):
    with pytest.raises(BadRule):
        read_pattern(text)


def test_a_rule_with_fewer_times_than_posts_is_refused():
    with pytest.raises(BadRule, match="has 2 times, and there are 3"):
        walls("FREQ=DAILY;COUNT=2", 3)
