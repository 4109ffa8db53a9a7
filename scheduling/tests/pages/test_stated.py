"""A wall time that a person stated, and what a clock change makes of it."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from scheduling.services.stated import stated_time
from workspaces.errors import Invalid


@pytest.mark.parametrize(
    ("zone", "day", "at", "instant", "notice"),
    [
        ("Europe/Madrid", date(2026, 11, 20), time(18), "2026-11-20T17:00:00+00:00", ""),
        (
            "Europe/Madrid",
            date(2027, 3, 28),
            time(2, 30),
            "2027-03-28T01:30:00+00:00",
            "02:30 does not exist on 28 March 2027 in Europe/Madrid; it becomes 03:30.",
        ),
        ("Europe/Madrid", date(2027, 3, 28), time(3), "2027-03-28T01:00:00+00:00", ""),
        (
            "America/New_York",
            date(2026, 11, 1),
            time(1, 30),
            "2026-11-01T05:30:00+00:00",
            "01:30 happens twice on 1 November 2026 in America/New_York; the first is meant.",
        ),
        # Half an hour forward, on an island that changes its clocks so.
        (
            "Australia/Lord_Howe",
            date(2026, 10, 4),
            time(2, 15),
            "2026-10-03T15:45:00+00:00",
            "02:15 does not exist on 4 October 2026 in Australia/Lord_Howe; it becomes 02:45.",
        ),
        # A whole day that Samoa never had.
        (
            "Pacific/Apia",
            date(2011, 12, 30),
            time(12),
            "2011-12-30T22:00:00+00:00",
            "12:00 does not exist on 30 December 2011 in Pacific/Apia; it becomes 12:00 on 31 December.",
        ),
    ],
)
def test_a_stated_time_is_kept_and_a_clock_change_is_said(zone, day, at, instant, notice):
    stated = stated_time(day, at, ZoneInfo(zone))

    assert (stated.at.isoformat(), stated.notice) == (instant, notice)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_where_the_calendar_ends_is_refused(day):
    with pytest.raises(Invalid, match="too far away"):
        stated_time(day, time(12), ZoneInfo("Europe/Madrid"))
