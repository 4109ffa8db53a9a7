"""The times of a file: read in the account's zone, and moved together by whole weeks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from scheduling.rules import BadTime, read_instant, to_instant, to_local
from scheduling.rules.wall_clock import FIRST_YEAR, LAST_YEAR, SHAPE
from scheduling.services.stated import stated_time
from workspaces.errors import Invalid

UTC_ZONE = ZoneInfo("UTC")
FORMAT = "%Y-%m-%d %H:%M"
TOO_FAR = gettext_noop("The times would be too far away. Choose another day to start on.")


@dataclass(frozen=True)
class FileTime:
    """A time as a row states it: the wall time of the account's zone, and the UTC instant that it means."""

    wall: datetime
    zone: ZoneInfo
    instant: datetime

    def moved(self, weeks: int) -> "FileTime":
        """Return the same wall time some weeks later, or earlier.

        :raises Invalid: if no calendar reaches that far.
        """
        if not weeks:
            return self
        try:
            wall = self.wall + timedelta(weeks=weeks)
        except OverflowError as error:
            raise Invalid(_(TOO_FAR)) from error
        if not FIRST_YEAR <= wall.year <= LAST_YEAR:
            raise Invalid(_(TOO_FAR))
        return FileTime(wall, self.zone, to_instant(wall.date(), wall.time(), self.zone))

    @property
    def note(self) -> str:
        """Say what a clock change makes of a time without an offset."""
        stated = stated_time(self.wall.date(), self.wall.time(), self.zone)
        return stated.notice if stated.at == self.instant else ""


def read_time(text: str, zone: ZoneInfo) -> FileTime:
    """Read an ISO 8601 time; without an offset it is read in the zone.

    :raises Invalid: saying what is wrong and what would be right.
    """
    try:
        instant = read_instant(text, zone)
        has_offset = SHAPE.fullmatch(text)["offset"]
        wall = to_local(instant, zone) if has_offset else read_instant(text, UTC_ZONE)
    except BadTime as error:
        raise Invalid(_("scheduled_for: %(error)s") % {"error": error}) from error
    return FileTime(wall.replace(tzinfo=None, fold=0), zone, instant)


def weeks_to(starting: date, times: Iterable[FileTime]) -> int:
    """Return by how many whole weeks times have to move for the earliest local date to be in the week from a day on."""
    earliest = min((time.wall.date() for time in times), default=starting)
    return -(-(starting - earliest).days // 7)
