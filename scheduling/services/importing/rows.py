"""The rows of a file, before anybody asks whether they can be scheduled."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from workspaces.errors import Invalid
from workspaces.phrases import phrased

COLUMNS = ("title", "body", "link", "channel_account", "scheduled_for")
NEEDED = COLUMNS[:1]  # Any other may be empty in each row, so the whole column may be missing.
MAY_STAND = ("status",)  # What an export brings along, and nobody has to write.
MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 5_000  # All of them are placed in one transaction, which others wait for.


@dataclass(frozen=True)
class FileRow:
    """One row: its number from 1, the line of a CSV it begins on, its cells, and what is wrong with it as a whole."""

    number: int
    line: int | None = None
    cells: dict[str, str] = field(default_factory=dict)
    problem: str = ""


def checked_count(rows: list[FileRow], where: str) -> list[FileRow]:
    """Return the rows if there are some, but not too many.

    :param where: the words for the place that should hold them.
    :raises Invalid: if not.
    """
    if not rows:
        raise Invalid(_("There are no posts %(where)s.") % {"where": phrased(where)})
    if len(rows) > MOST_ROWS:
        said = _("The file has %(number)s posts; %(most)s at once are the most. Split it.")
        raise Invalid(said % {"number": f"{len(rows):,}", "most": f"{MOST_ROWS:,}"})
    return rows
