"""By which word a file calls what has an id, a reference and a name."""

from collections import Counter
from typing import Protocol, TypeVar
from uuid import UUID

from scheduling.services.importing.cells import tidy


class Named(Protocol):
    """What can be called."""

    pk: UUID
    external_ref: str
    name: str


T = TypeVar("T", bound=Named)


def references(rows: list[T]) -> dict[UUID, str]:
    """Return by which word an import finds each row again: its reference, else its name, else its id.

    Only the first two mean something in another workspace; a name does where one row alone has it.
    """
    taken = Counter(one.external_ref for one in rows) + Counter(one.name for one in rows)
    return {one.pk: one.external_ref or _name(one, taken) or str(one.pk) for one in rows}


def _name(row: Named, taken: Counter[str]) -> str:
    is_clear = taken[row.name] == 1 and row.name == tidy(row.name)
    return row.name if is_clear else ""
