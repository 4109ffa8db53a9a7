from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.rules import BadTime, iso, read_instant, read_times, read_zone
from scheduling.tests.rules.accounts import ALL_ZONES, MADRID

PARTS = st.sampled_from(
    [
        "2025-01-15",
        "0001-01-01",
        "9999-12-31",
        "2026-03-29",
        "T",
        " ",
        "24:00",
        "02:30",
        ":61",
        ".5",
        "Z",
        "+",
        "-",
        "99",
    ]
)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-01-15T20:05:00Z", "2025-01-15T20:05:00Z"),
        ("2025-01-15t20:05:00z", "2025-01-15T20:05:00Z"),
        ("2025-01-15T20:05", "2025-01-15T19:05:00Z"),
        ("2025-01-15 20:05", "2025-01-15T19:05:00Z"),
        (" 2025-07-15 20:05:07 ", "2025-07-15T18:05:07Z"),
        ("2025-01-15T20:05:07.999", "2025-01-15T19:05:07Z"),
        ("2025-01-15T20:05:07,999999999Z", "2025-01-15T20:05:07Z"),
        ("2025-01-15T20:05+05:45", "2025-01-15T14:20:00Z"),
        ("2025-01-15T20:05-0330", "2025-01-15T23:35:00Z"),
        ("2025-01-15T20:05 +01", "2025-01-15T19:05:00Z"),
        ("2025-01-15T20:05-00:00", "2025-01-15T20:05:00Z"),
        ("2026-03-29T02:30", "2026-03-29T01:30:00Z"),
        ("2026-10-25T02:30", "2026-10-25T00:30:00Z"),
        ("2026-10-25T02:30+01:00", "2026-10-25T01:30:00Z"),
    ],
)
def test_a_time_is_read_in_the_zone_unless_it_has_an_offset(text, instant):
    assert iso(read_instant(text, MADRID)) == instant


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2025-01-15", "2025-01-15 is a date without a time of day. Write it like 2025-01-15T20:00."),
        ("2025-02-30T10:00", "There is no day 2025-02-30. Write it like 2025-01-15T20:00."),
        ("0000-01-01T10:00", "There is no day 0000-01-01. Write it like 2025-01-15T20:00."),
        ("2025-01-15T24:00", "There is no time of day 24:00: hours end at 23, minutes and seconds at 59."),
        ("2025-01-15T23:59:60", "There is no time of day 23:59:60: hours end at 23, minutes and seconds at 59."),
        ("2025-01-15T10:00+24:00", "+24:00 is not an offset from UTC. Write it like +01:00, or Z for UTC."),
        ("0001-01-01T00:00+14:00", "0001-01-01 is too far away to be used. Write it like 2025-01-15T20:00."),
        ("9999-12-31T23:59-12:00", "9999-12-31 is too far away to be used. Write it like 2025-01-15T20:00."),
        (
            "tomorrow\nat\x00noon",
            "“tomorrow at noon” is not a time. "
            "Write it like 2025-01-15T20:00, or 2025-01-15T20:00+01:00 with an offset.",
        ),
    ],
)
def test_a_time_that_cannot_be_used_is_refused_with_what_is_wrong_and_what_is_right(text, sentence):
    with pytest.raises(BadTime) as refused:
        read_instant(text, MADRID)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "text", ["", "٢٠٢٥-01-15T20:00", "2025-1-15T20:00", "20250115T2000", "2025-W03-3T20:00", "20:00"]
)
def test_other_ways_to_write_a_time_are_refused(text):
    with pytest.raises(BadTime, match="is not a time"):
        read_instant(text, MADRID)


@given(st.text() | st.lists(PARTS).map("".join))
def test_any_text_is_a_time_or_a_sentence(text):
    sentence = instant = None

    try:
        instant = read_instant(text, MADRID)
    except BadTime as refused:
        sentence = str(refused).encode().decode()

    assert sentence.endswith(".") if instant is None else (instant.tzinfo, instant.microsecond) == (UTC, 0)


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31)), st.sampled_from(["Asia/Kathmandu", "Pacific/Apia"]))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_what_is_written_is_read_back(moment, key):
    instant = moment.replace(microsecond=0, tzinfo=UTC)

    assert read_instant(iso(instant), ZoneInfo(key)) == instant


def test_a_zone_is_found_by_its_exact_name():
    assert read_zone("Europe/Madrid") is MADRID
    assert read_zone(" Etc/GMT-14 ").key == "Etc/GMT-14"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "America",
        "localtime",
        "posixrules",
        "Factory",
        "../etc/passwd",
        "/etc/localtime",
        "Europe/../UTC",
        "UTC\x00",
        ".",
    ],
)
def test_a_name_that_is_no_zone_is_refused(name):
    with pytest.raises(BadTime, match=r"is not a time zone\. Use a name like Europe/Madrid\.$"):
        read_zone(name)


def test_a_zone_in_the_wrong_case_is_refused_with_the_right_one():
    with pytest.raises(BadTime, match=r"^“america/new_york” is not a time zone\. Use a name like America/New_York\.$"):
        read_zone("america/new_york")


@given(st.text())
def test_any_text_is_a_zone_or_a_sentence(text):
    sentence = zone = None

    try:
        zone = read_zone(text)
    except BadTime as refused:
        sentence = str(refused).encode().decode()

    assert sentence.endswith(".") if zone is None else zone.key in ALL_ZONES


def test_times_of_day_are_read_sorted_and_distinct():
    found = read_times(["18:00", " 9:30", "18:00", "00:00", "23:59:00"])

    assert [f"{each:%H:%M}" for each in found] == ["00:00", "09:30", "18:00", "23:59"]


@pytest.mark.parametrize("value", ["24:00", "18", "18:60", "18:00:30", "", "six", "18:00Z", 18, None])
def test_what_is_no_time_of_day_is_refused(value):
    with pytest.raises(BadTime, match=r"is not a time of day\. Write it like 18:00, from 00:00 to 23:59\.$"):
        read_times(["09:00", value])
