"""A wall time that a person stated: its instant, and a sentence where a clock change makes it something else."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from scheduling.rules import BadTime, read_instant, to_local
from workspaces.errors import Invalid


@dataclass(frozen=True)
class StatedTime:
    """An instant, and what the person should know about it; nothing on all but two nights a year."""

    at: datetime
    notice: str = ""


def stated_time(day: date, at: time, zone: ZoneInfo) -> StatedTime:
    """Return the instant of a wall time that a person typed.

    :raises Invalid: for a day that is too far away.
    """
    try:
        instant = read_instant(f"{day.isoformat()}T{at.isoformat('seconds')}", zone)
    except BadTime as error:
        raise Invalid(str(error), errors={"date": [str(error)]}) from error
    meant, wall = to_local(instant, zone), datetime.combine(day, at)
    on = f"{at:%H:%M} {{}} on {day.day} {day:%B %Y} in {zone.key}"
    if meant.replace(tzinfo=None) != wall:
        becomes = f"{meant:%H:%M}" if meant.date() == day else f"{meant:%H:%M} on {meant.day} {meant:%B}"
        return StatedTime(instant, f"{on.format('does not exist')}; it becomes {becomes}.")
    if _comes_twice(wall, zone):
        return StatedTime(instant, f"{on.format('happens twice')}; the first is meant.")
    return StatedTime(instant)


def _comes_twice(wall: datetime, zone: ZoneInfo) -> bool:
    """Return whether a clock is set back over a wall time: its second coming has the smaller offset from UTC."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first > second
