"""The times of a rule in a stretch of time: as instants, once each, over every kind of clock change."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.rules.recurrence import LONGEST, BadRule, occurrences, repeats

CLOCKS = json.loads((Path(__file__).parent / "cases" / "time_cases.json").read_text())["vectors"]
RULES = json.loads((Path(__file__).parent / "cases" / "rrule_cases.json").read_text())["cases"]
ENDLESS = ("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=DAILY;INTERVAL=3;COUNT=40")
MADRID, UTC_ZONE = ZoneInfo("Europe/Madrid"), ZoneInfo("UTC")
FIRST = datetime(2026, 11, 23, 9)  # noqa: DTZ001 -- a wall time
A_DAY = timedelta(days=1)


def found(rule="FREQ=DAILY", first=FIRST, start=None, days=3, zone=UTC_ZONE, excluded=()):
    start = start or first.replace(tzinfo=UTC)
    return repeats(rule, first=first, excluded=excluded, zone=zone, start=start, end=start + days * A_DAY)


@pytest.mark.parametrize("case", CLOCKS, ids=[f"{one['tz']} {one['local']}" for one in CLOCKS])
def test_a_daily_time_is_on_its_day_whatever_the_clock_does(case):
    local, zone = datetime.fromisoformat(case["local"]), ZoneInfo(case["tz"])
    instant = datetime.fromisoformat(case["expected_utc"])

    around = found(first=local - 3 * A_DAY, start=instant - 2 * A_DAY, days=4, zone=zone)

    assert instant in [one.instant for one in around]
    assert len({one.instant for one in around}) == len(around)


@pytest.mark.parametrize("case", [one for one in RULES if one["tz"]], ids=lambda case: case["id"])
def test_the_instants_of_a_rule_are_those_of_other_calendars(case):
    first, zone = datetime.strptime(case["dtstart"], "%Y%m%dT%H%M%S"), ZoneInfo(case["tz"])  # noqa: DTZ007
    expected = [datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) for text in case["expected"]]

    made = repeats(
        case["rule"], first=first, excluded=(), zone=zone, start=expected[0], end=expected[-1] + timedelta(seconds=1)
    )

    assert [one.instant for one in made] == list(dict.fromkeys(expected))  # Two on one instant are one.


def test_the_start_is_inside_and_the_end_is_not():
    assert [one.key[:10] for one in found(days=2)] == ["2026-11-23", "2026-11-24"]


def test_what_is_left_out_is_left_out_by_its_time_or_its_day():
    left = found(days=4, excluded=["2026-11-24T09:00:00", "2026-11-25", "2026-11-26T09:01:00"])

    assert [one.key[:10] for one in left] == ["2026-11-23", "2026-11-26"]


def test_of_two_that_a_clock_change_puts_on_one_instant_the_first_is_it():
    apia = ZoneInfo("Pacific/Apia")  # 30 December 2011 was left out.

    made = found(first=datetime(2011, 12, 29, 12), days=3, zone=apia, start=datetime(2011, 12, 29, 12, tzinfo=UTC))  # noqa: DTZ001

    assert [one.key[:10] for one in made] == ["2011-12-29", "2011-12-30", "2012-01-01"]


@pytest.mark.parametrize(
    ("wall", "start", "end"),
    [
        ("2027-03-28T02:30", "2027-03-28T01:00+00:00", "2027-03-28T02:00+00:00"),  # 02:30 is 03:30; it starts at 03:00.
        ("2027-10-31T02:30", "2027-10-31T00:30+00:00", "2027-10-31T01:15+00:00"),  # It ends at the second 02:15.
    ],
)
def test_in_the_hour_of_a_clock_change_the_instant_decides_what_is_inside(wall, start, end):
    first = datetime.fromisoformat(wall)
    stretch = {"start": datetime.fromisoformat(start), "end": datetime.fromisoformat(end)}

    made = repeats("FREQ=DAILY", first=first, excluded=(), zone=MADRID, **stretch)

    assert [one.wall for one in made] == [first]


def test_it_goes_on_past_the_longest_list():
    later = FIRST.replace(tzinfo=UTC) + 3 * LONGEST

    assert len(found(start=later, days=7)) == 7


def test_an_end_in_utc_is_read_in_the_zone():
    made = found("FREQ=DAILY;UNTIL=20261125T080000Z", zone=MADRID, days=9)

    assert [one.wall.day for one in made] == [24, 25]


def test_a_rule_that_cannot_be_read_is_refused():
    with pytest.raises(BadRule):
        found("FREQ=NEVER")


@given(rule=st.sampled_from(ENDLESS), after=st.integers(0, 400), days=st.integers(1, 90))
def test_a_stretch_has_what_the_whole_list_has_of_it(rule, after, days):
    start = FIRST.replace(tzinfo=UTC) + after * A_DAY
    end = start + days * A_DAY
    whole = [wall for wall in occurrences(rule, FIRST, UTC_ZONE) if start <= wall.replace(tzinfo=UTC) < end]

    assert [one.wall for one in found(rule, start=start, days=days)] == whole
