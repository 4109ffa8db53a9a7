"""Patterns of many posts: their wanted times, one after the other, in local wall time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduling.rules.recurrence import BadRule, looks_like_a_rule, occurrences
from scheduling.rules.wall_clock import to_instant, to_local
from scheduling.rules.words import quoted
from workspaces.rules.sentences import sentence

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
WEEK_OF_MINUTES = 7 * 24 * 60
DAILY, WEEKDAYS, WEEKLY, DISTRIBUTE = "daily", "weekdays", "weekly", "distribute"
CADENCE, OPTIMAL = "cadence", "optimal"
STEPPED = (DAILY, WEEKDAYS, WEEKLY, DISTRIBUTE)
PATTERNS = (DAILY, WEEKDAYS, WEEKLY, CADENCE, DISTRIBUTE, OPTIMAL)


def read_pattern(text: str) -> str:
    """Return a pattern in lower case, or a recurrence rule as it stands.

    :raises BadRule: if it is neither.
    """
    wanted = text.strip()
    if looks_like_a_rule(wanted):
        return wanted
    if wanted.lower() not in PATTERNS:
        raise BadRule(
            sentence(f"{quoted(text)} is not a pattern. Use {', '.join(PATTERNS)}, or a rule (FREQ=WEEKLY;BYDAY=MO).")
        )
    return wanted.lower()


def next_full_hour(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of the next whole hour on a zone's clock, after now."""
    local = to_local(now, zone)
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return (now - past + HOUR).astimezone(UTC)


def pattern_times(pattern: str, *, count: int, start: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return the wanted instants of so many posts, from a start on, at its local time.

    A local time that a clock change skips moves on, one that happens twice means the first. `weekdays` begins on the
    first that is one; `distribute` spreads over seven days from the start.

    :raises BadRule: if a recurrence rule cannot be used, or has fewer times than there are posts.
    """
    first = to_local(start, zone).replace(tzinfo=None)
    if pattern in STEPPED:
        walls = [_step(pattern, first, number, count) for number in range(count)]
    else:
        walls = occurrences(pattern, first, zone)[:count]
        if len(walls) < count:
            raise BadRule(sentence(f"The rule has {len(walls)} times, and there are {count} posts."))
    found = [to_instant(wall.date(), wall.time(), zone) for wall in walls]
    return [start.astimezone(UTC), *found[1:]] if walls[0] == first else found  # The second of two equal wall times.


def _step(pattern: str, first: datetime, number: int, count: int) -> datetime:
    if pattern == DAILY:
        return first + number * DAY
    if pattern == WEEKLY:
        return first + 7 * number * DAY
    if pattern == DISTRIBUTE:
        return first + number * WEEK_OF_MINUTES // count * MINUTE
    early = first + (7 - first.weekday()) * DAY if first.weekday() > 4 else first
    weeks, days = divmod(early.weekday() + number, 5)
    return early + (7 * weeks + days - early.weekday()) * DAY
