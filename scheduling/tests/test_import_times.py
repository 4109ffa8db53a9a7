"""The times of a file: zones, clock changes, and moving all of them by whole weeks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.rules import iso, read_zone
from scheduling.services.importing import Result
from scheduling.services.importing.times import read_time, weeks_to
from scheduling.tests.factories import NOW, ChannelAccountFactory
from scheduling.tests.importing import bring_in
from workspaces.errors import Invalid

MADRID, NEW_YORK = read_zone("Europe/Madrid"), read_zone("America/New_York")
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
WALL_TIMES = st.builds(datetime.combine, DAYS, st.times())


@pytest.fixture
def account(db):
    return ChannelAccountFactory(external_ref="lumen-x")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-12-01T09:30", "2026-12-01T08:30:00Z"),
        ("2026-12-01 09:30:15", "2026-12-01T08:30:15Z"),
        ("2026-12-01T09:30Z", "2026-12-01T09:30:00Z"),
        ("2026-12-01T09:30-05:00", "2026-12-01T14:30:00Z"),
    ],
)
def test_a_time_is_read_in_the_zone_of_its_account_unless_it_has_an_offset(account, text, instant):
    report = bring_in(account.workspace, {"scheduled_for": text})

    assert iso(report.rows[0].at) == instant


def test_a_time_that_the_clocks_skip_is_moved_forward_and_said_so(account):
    report = bring_in(account.workspace, {"scheduled_for": "2027-03-28T02:30"})

    assert iso(report.rows[0].at) == "2027-03-28T01:30:00Z"
    assert report.rows[0].local_time == "2027-03-28T03:30:00"
    assert report.rows[0].notes == ["02:30 does not exist on 28 March 2027 in Europe/Madrid; it becomes 03:30."]


def test_a_time_that_happens_twice_is_the_first_and_said_so(account):
    report = bring_in(account.workspace, {"scheduled_for": "2027-10-31T02:30"})

    assert iso(report.rows[0].at) == "2027-10-31T00:30:00Z"
    assert report.rows[0].notes == ["02:30 happens twice on 31 October 2027 in Europe/Madrid; the first is meant."]


def test_the_second_of_two_is_reached_with_an_offset(account):
    report = bring_in(account.workspace, {"scheduled_for": "2027-10-31T02:30+01:00"})

    assert iso(report.rows[0].at) == "2027-10-31T01:30:00Z"
    assert report.rows[0].notes == []


def test_a_moment_ago_counts_as_now(account):
    report = bring_in(account.workspace, {"scheduled_for": iso(NOW - timedelta(seconds=30))})

    assert (report.rows[0].result, report.rows[0].at) == (Result.SCHEDULED, NOW)
    assert report.rows[0].notes == ["Its time has just passed: it goes out now."]


def test_all_times_move_by_whole_weeks_and_keep_their_wall_time_in_their_own_zone(account):
    harbor = ChannelAccountFactory(brand=account.brand, external_ref="harbor-x", schedule_timezone="America/New_York")
    rows = (
        {"channel_account": "harbor-x", "title": "Before the clocks change", "scheduled_for": "2027-03-08T10:00-05:00"},
        {"channel_account": "lumen-x", "title": "Two weeks later", "scheduled_for": "2027-03-22T10:00"},
        {"title": "For the tray", "scheduled_for": ""},
    )

    report = bring_in(account.workspace, *rows, starting=date(2027, 3, 16))

    assert report.weeks_moved == 2
    assert [row.local_time for row in report.rows] == ["2027-03-22T10:00:00", "2027-04-05T10:00:00", ""]
    assert [iso(row.at) for row in report.rows[:2]] == ["2027-03-22T14:00:00Z", "2027-04-05T08:00:00Z"]
    assert harbor.zone == NEW_YORK


def test_times_move_back_too_and_stay_where_the_first_falls_in_the_week_already(account):
    back = bring_in(account.workspace, {"scheduled_for": "2027-03-08T10:00"}, starting=date(2026, 12, 1), dry_run=True)
    same = bring_in(account.workspace, {"scheduled_for": "2027-03-08T10:00"}, starting=date(2027, 3, 2), dry_run=True)

    assert (back.weeks_moved, back.rows[0].local_time) == (-13, "2026-12-07T10:00:00")
    assert (same.weeks_moved, same.rows[0].local_time) == (0, "2027-03-08T10:00:00")


def test_rows_that_are_refused_do_not_decide_how_far_the_others_move(account):
    rows = (
        {"scheduled_for": "2026-01-01T10:00", "channel_account": "lumen-fax"},
        {"scheduled_for": "2026-12-07T10:00"},
    )

    report = bring_in(account.workspace, *rows, starting=date(2026, 12, 8), partial=True)

    assert report.rows[1].local_time == "2026-12-14T10:00:00"


@pytest.mark.parametrize("starting", [date.min, date.max])
def test_a_start_beyond_the_calendar_is_refused(account, starting):
    with pytest.raises(Invalid, match=r"The times would be too far away\. Choose another day"):
        bring_in(account.workspace, {}, starting=starting)


@given(starting=DAYS, stated=st.lists(WALL_TIMES, min_size=1, max_size=5))
def test_the_earliest_always_falls_in_the_week_from_the_start_and_weekdays_stay(starting, stated):
    times = [read_time(one.isoformat(timespec="minutes"), MADRID) for one in stated]

    moved = [one.moved(weeks_to(starting, times)) for one in times]

    assert 0 <= (min(one.wall.date() for one in moved) - starting).days < 7
    assert [(one.wall.weekday(), one.wall.time()) for one in moved] == [
        (one.wall.weekday(), one.wall.time()) for one in times
    ]
    assert all(one.instant.tzinfo is UTC for one in moved)
