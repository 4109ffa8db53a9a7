"""Reading the rows of a CSV file: a header, commas, and quotation marks around what holds commas or line breaks."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from scheduling.rules.words import quoted
from scheduling.services.importing.formulas import unguarded
from scheduling.services.importing.rows import COLUMNS, MAY_STAND, MOST_BYTES, MOST_ROWS, FileRow, checked_count
from workspaces.errors import Invalid
from workspaces.phrases import phrased
from workspaces.rules.sentences import sentence

HEADER = ",".join(COLUMNS)
SEPARATORS = {";": sentence("semicolons"), "\t": sentence("tabs"), "|": sentence("vertical bars")}

# The reader's own limit ends the file with an error where only one row has to be refused; the file is limited already.
csv.field_size_limit(MOST_BYTES + 1)


def csv_rows(text: str) -> list[FileRow]:
    """Return the rows of a CSV file; lines without anything in them are passed over.

    :raises Invalid: if the header is not the right one, or a quotation mark makes the rest unreadable.
    """
    lines = _lines(text)
    first = next(lines, None)
    if first is None:
        raise Invalid(_("The file has no header. Its first line has to be: %(header)s") % {"header": HEADER})
    columns = _columns(*first)
    rows: list[FileRow] = []
    for line, cells in lines:
        rows.append(_row(len(rows) + 1, line, columns, cells))
        if len(rows) > MOST_ROWS:
            break
    return checked_count(rows, sentence("below the header"))


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold something, each with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Invalid(_unreadable(error, line, reader.line_num)) from error
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


def _columns(line: int, header: list[str]) -> list[str]:
    names = [name.strip().lower() for name in header]
    right = phrased(sentence(f"The header has to be: {HEADER} (in any order)."))
    for sign, word in SEPARATORS.items():
        if len(names) == 1 and sign in names[0]:
            raise Invalid(
                _("Line %(line)s: the columns are separated by %(word)s; use commas. %(right)s")
                % {"line": line, "word": phrased(word), "right": right}
            )
    wrong = [sentence(f"{name} is missing") for name in COLUMNS if name not in names]
    wrong += [
        sentence(f"{quoted(name)} is not a column") if name else sentence("a column has no name")
        for name in _others(names)
    ]
    wrong += [sentence(f"{name} stands twice") for name in (*COLUMNS, *MAY_STAND) if names.count(name) > 1]
    if wrong:
        raise Invalid(
            _("Line %(line)s: %(wrong)s. %(right)s")
            % {"line": line, "wrong": ", ".join(map(phrased, wrong)), "right": right}
        )
    return names


def _others(names: list[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name not in (*COLUMNS, *MAY_STAND)][:5]


def _row(number: int, line: int, columns: list[str], cells: list[str]) -> FileRow:
    cells = [unguarded(cell) for cell in cells]
    if len(cells) == len(columns):
        return FileRow(number, line, dict(zip(columns, cells, strict=True)))
    words = sentence("1 cell") if len(cells) == 1 else sentence(f"{len(cells)} cells")
    hint = sentence("Put text that holds commas in quotation marks.")
    if len(cells) < len(columns):
        hint = sentence("Keep the comma of each.")
    # The first cell is often the title: it helps to find the row.
    return FileRow(
        number,
        line,
        dict(zip(columns, cells, strict=False)),
        " ".join((sentence(f"The row has {words} instead of {len(columns)}."), hint)),
    )
