"""The two forms of an export, each written part by part."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence

from scheduling.services.exporting.reading import Cells
from scheduling.services.importing.formulas import guarded
from scheduling.services.importing.rows import COLUMNS, MAY_STAND

HEADER = (*COLUMNS, *MAY_STAND)
AS_TEXT = json.JSONEncoder(ensure_ascii=False).encode


def as_csv(parts: Iterable[list[Cells]], header: Sequence[str] = HEADER) -> Iterator[bytes]:
    """Yield a CSV file; no cell of it is a formula to a spreadsheet."""
    yield _lines([header])
    for part in parts:
        yield _lines([guarded(cells[name]) for name in header] for cells in part)


def as_json(parts: Iterable[list[Cells]], header: Sequence[str] = HEADER) -> Iterator[bytes]:
    """Yield a JSON file: a list of objects, one a line."""
    before = "[\n"
    for part in parts:
        yield (before + ",\n".join(AS_TEXT({name: cells[name] for name in header}) for cells in part)).encode()
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


WRITERS: dict[str, Callable[[Iterable[list[Cells]], Sequence[str]], Iterator[bytes]]] = {"csv": as_csv, "json": as_json}
