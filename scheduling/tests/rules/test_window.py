from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from scheduling.rules import Window, iso, read_instant, to_local, violations, window_problems
from scheduling.tests.rules.accounts import DAY, HOUR, MADRID, MINUTE, ODD_ZONES, madrid, rules, windows, zoned_moments

EVENING, NIGHT = Window(18, 23), Window(20, 2)
LORD_HOWE, ST_JOHNS, TROLL = map(ZoneInfo, ("Australia/Lord_Howe", "America/St_Johns", "Antarctica/Troll"))


@pytest.mark.parametrize(
    ("window", "local", "inside"),
    [
        (EVENING, "2026-11-20T17:59:59", False),
        (EVENING, "2026-11-20T18:00", True),
        (EVENING, "2026-11-20T22:59:59", True),
        (EVENING, "2026-11-20T23:00", False),
        (Window(16, 24), "2026-11-20T23:59:59", True),
        (Window(16, 24), "2026-11-21T00:00", False),
        (NIGHT, "2026-11-20T23:00", True),
        (NIGHT, "2026-11-21T00:00", True),
        (NIGHT, "2026-11-21T01:59", True),
        (NIGHT, "2026-11-21T02:00", False),
        (NIGHT, "2026-11-20T19:59", False),
        (Window(0, 24), "2026-11-20T00:00", True),
        (Window(9, 9), "2026-11-20T08:59", True),
    ],
)
def test_a_window_holds_its_opening_and_not_its_closing(window, local, inside):
    assert window.covers(madrid(local), MADRID) is inside


@pytest.mark.parametrize(
    ("window", "local", "opening"),
    [
        (EVENING, "2026-11-20T10:00", "2026-11-20T18:00"),
        (EVENING, "2026-11-20T18:00", "2026-11-20T18:00"),
        (EVENING, "2026-11-20T18:01", "2026-11-21T18:00"),
        (EVENING, "2026-11-20T23:00", "2026-11-21T18:00"),
        (NIGHT, "2026-11-21T02:00", "2026-11-21T20:00"),
        (Window(16, 24), "2026-11-21T00:00", "2026-11-21T16:00"),
    ],
)
def test_the_next_opening_is_the_first_at_or_after_an_instant(window, local, opening):
    assert window.next_opening(madrid(local), MADRID) == madrid(opening)


def test_an_opening_that_the_clock_skips_is_moved_on_and_its_closing_is_not():
    window, before = Window(2, 4), madrid("2026-03-29T00:00")

    assert window.next_opening(before, MADRID) == madrid("2026-03-29T03:00")
    assert window.covers(madrid("2026-03-29T03:59"), MADRID)
    assert not window.covers(madrid("2026-03-29T04:00"), MADRID)


def test_a_window_that_a_skipped_hour_swallows_does_not_open_that_day():
    assert Window(2, 3).next_opening(madrid("2026-03-29T00:00"), MADRID) == madrid("2026-03-30T02:00")


def test_a_window_that_ends_before_it_begins_does_not_open_that_day():
    window, before = Window(2, 3), datetime(2026, 3, 29, 0, tzinfo=UTC)

    assert iso(window.next_opening(before, TROLL)) == "2026-03-30T00:00:00Z"


def test_a_half_hour_change_leaves_half_an_hour_of_the_window():
    before = read_instant("2026-10-04T00:00", LORD_HOWE)
    opening = Window(2, 3).next_opening(before, LORD_HOWE)

    assert iso(opening) == "2026-10-03T15:30:00Z"
    assert not Window(2, 3).covers(opening + 30 * MINUTE, LORD_HOWE)


def test_a_repeated_hour_lies_in_the_window_twice():
    opening = madrid("2026-10-25T02:00")

    assert all(Window(2, 4).covers(opening + passed * MINUTE, MADRID) for passed in range(180))
    assert not Window(2, 4).covers(opening + 3 * HOUR, MADRID)


def test_a_window_that_opened_at_midnight_stays_open_while_the_clock_shows_the_old_date_again():
    midnight = read_instant("2010-11-07T00:00", ST_JOHNS)

    assert to_local(midnight + 30 * MINUTE, ST_JOHNS).day == 6
    assert Window(0, 4).covers(midnight + 30 * MINUTE, ST_JOHNS)
    assert violations(midnight + 30 * MINUTE, rules=rules((0, 4), zone=ST_JOHNS), posts=[]) == []


@settings(deadline=None)
@given(zoned_moments(), windows.filter(bool))
def test_the_window_and_the_judge_agree_and_no_opening_or_closing_is_passed_over(drawn, hours):
    zone, instant = drawn
    window = Window(*hours)

    opening, closing = window.next_opening(instant, zone), window.last_closing(instant, zone)

    account = rules(hours, zone=zone)
    assert window.covers(instant, zone) is (violations(instant, rules=account, posts=[]) == [])
    assert closing <= instant <= opening
    assert window.covers(opening, zone)
    assert window.covers(closing - MINUTE, zone)
    if not window.covers(instant, zone):
        step = max(MINUTE, (opening - instant) // 50)
        passed = range(int((opening - instant) / step))
        assert not any(window.covers(instant + number * step, zone) for number in passed)


@pytest.mark.parametrize("key", ODD_ZONES)
def test_a_year_of_openings_is_never_more_than_three_days_apart(key):
    zone, instant = ZoneInfo(key), datetime(2026, 1, 1, tzinfo=UTC)
    openings = [instant]

    while openings[-1] < instant + 365 * DAY:
        openings.append(Window(1, 3).next_opening(openings[-1] + MINUTE, zone))

    assert all(later - earlier <= 2 * DAY + 2 * HOUR for earlier, later in pairwise(openings[1:]))


@pytest.mark.parametrize(
    ("window", "label"), [(EVENING, "18:00–23:00"), (NIGHT, "20:00–02:00"), (Window(0, 24), "00:00–24:00")]
)
def test_a_window_reads_as_its_hours(window, label):
    assert window.label == label


@pytest.mark.parametrize(
    ("opens", "closes", "problems"),
    [
        (18, 23, []),
        (0, 24, []),
        (20, 2, []),
        (9, 9, []),
        (24, 2, ["A window opens at a whole hour from 0 to 23; 24 is given."]),
        (18, 0, ["A window closes at a whole hour from 1 to 24; 0 is given."]),
        (
            -1,
            25,
            [
                "A window opens at a whole hour from 0 to 23; -1 is given.",
                "A window closes at a whole hour from 1 to 24; 25 is given.",
            ],
        ),
    ],
)
def test_what_is_wrong_with_the_hours_is_said_in_sentences(opens, closes, problems):
    assert window_problems(opens, closes) == problems
