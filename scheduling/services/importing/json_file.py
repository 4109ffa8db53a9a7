"""Reading the rows of a JSON file: a list of objects whose keys are the columns."""

import json
from typing import Any

from django.utils.translation import gettext as _

from scheduling.rules.words import quoted
from scheduling.services.importing.rows import POSTS, FileRow, Table, checked_count
from workspaces.errors import Invalid
from workspaces.phrases import phrased
from workspaces.rules.sentences import sentence

WORDS = {
    dict: sentence("an object"),
    list: sentence("a list"),
    bool: sentence("true or false"),
    int: sentence("a number"),
    float: sentence("a number"),
    str: sentence("text"),
}
NOTHING = sentence("nothing")
# What Python says of broken JSON, to be collected for the catalog.
BROKEN = (
    sentence("Expecting value"),
    sentence("Expecting property name enclosed in double quotes"),
    sentence("Expecting ',' delimiter"),
    sentence("Expecting ':' delimiter"),
    sentence("Extra data"),
    sentence("Unterminated string starting at"),
    sentence("Invalid control character at"),
)


def json_rows(text: str, table: Table = POSTS) -> list[FileRow]:
    """Return the rows of a JSON file; a key that is left out or null is empty.

    :raises Invalid: if it is not JSON, with line and column, or not a list.
    """
    shape = _shape(table)
    found = _loaded(text, phrased(shape))
    if not isinstance(found, list):
        raise Invalid(
            _("The file holds %(what)s, not a list. %(shape)s")
            % {"what": phrased(WORDS.get(type(found), NOTHING)), "shape": phrased(shape)}
        )
    rows = [_row(number, one, table) for number, one in enumerate(found, start=1)]
    return checked_count(rows, sentence("in the list"), table)


def _shape(table: Table) -> str:
    columns = ", ".join(table.columns)
    return sentence(f"Write a list of objects with the keys {columns}.")


def _loaded(text: str, shape: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = phrased(sentence(f"Line {error.lineno}, column {error.colno}"))
        raise Invalid(
            _("%(place)s: this is not JSON (%(error)s). %(shape)s")
            % {"place": place, "error": phrased(error.msg), "shape": shape}
        ) from error
    except RecursionError as error:
        raise Invalid(_("The file is nested too deeply. %(shape)s") % {"shape": shape}) from error
    except ValueError as error:  # Python reads no numbers of thousands of digits.
        raise Invalid(_("The file holds a number that is too long. %(shape)s") % {"shape": shape}) from error


def _row(number: int, found: Any, table: Table) -> FileRow:
    if not isinstance(found, dict):
        words = WORDS.get(type(found), NOTHING)
        return FileRow(number, problem=" ".join((sentence(f"This is {words}, not an object."), _shape(table))))
    names = table.names
    cells = {name: value for name in names if isinstance(value := found.get(name) or "", str)}
    return FileRow(number, cells={**dict.fromkeys(names, ""), **cells}, problem=_problem(found, table))


def _problem(found: dict[str, Any], table: Table) -> str:
    unknown, columns = [key for key in found if key not in table.names], ", ".join(table.columns)
    if unknown:
        return sentence(f"{quoted(unknown[0])} is not a key. Use {columns}.")
    for name, value in found.items():
        if value is not None and not isinstance(value, str):
            words = WORDS[type(value)]
            return sentence(f"{name} has to be text in quotation marks; {words} is given.")
    return ""
