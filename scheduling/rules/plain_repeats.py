"""The plain shapes of a recurrence rule, which people choose instead of writing one: days of a week, or of a month."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from scheduling.rules.recurrence import DAYS

DAILY, WEEKLY, MONTHLY = "DAILY", "WEEKLY", "MONTHLY"
LAST = -1
OF_A_MONTH = re.compile(r"([1-9]|[12][0-9]|3[01]|-1)|([1-5]|-1)(MO|TU|WE|TH|FR|SA|SU)")
NUMBER = re.compile(r"[1-9][0-9]{0,3}")
A_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "WKST"}


@dataclass(frozen=True, slots=True)
class Plain:
    """A rule that can be said in a few words.

    :param days: of a week as `MO`; of a month as `15`, `-1` (the last), `1MO` or `-1FR`.
    :param until: the last day, which counts.
    """

    every: str
    days: tuple[str, ...] = ()
    interval: int = 1
    count: int | None = None
    until: date | None = None

    def rule(self) -> str:
        """Return it as a rule of RFC 5545."""
        by_name = self.every == WEEKLY or any(day[-1] in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for day in self.days)
        parts = {
            "FREQ": self.every,
            "INTERVAL": self.interval if self.interval > 1 else "",
            "BYDAY" if by_name else "BYMONTHDAY": ",".join(self.days),
            "COUNT": self.count or "",
            "UNTIL": f"{self.until:%Y%m%d}" if self.until else "",
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def read_plain(rule: str, starts: datetime) -> Plain | None:
    """Return what a rule says if it is a plain one, else None.

    :param starts: its first time: where a rule names no day, its own is meant.
    """
    pairs = [part.strip().partition("=") for part in rule.upper().removeprefix("RRULE:").split(";") if part.strip()]
    parts = {name.strip(): value.replace(" ", "") for name, _, value in pairs}
    days = _days(parts, starts)
    ends = _date(parts["UNTIL"]) if "UNTIL" in parts else None
    numbers = [parts.get(name, "1") for name in ("INTERVAL", "COUNT")]
    odd = parts.keys() - KNOWN or parts.get("WKST", "MO") != "MO" or ("UNTIL" in parts and ends is None)
    if odd or days is None or not all(NUMBER.fullmatch(one) for one in numbers):
        return None
    count = int(parts["COUNT"]) if "COUNT" in parts else None
    return Plain(parts["FREQ"], days, int(numbers[0]), count, ends)


def _days(parts: dict[str, str], starts: datetime) -> tuple[str, ...] | None:
    """Return the days that a rule names, in order; None if it names them otherwise than plainly."""
    named, numbered = parts.get("BYDAY"), parts.get("BYMONTHDAY")
    every = parts.get("FREQ")
    if every == DAILY:
        return None if named or numbered else ()
    if every == WEEKLY and not numbered:
        days = named.split(",") if named else [list(DAYS)[starts.weekday()]]
        return tuple(sorted(set(days), key=list(DAYS).index)) if set(days) <= DAYS.keys() else None
    if every == MONTHLY and not (named and numbered):
        days = (named or numbered or str(starts.day)).replace("+", "").split(",")
        return tuple(dict.fromkeys(days)) if all(OF_A_MONTH.fullmatch(day) for day in days) else None
    return None


def _date(text: str) -> date | None:
    found = A_DATE.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
