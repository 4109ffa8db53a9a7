from collections import Counter
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.rules import Cadence, cadence_problems, on_grid, slots, to_instant
from scheduling.tests.rules.accounts import DAY, MADRID, MINUTE, madrid, zoned_moments

MONDAY = date(2026, 11, 16)
HOURS = tuple(time(hour) for hour in range(8, 18))
unlimited = settings(deadline=None, max_examples=60)


@st.composite
def cadences(draw):
    posts_per_week = draw(st.integers(0, 70))
    needed = max(1, -(-posts_per_week // 7))
    minutes = draw(st.sets(st.integers(0, 1439), min_size=needed, max_size=needed + 3))
    return posts_per_week, tuple(time(*divmod(minute, 60)) for minute in sorted(minutes))


def week_of(cadence, monday=MONDAY):
    """Return the keys of the slots of one ISO week, in their own order."""
    found = slots(
        cadence, to_instant(monday, time(0), cadence.zone), to_instant(monday + 7 * DAY, time(0), cadence.zone)
    )
    return [slot.key for slot in found]


@pytest.mark.parametrize(
    ("posts_per_week", "times", "expected"),
    [
        (0, "18:00", ""),
        (1, "18:00", "Mon 18:00"),
        (2, "18:00", "Mon 18:00, Thu 18:00"),
        (3, "09:00 18:00", "Mon 09:00, Wed 18:00, Fri 09:00"),
        (5, "18:00", "Mon 18:00, Tue 18:00, Wed 18:00, Fri 18:00, Sat 18:00"),
        (7, "18:00", "Mon 18:00, Tue 18:00, Wed 18:00, Thu 18:00, Fri 18:00, Sat 18:00, Sun 18:00"),
        (
            8,
            "09:00 18:00",
            "Mon 09:00, Mon 18:00, Tue 09:00, Wed 18:00, Thu 09:00, Fri 18:00, Sat 09:00, Sun 18:00",
        ),
    ],
)
def test_a_week_is_spread_from_monday_on_with_the_times_in_turn(posts_per_week, times, expected):
    cadence = Cadence(posts_per_week, tuple(map(time.fromisoformat, times.split())), MADRID)

    found = [datetime.fromisoformat(key).strftime("%a %H:%M") for key in week_of(cadence)]

    assert ", ".join(found) == expected


@pytest.mark.parametrize("posts_per_week", range(1, 71))
def test_with_enough_times_every_post_of_a_week_has_its_own(posts_per_week):
    needed = -(-posts_per_week // 7)

    for given_times in range(needed, 11):
        assert len(set(week_of(Cadence(posts_per_week, HOURS[:given_times], MADRID)))) == posts_per_week


@unlimited
@given(cadences(), zoned_moments())
def test_every_iso_week_has_the_same_slots_whatever_the_clock_does(drawn, where):
    zone, moment = where
    cadence = Cadence(*drawn, zone)

    found = slots(cadence, moment - 10 * DAY, moment + 35 * DAY)

    weeks = Counter((slot.day.isocalendar()[:2], slot.day.weekday(), slot.at) for slot in found)
    whole = sorted({week for week, _, _ in weeks})[1:-1]
    patterns = [sorted((day, at) for week, day, at in weeks if week == each) for each in whole]
    assert all(len(pattern) == cadence.posts_per_week for pattern in patterns)
    assert all(pattern == patterns[0] for pattern in patterns)


@unlimited
@given(cadences(), zoned_moments(), st.lists(st.integers(0, 20 * 1440), min_size=3, max_size=3))
def test_the_grid_is_the_same_wherever_the_interval_is_cut(drawn, where, minutes):
    zone, moment = where
    start, middle, end = (moment + minute * MINUTE - 10 * DAY for minute in sorted(minutes))
    cadence = Cadence(*drawn, zone)

    whole = slots(cadence, start, end)

    assert whole == slots(cadence, start, middle) + slots(cadence, middle, end)
    assert whole == sorted(whole, key=lambda slot: (slot.instant, slot.key))
    assert all(start <= slot.instant < end for slot in whole)
    assert all(on_grid(cadence, slot.key) and slot.instant == to_instant(slot.day, slot.at, zone) for slot in whole)


def test_the_interval_is_half_open():
    cadence = Cadence(7, (time(18),), MADRID)

    found = slots(cadence, madrid("2026-11-20T18:00"), madrid("2026-11-21T18:00"))

    assert [slot.key for slot in found] == ["2026-11-20T18:00"]


def test_two_slots_that_a_clock_change_puts_on_one_instant_are_both_named():
    cadence = Cadence(14, (time(2, 30), time(3, 30)), MADRID)

    found = slots(cadence, madrid("2026-03-29T00:00"), madrid("2026-03-30T00:00"))

    assert [slot.key for slot in found] == ["2026-03-29T02:30", "2026-03-29T03:30"]
    assert found[0].instant == found[1].instant


def test_slots_are_in_the_order_of_their_instants_also_where_one_is_moved_behind_another():
    cadence = Cadence(14, (time(2, 30), time(3, 15)), MADRID)

    found = slots(cadence, madrid("2026-03-29T00:00"), madrid("2026-03-30T00:00"))

    assert [slot.key for slot in found] == ["2026-03-29T03:15", "2026-03-29T02:30"]


def test_a_slot_of_a_date_that_never_happened_moves_to_the_next():
    cadence = Cadence(7, (time(18),), ZoneInfo("Pacific/Apia"))
    start = to_instant(date(2011, 12, 31), time(0), cadence.zone)

    found = slots(cadence, start, start + DAY)

    assert [slot.key for slot in found] == ["2011-12-30T18:00", "2011-12-31T18:00"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("2026-11-16T09:00", True),
        ("2026-11-18T18:00", True),
        ("2026-11-16T18:00", False),
        ("2026-11-17T09:00", False),
        ("2026-11-16T09:00:00", False),
        ("2026-11-16T09:00Z", False),
        ("2026-11-16", False),
        ("2026-W47-1T09:00", False),
        ("tray", False),
        ("", False),
    ],
)
def test_a_key_is_on_the_grid_or_not(key, expected):
    assert on_grid(Cadence(3, (time(9), time(18)), MADRID), key) is expected


def test_a_cadence_without_times_has_no_slots():
    assert week_of(Cadence(7, (), MADRID)) == []


@pytest.mark.parametrize(
    ("posts_per_week", "times", "problems"),
    [
        (0, "", []),
        (21, "09:00 12:00 18:00", []),
        (70, " ".join(f"{at:%H:%M}" for at in HOURS), []),
        (21, "09:00 18:00", ["21 posts a week need 3 times a day; 2 are given."]),
        (8, "09:00", ["8 posts a week need 2 times a day; 1 is given."]),
        (7, "", ["7 posts a week need 1 time a day; none is given."]),
        (1, "", ["1 post a week needs 1 time a day; none is given."]),
        (7, "09:00 09:00", ["09:00 is given more than once."]),
        (7, "09:00:30", ["09:00:30 is not a whole minute."]),
        (71, "", ["Posts per week must be from 0 to 70; 71 is given."]),
        (-1, "", ["Posts per week must be from 0 to 70; -1 is given."]),
    ],
)
def test_what_is_wrong_with_a_cadence_is_said_in_sentences(posts_per_week, times, problems):
    assert cadence_problems(posts_per_week, tuple(map(time.fromisoformat, times.split()))) == problems


def test_a_thousand_accounts_are_planned_for_four_weeks_in_a_moment():
    start = madrid("2026-11-20T12:00")
    cadence = Cadence(14, (time(9), time(18)), MADRID)

    found = sum(len(slots(cadence, start, start + timedelta(days=28))) for _ in range(1000))

    assert found == 56_000
