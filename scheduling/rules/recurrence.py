"""Recurrence rules (RFC 5545): the parts that calendars agree on, expanded in naive local wall time."""

import re
from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

from scheduling.rules.wall_clock import to_instant, to_local
from scheduling.rules.words import quoted
from workspaces.rules.sentences import sentence

FREQUENCIES = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}
DAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
MOST, LONGEST = 1_000, timedelta(days=731)  # Instances, and 24 months.
DISPUTED = {"BYWEEKNO", "BYYEARDAY", "BYHOUR", "BYMINUTE", "BYSECOND", "BYEASTER"}
BY_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
UNTIL = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")
WHOLE = re.compile(r"[+-]?[0-9]{1,5}")


A_DAY = timedelta(days=1)


class BadRule(ValueError):
    """A rule that cannot be used; the text is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """One time of a rule: the wall time that it names, and the instant that this is."""

    wall: datetime
    instant: datetime

    @property
    def key(self) -> str:
        """The wall time as it is kept: 2026-11-23T09:00:00."""
        return self.wall.isoformat(timespec="seconds")


def looks_like_a_rule(text: str) -> bool:
    """Tell whether a text is meant as a recurrence rule."""
    return "FREQ=" in text.upper().replace(" ", "")


def occurrences(rule: str, starts: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return the local wall times of a rule from its first time on: 1,000 at most, of 24 months at most.

    :param starts: naive; as in RFC 5545 it counts only if the rule has it.
    :param zone: for an UNTIL that is written in UTC.
    :raises BadRule: if the rule cannot be read, or is of a kind that implementations disagree on.
    """
    parts = _parts(rule)
    until = _until(parts.pop("UNTIL"), zone) if "UNTIL" in parts else None
    return list(islice(_between(_made(parts, starts), starts, until), MOST))


def repeats(
    rule: str, *, first: datetime, excluded: Collection[str], zone: ZoneInfo, start: datetime, end: datetime
) -> list[Repeat]:
    """Return the times of a rule whose instants are in [start, end), in order, however long ago it began.

    A wall time that a clock change skips moves on, one that happens twice means the first; of two that fall on one
    instant that way the first is it.

    :param first: naive, as `starts` of `occurrences`.
    :param excluded: wall times (2026-12-25T09:00:00) and whole days (2026-12-25) that are left out.
    :raises BadRule: if the rule cannot be used.
    """
    parts = _parts(rule)
    until = _until(parts.pop("UNTIL"), zone) if "UNTIL" in parts else None
    # A day more at each end: a clock change moves an instant against its wall time by at most that.
    lower, upper = (to_local(one, zone).replace(tzinfo=None) for one in (start - A_DAY, end + A_DAY))
    left_out, found = set(excluded), dict[datetime, Repeat]()
    for wall in _made(parts, first):
        if wall > upper or (until and wall > until):
            break
        if wall >= lower:
            one = Repeat(wall, to_instant(wall.date(), wall.time(), zone))
            if start <= one.instant < end and not {one.key, one.key[:10]} & left_out:
                found.setdefault(one.instant, one)
    return list(found.values())


def _between(times: rrule, starts: datetime, until: datetime | None) -> Iterator[datetime]:
    for at in times:
        if at > starts + LONGEST or (until and at > until):
            return
        yield at


def _parts(rule: str) -> dict[str, str]:
    text = rule.strip().upper().removeprefix("RRULE:")
    pairs = [part.strip().partition("=") for part in text.split(";") if part.strip()]
    names = [name for name, _, _ in pairs]
    if len(set(names)) < len(names) or any(not value for _, _, value in pairs):
        raise BadRule(sentence(f"{quoted(rule)} is not a rule. Write it like FREQ=WEEKLY;BYDAY=MO,TH."))
    parts = {name: value for name, _, value in pairs}
    if parts.get("FREQ") not in FREQUENCIES:
        given = quoted(parts.get("FREQ", ""))
        raise BadRule(sentence(f"A rule says FREQ= one of {', '.join(FREQUENCIES)}; {given} is not."))
    if disputed := sorted(DISPUTED & parts.keys()):
        raise BadRule(sentence(f"{disputed[0]} is not supported: calendars disagree on what it means."))
    if "BYSETPOS" in parts and parts["FREQ"] != "MONTHLY":
        raise BadRule(sentence("BYSETPOS is supported with FREQ=MONTHLY alone: calendars disagree on the others."))
    if "COUNT" in parts and "UNTIL" in parts:
        raise BadRule(sentence("A rule ends by COUNT or by UNTIL, not by both."))
    known = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
    if unknown := sorted(parts.keys() - known):
        raise BadRule(sentence(f"There is no part {quoted(unknown[0])} in a rule."))
    return parts


