"""Plain rules are read from what is written and written as they are read; what is not plain stays a rule."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from scheduling.rules.plain_repeats import MONTHLY, WEEKLY, Plain, read_plain
from scheduling.rules.recurrence import occurrences

MONDAY = datetime.fromisoformat("2026-11-23T09:00")


@pytest.mark.parametrize(
    ("rule", "plain"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,TH", Plain(WEEKLY, ("MO", "TH"))),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;COUNT=10", Plain(WEEKLY, ("SU",), 2, count=10)),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20271231", Plain(MONTHLY, ("-1",), until=date(2027, 12, 31))),
        ("FREQ=MONTHLY;BYDAY=1MO", Plain(MONTHLY, ("1MO",))),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", Plain(MONTHLY, ("1", "15"))),
    ],
)
def test_a_plain_rule_is_read_and_written_back_as_it_was(rule, plain):
    assert read_plain(rule, MONDAY) == plain
    assert plain.rule() == rule


@pytest.mark.parametrize(
    ("rule", "same"),
    [
        ("rrule:freq=weekly", "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=WEEKLY; BYDAY=TH,MO", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=23"),
        ("FREQ=MONTHLY;BYDAY=+2TU", "FREQ=MONTHLY;BYDAY=2TU"),
        ("FREQ=DAILY;WKST=MO", "FREQ=DAILY"),
    ],
)
def test_what_a_rule_leaves_unsaid_is_said_by_its_first_time(rule, same):
    zone = ZoneInfo("Europe/Madrid")

    plain = read_plain(rule, MONDAY)

    assert plain.rule() == same
    assert occurrences(plain.rule(), MONDAY, zone) == occurrences(rule, MONDAY, zone)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY",
        "FREQ=WEEKLY;BYDAY=MO;WKST=SU",
        "FREQ=WEEKLY;BYDAY=MO;BYMONTH=12",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=1",
        "FREQ=DAILY;BYDAY=MO",
        "FREQ=WEEKLY;UNTIL=20271231T100000Z",
        "FREQ=WEEKLY;UNTIL=20271331",
        "each monday",
        "",
    ],
)
def test_what_is_not_plain_is_not_taken_for_it(rule):
    assert read_plain(rule, MONDAY) is None
