"""Accounts for the tests of the rules: a plain one to state what matters on, and random ones in the oddest zones."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from scheduling.rules import AccountRules, Blackout, Window, read_instant

MADRID = ZoneInfo("Europe/Madrid")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

# Half-hour and two-hour changes, changes at midnight and over it, two a year around Ramadan, a date that never was.
ODD_ZONES = [
    "Africa/Casablanca",
    "America/Asuncion",
    "America/Havana",
    "America/Nuuk",
    "America/St_Johns",
    "Antarctica/Casey",
    "Antarctica/Troll",
    "Asia/Gaza",
    "Asia/Pyongyang",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
]
ALL_ZONES = sorted(available_timezones())


def madrid(text: str) -> datetime:
    """Return the instant of a wall time in Madrid."""
    return read_instant(text, MADRID)


def rules(window=None, gap=0, cap=None, blackouts=(), zone=MADRID) -> AccountRules:
    """Return an account's rules, each one off unless given; the gap in minutes, blackouts as (start, end, reason)."""
    return AccountRules(
        zone, Window(*window) if window else None, gap * MINUTE, cap, tuple(Blackout(*each) for each in blackouts)
    )


@cache
def clock_changes(key: str, year: int) -> tuple[datetime, ...]:
    """Return the instants, to the minute, at which a zone's offset changes in a year."""
    zone, start = ZoneInfo(key), datetime(year, 1, 1, tzinfo=UTC)
    found = []
    for number in range(366):
        low, high = start + number * DAY, start + (number + 1) * DAY
        before = low.astimezone(zone).utcoffset()
        if high.astimezone(zone).utcoffset() == before:
            continue
        while high - low > MINUTE:
            middle = low + (high - low) // (2 * MINUTE) * MINUTE
            low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
        found.append(high)
    return tuple(found)


zone_keys = st.one_of(st.sampled_from(ODD_ZONES), st.sampled_from(ODD_ZONES), st.sampled_from(ALL_ZONES))
zones = zone_keys.map(ZoneInfo)


@st.composite
def zoned_moments(draw) -> tuple[ZoneInfo, datetime]:
    """Draw a zone and an instant on a whole minute, three times in four close to a change of its clock."""
    key = draw(zone_keys)
    year = 2011 if key == "Pacific/Apia" and draw(st.booleans()) else draw(st.integers(2005, 2035))
    changes = clock_changes(key, year)
    if changes and draw(st.integers(0, 3)):
        return ZoneInfo(key), draw(st.sampled_from(changes)) + draw(st.integers(-2000, 1000)) * MINUTE
    return ZoneInfo(key), datetime(year, 1, 1, tzinfo=UTC) + draw(st.integers(0, 525_000)) * MINUTE


windows = st.none() | st.tuples(st.integers(0, 23), st.integers(1, 24))
gaps = st.sampled_from([0, 0, 1, 30, 60, 90]) | st.integers(0, 240)


@dataclass(frozen=True)
class Wish:
    """A time that is wanted on an account with its posts, seen from now."""

    wanted: datetime
    now: datetime
    rules: AccountRules
    posts: list[datetime]


@st.composite
def wishes(draw, step=timedelta(seconds=1)) -> Wish:
    """Draw a wish and everything around it in multiples of `step` (a part of a minute, or one)."""
    zone, moment = draw(zoned_moments())
    minute = MINUTE // step

    def some(first: int, last: int) -> st.SearchStrategy[timedelta]:
        return st.integers(first * minute, last * minute).map(lambda steps: steps * step)

    starts = draw(st.lists(st.tuples(some(-1440, 2880), some(1, 1500)), max_size=2))
    posts = draw(st.lists(some(-1500, 3000), max_size=12))
    return Wish(
        wanted=moment + draw(some(-600, 900)),
        now=moment + draw(some(-900, 300)),
        rules=rules(
            draw(windows),
            draw(gaps),
            draw(st.none() | st.integers(1, 3)),
            [(moment + start, moment + start + length, f"B{number}") for number, (start, length) in enumerate(starts)],
            zone,
        ),
        posts=sorted({moment + post for post in posts}),
    )
