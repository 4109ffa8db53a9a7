"""How the page shows what came of a file: the rows that need somebody first."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from scheduling.rules.habits import Habits
from scheduling.services.importing import Report, Result, RowReport, better_times
from scheduling.templatetags.plan import habits_of_request

LOOKS = {
    Result.SCHEDULED: ("scheduled", "clock", _("Scheduled")),
    Result.DRAFT: ("draft", "pencil", _("Draft")),
    Result.TRAY: ("planned", "plus", _("Unscheduled tray")),
    Result.MADE: ("published", "checks", _("New")),
    Result.ALREADY_THERE: ("pending", "checks", _("Already there")),
    Result.REFUSED: ("failed", "alert", _("Refused")),
}


@dataclass(frozen=True)
class Warned:
    """A rule that the row's time breaks, and the nearest time that breaks none."""

    message: str
    day: date | None
    clock: str


@dataclass(frozen=True)
class ShownRow:
    """A row with its wall time, as the person reads a clock, and how its state looks."""

    row: RowReport
    day: date | None
    clock: str
    state: str
    icon: str
    word: str
    warned: list[Warned]


def grouped(request: HttpRequest, report: Report) -> dict[str, Any]:
    """Return the rows of a report in three groups, in the order of the file, and their numbers."""
    habits = habits_of_request(request)
    rows = [_shown(row, habits) for row in report.rows]
    already = [one for one in rows if one.row.result == Result.ALREADY_THERE]
    refused = [one for one in rows if one.row.result == Result.REFUSED]
    others = [one for one in rows if one.row.result not in (Result.ALREADY_THERE, Result.REFUSED)]
    of_posts = all(one.row.result != Result.MADE for one in others)
    return {
        "of_posts": of_posts,
        "refused": refused,
        "made": others,
        "already": already,
        "warned": sum(bool(one.warned) for one in others),
    }


def _shown(row: RowReport, habits: Habits) -> ShownRow:
    day, clock = _wall(datetime.fromisoformat(row.local_time) if row.local_time else None, habits)
    warned = [Warned(message, *_wall(nearest, habits)) for message, nearest in better_times(row)]
    return ShownRow(row, day, clock, *LOOKS[row.result], warned)


def _wall(local: datetime | None, habits: Habits) -> tuple[date | None, str]:
    return (local.date(), habits.clock(local)) if local else (None, "")
