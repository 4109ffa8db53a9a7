"""How a person is used to read a calendar."""

from datetime import date, time

import pytest

from scheduling.rules.habits import AMERICA, WORLD, habits_of


@pytest.mark.parametrize(
    ("languages", "habits"),
    [
        ("en-US,en;q=0.9", AMERICA),
        ("EN-us", AMERICA),
        ("en-GB,en-US;q=0.8", WORLD),
        ("en", WORLD),
        ("es-ES,es;q=0.9", WORLD),
        ("*", WORLD),
        ("", WORLD),
        (";;,", WORLD),
    ],
)
def test_the_first_language_that_a_browser_prefers_decides(languages, habits):
    assert habits_of(languages) == habits


def test_who_reads_the_pages_in_another_language_has_its_habits():
    assert habits_of("en-US,es;q=0.9", language="es") == WORLD
    assert habits_of("en-US,es;q=0.9", language="en") == AMERICA


@pytest.mark.parametrize(
    ("at", "world", "america"),
    [
        (time(0, 5), "00:05", "12:05 am"),
        (time(9, 0), "09:00", "9:00 am"),
        (time(12, 30), "12:30", "12:30 pm"),
        (time(18, 15), "18:15", "6:15 pm"),
    ],
)
def test_a_clock_has_12_hours_or_24(at, world, america):
    assert (WORLD.clock(at), AMERICA.clock(at)) == (world, america)


def test_a_clock_tells_seconds_where_they_matter():
    at = time(18, 5, 9)

    assert (WORLD.clock(at, seconds=True), AMERICA.clock(at, seconds=True)) == ("18:05:09", "6:05:09 pm")


@pytest.mark.parametrize(
    ("day", "monday", "sunday"),
    [
        (date(2026, 11, 20), date(2026, 11, 16), date(2026, 11, 15)),
        (date(2026, 11, 22), date(2026, 11, 16), date(2026, 11, 22)),
        (date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 22)),
    ],
)
def test_a_week_starts_on_monday_or_on_sunday(day, monday, sunday):
    assert (WORLD.week_of(day), AMERICA.week_of(day)) == (monday, sunday)


def test_hours_are_named_as_the_clock_says_them():
    assert [WORLD.hour(one) for one in (0, 9, 12, 18)] == ["00:00", "09:00", "12:00", "18:00"]
    assert [AMERICA.hour(one) for one in (0, 9, 12, 18)] == ["12 am", "9 am", "12 pm", "6 pm"]
