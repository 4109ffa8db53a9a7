"""Reading the rows of a CSV file: a header, by which the separator is known, and quotation marks where needed."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from scheduling.rules.words import quoted
from scheduling.services.importing.formulas import unguarded
from scheduling.services.importing.rows import MOST_BYTES, MOST_ROWS, POSTS, FileRow, Table, checked_count
from workspaces.errors import Invalid
from workspaces.phrases import phrased
from workspaces.rules.sentences import sentence

# Spreadsheets separate by semicolons where the comma is for decimals, as in Spain; the first is taken where all fit.
SEPARATORS = {
    ",": sentence("commas"),
    ";": sentence("semicolons"),
    "\t": sentence("tabs"),
    "|": sentence("vertical bars"),
}

# The reader's own limit ends the file with an error where only one row has to be refused; the file is limited already.
csv.field_size_limit(MOST_BYTES + 1)


def csv_rows(text: str, table: Table = POSTS) -> list[FileRow]:
    """Return the rows of a CSV file; lines without anything in them are passed over.

    :raises Invalid: if the header is not the right one, or a quotation mark makes the rest unreadable.
    """
    separator = _separator(text, table)
    lines = _lines(text, separator)
    first = next(lines, None)
    if first is None:
        said = _("The file has no header. Its first line has to be: %(header)s")
        raise Invalid(said % {"header": ",".join(table.columns)})
    columns = _columns(*first, table)
    rows: list[FileRow] = []
    for line, cells in lines:
        rows.append(_row(len(rows) + 1, line, columns, cells, SEPARATORS[separator]))
        if len(rows) > MOST_ROWS:
            break
    return checked_count(rows, sentence("below the header"), table)


def _separator(text: str, table: Table) -> str:
    """Return what separates the columns: that by which the first line with words names the most of them."""
    header = next((line for line in io.StringIO(text, newline=None) if line.strip('",;|\t \n')), "")

    def known(separator: str) -> tuple[int, int]:
        names = _named(next(csv.reader([header], delimiter=separator)))
        return len(set(table.names) & set(names)), len(names)

    return max(SEPARATORS, key=known)


def _named(header: list[str]) -> list[str]:
    return [name.strip().lower() for name in header]


def _lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold something, each with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Invalid(phrased(_unreadable(error, line, reader.line_num))) from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _unreadable(error: csv.Error, first: int, last: int) -> str:
    if "unexpected end" in str(error):
        return sentence(f"Line {first}: a quotation mark opens in this row and is never closed.")
    if "expected after" in str(error):
        return sentence(f'Line {last}: a quotation mark inside of quoted text has to be doubled: "".')
    return sentence(f"Line {last}: this is not CSV ({error}).")


def _columns(line: int, found: list[str], table: Table) -> list[str]:
    names, header, last = _named(found), ",".join(table.columns), table.needed[-1]
    right = phrased(sentence(f"The columns are {header}, in any order; those after the {last} may be missing."))
    wrong = [sentence(f"{name} is missing") for name in table.needed if name not in names]
    wrong += [
        sentence(f"{quoted(name)} is not a column") if name else sentence("a column has no name")
        for name in _others(names, table)
    ]
    wrong += [sentence(f"{name} stands twice") for name in table.names if names.count(name) > 1]
    if wrong:
        raise Invalid(
            _("Line %(line)s: %(wrong)s. %(right)s")
            % {"line": line, "wrong": ", ".join(map(phrased, wrong)), "right": right}
        )
    return names


def _others(names: list[str], table: Table) -> list[str]:
    return [name for name in dict.fromkeys(names) if name not in table.names][:5]


def _row(number: int, line: int, columns: list[str], cells: list[str], words_between: str) -> FileRow:
    cells = [unguarded(cell) for cell in cells]
    if len(cells) == len(columns):
        return FileRow(number, line, dict(zip(columns, cells, strict=True)))
    words = sentence("1 cell") if len(cells) == 1 else sentence(f"{len(cells)} cells")
    hint = sentence(f"Put text that holds {words_between} in quotation marks.")
    if len(cells) < len(columns):
        hint = sentence(f"Write the {words_between} of empty cells too.")
    # The first cell is often the title: it helps to find the row.
    return FileRow(
        number,
        line,
        dict(zip(columns, cells, strict=False)),
        " ".join((sentence(f"The row has {words} instead of {len(columns)}."), hint)),
    )
