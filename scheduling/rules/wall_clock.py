"""Wall-clock time and UTC instants: the only place that settles gaps and repeats of the clock."""

import re
from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from scheduling.rules.words import quoted
from workspaces.rules.sentences import sentence

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
EXAMPLE = "2025-01-15T20:00"
# Offsets and the rules' horizon of weeks are added to what was read; a year at each end keeps that in range.
FIRST_YEAR, LAST_YEAR = 2, 9998

SHAPE = re.compile(
    r"""(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})
    (?:[Tt\ ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?
    \ ?(?P<offset>[Zz]|(?P<sign>[+-])(?P<hours>[0-9]{2})(?::?(?P<minutes>[0-9]{2}))?)?)?""",
    re.VERBOSE,
)


class BadTime(ValueError):
    """A time or a zone that cannot be used; the text is a sentence for a person."""


def to_instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a wall-clock time: the first if it happens twice, moved past a gap if it never does.

    :raises BadTime: where the calendar ends (years 1 and 9999).
    """
    # Without a fold it is the first of two, and in a gap the offset before counts, which moves the time on by the skip.
    first = at.replace(fold=0) if at.fold else at
    try:
        return datetime.combine(day, first, tzinfo=zone).astimezone(UTC)
    except OverflowError:
        raise BadTime(sentence(f"{day} is too far away to be used.")) from None


def to_local(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return the aware local time of an instant."""
    return instant.astimezone(zone)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """Return the local date of an instant."""
    return instant.astimezone(zone).date()


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the half-open UTC instants of a local date: its first midnight and the next date's."""
    return to_instant(day, time.min, zone), to_instant(day + DAY, time.min, zone)


def day_stretches(day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """Return every half-open stretch of instants that bears a local date, in order.

    One, as `day_bounds`, but where a clock is set back over midnight (St John's until 2011: a minute of the new date,
    then the last 59 of the old one again).
    """
    start, end = day_bounds(day, zone)
    left, left_for = _return_of_yesterday(day, zone), _return_of_yesterday(day + DAY, zone)
    stretches = [(start, left[0]), (left[1], end)] if left else [(start, end)]
    return [*stretches, left_for] if left_for else stretches


def _return_of_yesterday(day: date, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """Return the stretch after the first midnight of a date in which the clock shows the date before once more."""
    first = to_instant(day, time.min, zone)
    again = datetime.combine(day, time(fold=1), tzinfo=zone).astimezone(UTC)
    if again <= first:
        return None
    before = first.astimezone(zone).utcoffset()
    seconds = int((again - first).total_seconds())
    changed = bisect_left(
        range(seconds), True, key=lambda passed: (first + passed * SECOND).astimezone(zone).utcoffset() != before
    )
    return (first + changed * SECOND, again) if changed < seconds else None


def later_by_days(instant: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of the same wall time a number of local days later."""
    if not days:
        return instant.astimezone(UTC)  # the second of two equal wall times stays itself
    local = to_local(instant, zone)
    return to_instant(local.date() + days * DAY, local.time(), zone)


def read_instant(text: str, zone: ZoneInfo) -> datetime:
    """Read an ISO 8601 date and time of day as a UTC instant in whole seconds; without an offset it is read in `zone`.

    :raises BadTime: saying what is wrong and what would be right.
    """
    found = SHAPE.fullmatch(text.strip())
    if found is None:
        raise BadTime(
            sentence(
                f"{quoted(text)} is not a time. Write it like {EXAMPLE}, or 2025-01-15T20:00+01:00 with an offset."
            )
        )
    day = _read_day(found["day"])
    if found["hour"] is None:
        raise BadTime(sentence(f"{found['day']} is a date without a time of day. Write it like {EXAMPLE}."))
    at = _read_clock(found)
    if found["offset"] is None:
        return to_instant(day, at, zone)
    return datetime.combine(day, at, tzinfo=_read_offset(found)).astimezone(UTC)


def _read_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadTime(sentence(f"There is no day {text}. Write it like {EXAMPLE}.")) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadTime(sentence(f"{text} is too far away to be used. Write it like {EXAMPLE}."))
    return day


def _read_clock(found: re.Match[str]) -> time:
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        shown = f"{hour:02}:{minute:02}" + (f":{second:02}" if found["second"] else "")
        raise BadTime(sentence(f"There is no time of day {shown}: hours end at 23, minutes and seconds at 59."))
    return time(hour, minute, second)


def _read_offset(found: re.Match[str]) -> timezone:
    if found["sign"] is None:
        return UTC
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    if hours > 23 or minutes > 59:
        raise BadTime(sentence(f"{found['offset']} is not an offset from UTC. Write it like +01:00, or Z for UTC."))
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(offset if found["sign"] == "+" else -offset)


@lru_cache(maxsize=1024)  # the module's own cache keeps eight zones and reads the others again
def read_zone(name: str) -> ZoneInfo:
    """Return the time zone of an IANA name, written exactly.

    :raises BadTime: if there is none; a name in the wrong case is answered with the right one.
    """
    known = _zone_names()
    wanted = name.strip()
    right = known.get(wanted.casefold())
    if right is None or right != wanted:
        right = right or "Europe/Madrid"
        raise BadTime(sentence(f"{quoted(name)} is not a time zone. Use a name like {right}."))
    return ZoneInfo(wanted)


@lru_cache(maxsize=1)
def _zone_names() -> dict[str, str]:
    """Return every zone of the pinned data by its lower-case name: looked up, never opened, so no name is a path."""
    return {name.casefold(): name for name in available_timezones() if name != "Factory"}  # the mark of an unset clock


def iso(instant: datetime) -> str:
    """Return an instant as ISO 8601 in UTC with `Z`, in whole seconds where it has no fraction."""
    return f"{instant.astimezone(UTC).isoformat()[: -len('+00:00')]}Z"
