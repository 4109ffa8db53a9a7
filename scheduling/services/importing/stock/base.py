"""What every kind of thing that posts are made of has in common, as the rows of a file."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from scheduling.rules.words import quoted
from scheduling.services.importing.report import Result
from scheduling.services.importing.rows import Table
from workspaces.errors import Invalid
from workspaces.models import Workspace
from workspaces.rules.sentences import sentence

Cells = dict[str, str]


@dataclass(frozen=True)
class Brought:
    """What a row has become, or stands as already."""

    key: UUID
    is_new: bool = True


class Stock(ABC):
    """The things of one kind in a workspace: each as the cells of a row, and each row as a thing."""

    table: ClassVar[Table]
    result: ClassVar[Result] = Result.MADE

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    @abstractmethod
    def parts(self) -> Iterator[list[Cells]]:
        """Yield the cells of all of them, some at a time."""

    @abstractmethod
    def bring(self, cells: Cells, *, now: datetime, actor: str) -> Brought:
        """Make the thing of a row, unless it stands.

        :raises Invalid: if it cannot be, by column.
        """

    def expect(self, rows: Iterable[Cells]) -> None:  # noqa: B027 - some look up row by row
        """Look up what of some rows may stand already."""

    def write(self, *, now: datetime, actor: str) -> None:  # noqa: B027 - some save at once
        """Save what was put off to be saved together."""


def wrong(field: str, said: str) -> Invalid:
    """Return that a cell cannot be used."""
    return Invalid(said, errors={field: [said]})


def read_day(cells: Cells, field: str) -> date:
    """Return the day in a cell.

    :raises Invalid: if there is none.
    """
    try:
        return date.fromisoformat(cells[field])
    except ValueError:
        raise wrong(field, sentence(f"{quoted(cells[field])} is not a day. Write it like 2027-01-31.")) from None
