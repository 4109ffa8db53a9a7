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
class Table:
    """What the rows of a file are: their columns in order, those that are needed, and those that may stand besides."""

    columns: tuple[str, ...]
    needed: tuple[str, ...]
    may_stand: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.columns, *self.may_stand)


POSTS = Table(COLUMNS, NEEDED, MAY_STAND)


@dataclass(frozen=True)
class FileRow:
    """One row: its number from 1, the line of a CSV it begins on, its cells, and what is wrong with it as a whole."""

    number: int
    line: int | None = None
    cells: dict[str, str] = field(default_factory=dict)
    problem: str = ""


def checked_count(rows: list[FileRow], where: str, table: Table = POSTS) -> list[FileRow]:
    """Return the rows if there are some, but not too many.

    :param where: the words for the place that should hold them.
    :raises Invalid: if not.
    """
    if not rows and table is not POSTS:
        raise Invalid(_("There are no rows %(where)s.") % {"where": phrased(where)})
    if not rows:
        raise Invalid(_("There are no posts %(where)s.") % {"where": phrased(where)})
    if len(rows) > MOST_ROWS:
        of_posts = _("The file has %(number)s posts; %(most)s at once are the most. Split it.")
        of_rows = _("The file has %(number)s rows; %(most)s at once are the most. Split it.")
        said = of_posts if table is POSTS else of_rows
        raise Invalid(said % {"number": f"{len(rows):,}", "most": f"{MOST_ROWS:,}"})
    return rows