def _made(parts: dict[str, str], starts: datetime) -> rrule:
    months, days = _numbers(parts, "BYMONTH", 1, 12), _numbers(parts, "BYMONTHDAY", -31, 31)
    by_day, interval = _weekdays(parts), _number(parts, "INTERVAL", 1, 1_000) or 1
    _require_a_day(months, days)
    if (
        parts["FREQ"] == "DAILY"
        and interval % 7 == 0
        and by_day
        and starts.weekday() not in {d.weekday for d in by_day}
    ):
        raise BadRule(sentence("No day fits this rule: every seventh day is the same day of the week."))
    places = _numbers(parts, "BYSETPOS", -31, 31)
    _require_a_place(places, days, by_day)
    week_start = parts.get("WKST", "MO")
    if week_start not in DAYS:
        raise BadRule(sentence(f"WKST is a day, such as MO; {quoted(week_start)} is not."))
    return rrule(
        FREQUENCIES[parts["FREQ"]],
        dtstart=starts,
        interval=interval,
        count=_number(parts, "COUNT", 1, 99_999),
        bymonth=months,
        bymonthday=days,
        byweekday=by_day,
        bysetpos=places,
        wkst=DAYS[week_start],
    )


def _weekdays(parts: dict[str, str]) -> list[weekday] | None:
    if "BYDAY" not in parts:
        return None
    found = [BY_DAY.fullmatch(text.strip()) for text in parts["BYDAY"].split(",")]
    if not all(found):
        raise BadRule(sentence(f"BYDAY names days, such as MO or 2TU; {quoted(parts['BYDAY'])} does not."))
    ordinals = [int(one[1]) if one[1] else None for one in found]
    most = 53 if parts["FREQ"] == "YEARLY" and "BYMONTH" not in parts else 5
    if 0 in ordinals or any(number and abs(number) > most for number in ordinals):
        raise BadRule(sentence(f"The number before a day is from 1 to {most} here, or from -{most} to -1."))
    if any(ordinals) and parts["FREQ"] not in ("MONTHLY", "YEARLY"):
        raise BadRule(sentence("A number before a day needs FREQ=MONTHLY or FREQ=YEARLY."))
    return [weekday(DAYS[one[2]], number) for one, number in zip(found, ordinals, strict=True)]


def _numbers(parts: dict[str, str], name: str, least: int, most: int) -> list[int] | None:
    if name not in parts:
        return None
    texts = [text.strip() for text in parts[name].split(",")]
    found = [int(text) for text in texts if WHOLE.fullmatch(text)]
    if len(found) < len(texts) or any(not least <= one <= most or one == 0 for one in found):
        raise BadRule(
            sentence(f"{name} has numbers from {least} to {most}, without 0; {quoted(parts[name])} does not.")
        )
    return found


def _number(parts: dict[str, str], name: str, least: int, most: int) -> int | None:
    found = _numbers(parts, name, least, most)
    if found is not None and len(found) > 1:
        raise BadRule(sentence(f"{name} has one number; {quoted(parts[name])} does not."))
    return found[0] if found else None


def _require_a_day(months: list[int] | None, days: list[int] | None) -> None:
    """Check that some month has one of the days: dateutil would look for it until the year 9999."""
    if days and not any(abs(day) <= monthrange(2024, month)[1] for month in months or range(1, 13) for day in days):
        raise BadRule(sentence("No month of the rule has such a day."))


def _require_a_place(places: list[int] | None, days: list[int] | None, by_day: list[weekday] | None) -> None:
    """Check that a month can have as many days as BYSETPOS counts: dateutil would look until the year 9999."""
    most = min(len(days) if days else 31, sum(1 if one.n else 5 for one in by_day) if by_day else 31)
    most = most if days or by_day else 1
    if places and all(abs(place) > most for place in places):
        raise BadRule(sentence("No month of the rule has so many days that BYSETPOS finds one."))


def _until(text: str, zone: ZoneInfo) -> datetime:
    """Return the last local wall time of a rule; a date counts as a whole."""
    found = UNTIL.fullmatch(text.strip())
    try:
        day = datetime.strptime(found[1] + (found[2] or "235959"), "%Y%m%d%H%M%S") if found else None  # noqa: DTZ007
    except ValueError:
        day = None
    if day is None:
        raise BadRule(sentence(f"UNTIL is a date, such as 20261231 or 20261231T235959Z; {quoted(text)} is not."))
    if not found[3]:
        return day
    try:
        return day.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        return day
