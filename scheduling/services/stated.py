"""A wall time that a person stated: its instant, and a sentence where a clock change makes it something else."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

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
    told = {"time": f"{at:%H:%M}", "day": date_format(day, "j F Y"), "zone": zone.key}
    if meant.replace(tzinfo=None) != wall:
        other = {"time": f"{meant:%H:%M}", "day": date_format(meant, "j F")}
        told["becomes"] = other["time"] if meant.date() == day else _("%(time)s on %(day)s") % other
        said = _("%(time)s does not exist on %(day)s in %(zone)s; it becomes %(becomes)s.")
        return StatedTime(instant, said % told)
    if _comes_twice(wall, zone):
        return StatedTime(instant, _("%(time)s happens twice on %(day)s in %(zone)s; the first is meant.") % told)
    return StatedTime(instant)


def _comes_twice(wall: datetime, zone: ZoneInfo) -> bool:
    """Return whether a clock is set back over a wall time: its second coming has the smaller offset from UTC."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first > second
