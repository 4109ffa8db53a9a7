"""Recurrence rules: what other calendars expect of them, and which are refused."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scheduling.rules import to_instant
from scheduling.rules.recurrence import LONGEST, MOST, BadRule, occurrences

CASES = json.loads((Path(__file__).parent / "cases" / "rrule_cases.json").read_text())["cases"]
OUTSIDE = {  # Of what is refused on purpose: BYSETPOS with YEARLY, numbers before the days of a week, no such day.
    *("libical-106", "libical-107", "dateutil-testMaxYear"),
    *(f"dateutil-test{name}NWeekDay" for name in ("WeeklyBy", "WeeklyByMonthAnd", "DailyBy", "DailyByMonthAnd")),
}
AGREED = [case for case in CASES if case.get("dateutil_agrees") is not False and case["id"] not in OUTSIDE]
UTC = ZoneInfo("UTC")
START = datetime(2026, 11, 23, 9)  # noqa: DTZ001 -- a wall time


def read(text):
    return datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S" if "T" in text else "%Y%m%d")  # noqa: DTZ007


@pytest.mark.parametrize("case", AGREED, ids=[case["id"] for case in AGREED])
def test_a_rule_means_what_other_calendars_take_it_for(case):
    starts, zone = read(case["dtstart"]), ZoneInfo(case["tz"] or "UTC")
    local = [read(text) for text in case.get("expected_local", case["expected"])]

    found = occurrences(case["rule"], starts, zone)

    assert found == [at for at in local if at <= starts + LONGEST][:MOST]
    if case["tz"]:
        instants = [to_instant(at.date(), at.time(), zone).replace(tzinfo=None) for at in found]
        assert instants == [read(text) for text in case["expected"]][: len(found)]


@pytest.mark.parametrize("case", [case for case in CASES if case["id"] in OUTSIDE])
def test_what_calendars_read_differently_is_refused_and_not_guessed(case):
    with pytest.raises(BadRule):
        occurrences(case["rule"], read(case["dtstart"]), UTC)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("", "FREQ="),
        ("weekly", "is not a rule"),
        ("FREQ=SECONDLY;COUNT=999999999", "FREQ="),
        ("FREQ=HOURLY", "FREQ="),
        ("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO is not supported"),
        ("FREQ=YEARLY;BYYEARDAY=100", "BYYEARDAY is not supported"),
        ("FREQ=DAILY;BYHOUR=9,17", "BYHOUR is not supported"),
        ("FREQ=WEEKLY;BYDAY=MO,TH;BYSETPOS=1", "BYSETPOS is supported with FREQ=MONTHLY"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20261231", "not by both"),
        ("FREQ=DAILY;COUNT=3;COUNT=4", "is not a rule"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL has numbers from 1"),
        ("FREQ=DAILY;COUNT=0", "COUNT has numbers from 1"),
        ("FREQ=WEEKLY;BYDAY=2MO", "needs FREQ=MONTHLY"),
        ("FREQ=MONTHLY;BYDAY=0MO", "from 1 to 5 here"),
        ("FREQ=MONTHLY;BYDAY=53MO", "from 1 to 5 here"),
        ("FREQ=YEARLY;BYDAY=54MO", "from 1 to 53 here"),
        ("FREQ=MONTHLY;BYDAY=MOON", "BYDAY names days"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "No month"),
        ("FREQ=MONTHLY;BYSETPOS=-2", "BYSETPOS finds one"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=11", "BYSETPOS finds one"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", "No day fits"),
        ("FREQ=DAILY;UNTIL=tomorrow", "UNTIL is a date"),
        ("FREQ=DAILY;UNTIL=20260230", "UNTIL is a date"),
        ("FREQ=DAILY;WKST=XX", "WKST is a day"),
        ("FREQ=DAILY;X-COLOUR=RED", "no part"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(rule, said):
    with pytest.raises(BadRule, match=said):
        occurrences(rule, START, UTC)


def test_a_rule_without_an_end_stops_after_24_months_or_1000_times():
    daily, weekly = occurrences("FREQ=DAILY", START, UTC), occurrences("RRULE:FREQ=WEEKLY", START, UTC)

    assert len(daily) == LONGEST.days + 1
    assert weekly[-1] <= START + LONGEST


def test_until_in_utc_is_read_in_the_zone():
    found = occurrences("FREQ=DAILY;UNTIL=20261125T080000Z", START, ZoneInfo("Europe/Madrid"))

    assert [at.day for at in found] == [23, 24, 25]
