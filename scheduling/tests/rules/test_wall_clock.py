import json
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.rules import BadTime, day_bounds, day_stretches, iso, later_by_days, local_day, to_instant, to_local
from scheduling.tests.rules.accounts import DAY, HOUR, MADRID, MINUTE, clock_changes, madrid, zoned_moments

CASES = json.loads((Path(__file__).parent / "cases" / "time_cases.json").read_text(encoding="utf-8"))["vectors"]
APIA, ST_JOHNS = ZoneInfo("Pacific/Apia"), ZoneInfo("America/St_Johns")
unlimited = settings(deadline=None)


def naive(instant, zone):
    return to_local(instant, zone).replace(tzinfo=None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['tz']} {case['local']}")
def test_a_checked_wall_time_becomes_its_checked_instant(case):
    zone, wall = ZoneInfo(case["tz"]), datetime.fromisoformat(case["local"])

    instant = to_instant(wall.date(), wall.time(), zone)

    assert iso(instant) == case["expected_utc"]
    assert naive(instant, zone).isoformat() == case["local_after"]


@pytest.mark.parametrize(
    "case", [case for case in CASES if "second_occurrence_utc" in case], ids=lambda case: case["tz"]
)
def test_the_second_of_two_equal_wall_times_reads_the_same_but_is_never_chosen(case):
    zone, wall = ZoneInfo(case["tz"]), datetime.fromisoformat(case["local"])
    second = datetime.fromisoformat(case["second_occurrence_utc"])

    assert naive(second, zone) == wall
    assert to_instant(wall.date(), wall.time().replace(fold=1), zone) < second


def test_the_zone_rules_come_from_the_pinned_package_and_not_from_the_machine():
    assert zoneinfo.TZPATH == ()


@unlimited
@given(zoned_moments())
def test_a_wall_time_that_exists_comes_back_and_one_that_does_not_is_moved_forward(drawn):
    zone, moment = drawn
    wall = moment.replace(tzinfo=None)

    instant = to_instant(wall.date(), wall.time(), zone)

    shown = naive(instant, zone)
    assert shown >= wall
    if shown == wall:
        assert to_local(instant, zone).fold == 0
    else:
        before, after = to_local(instant - DAY, zone).utcoffset(), to_local(instant, zone).utcoffset()
        assert shown - wall == after - before


@unlimited
@given(zoned_moments())
def test_the_stretches_of_a_date_hold_exactly_the_instants_that_bear_it(drawn):
    zone, instant = drawn
    today = local_day(instant, zone)

    for day in (today - DAY, today, today + DAY):
        inside = [start <= instant < end for start, end in day_stretches(day, zone)]

        assert sum(inside) == (day == today)


def test_a_day_of_a_clock_change_has_23_or_25_hours():
    spring, autumn = day_bounds(date(2026, 3, 29), MADRID), day_bounds(date(2026, 10, 25), MADRID)

    assert spring[1] - spring[0] == 23 * HOUR
    assert autumn[1] - autumn[0] == 25 * HOUR
    assert spring[0] == datetime(2026, 3, 28, 23, tzinfo=UTC)


def test_a_date_whose_midnight_is_skipped_starts_when_the_clock_has_moved():
    start, _ = day_bounds(date(2018, 11, 4), ZoneInfo("America/Sao_Paulo"))

    assert iso(start) == "2018-11-04T03:00:00Z"


def test_a_date_that_never_happened_has_no_instants():
    start, end = day_bounds(date(2011, 12, 30), APIA)

    assert start == end


def test_a_clock_set_back_over_midnight_gives_the_old_date_a_second_stretch():
    sunday, monday = day_stretches(date(2010, 11, 6), ST_JOHNS), day_stretches(date(2010, 11, 7), ST_JOHNS)

    assert [(iso(start), iso(end)) for start, end in sunday] == [
        ("2010-11-06T02:30:00Z", "2010-11-07T02:30:00Z"),
        ("2010-11-07T02:31:00Z", "2010-11-07T03:30:00Z"),
    ]
    assert [(iso(start), iso(end)) for start, end in monday] == [
        ("2010-11-07T02:30:00Z", "2010-11-07T02:31:00Z"),
        ("2010-11-07T03:30:00Z", "2010-11-08T03:30:00Z"),
    ]


def test_a_clock_set_back_to_midnight_leaves_the_date_whole():
    assert len(day_stretches(date(2025, 11, 2), ZoneInfo("America/Havana"))) == 1


def test_days_later_is_the_same_wall_time_across_a_clock_change():
    later = later_by_days(madrid("2026-03-20T18:00"), 28, MADRID)

    assert later == madrid("2026-04-17T18:00")
    assert later - madrid("2026-03-20T18:00") == 28 * DAY - HOUR


def test_days_later_that_never_comes_is_moved_past_the_skip():
    assert later_by_days(madrid("2026-03-28T02:30"), 1, MADRID) == madrid("2026-03-29T03:30")


def test_no_days_later_is_the_same_instant_even_in_a_repeated_hour():
    second = madrid("2026-10-25T02:30") + HOUR

    assert later_by_days(second, 0, MADRID) == second


def test_a_wall_time_at_the_end_of_the_calendar_is_refused_with_a_sentence():
    with pytest.raises(BadTime, match=r"9999-12-31 is too far away to be used\."):
        to_instant(date.max, time(23), ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (datetime(2025, 1, 15, 20, 5, tzinfo=UTC), "2025-01-15T20:05:00Z"),
        (datetime(2025, 1, 15, 20, 5, 0, 250_000, tzinfo=UTC), "2025-01-15T20:05:00.250000Z"),
        (datetime(2025, 7, 15, 20, 5, tzinfo=MADRID), "2025-07-15T18:05:00Z"),
    ],
)
def test_an_instant_is_written_in_utc_with_z(instant, text):
    assert iso(instant) == text


def test_the_tests_know_where_the_clocks_change():
    assert clock_changes("Europe/Madrid", 2026) == (
        datetime(2026, 3, 29, 1, tzinfo=UTC),
        datetime(2026, 10, 25, 1, tzinfo=UTC),
    )
    assert clock_changes("Asia/Tokyo", 2026) == ()
    assert len(clock_changes("Australia/Lord_Howe", 2026)) == 2


@unlimited
@given(zoned_moments(), st.integers(-400, 400))
def test_days_later_keeps_the_wall_time_or_moves_it_by_the_skip(drawn, days):
    zone, moment = drawn

    later = later_by_days(moment, days, zone)

    wanted = naive(moment, zone) + timedelta(days=days)
    assert timedelta(0) <= naive(later, zone) - wanted <= DAY
    assert naive(later, zone) == wanted or naive(later - MINUTE, zone) - wanted > -MINUTE
