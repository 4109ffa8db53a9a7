"""Reading the rows of a JSON file: a list of objects whose keys are the columns."""

import json
from typing import Any

from django.utils.translation import gettext as _

from scheduling.rules.words import quoted
from scheduling.services.importing.rows import COLUMNS, MAY_STAND, FileRow, checked_count
from workspaces.errors import Invalid
from workspaces.phrases import phrased
from workspaces.rules.sentences import sentence

SHAPE = sentence(f"Write a list of objects with the keys {', '.join(COLUMNS)}.")
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


def json_rows(text: str) -> list[FileRow]:
    """Return the rows of a JSON file; a key that is left out or null is empty.

    :raises Invalid: if it is not JSON, with line and column, or not a list.
    """
    found = _loaded(text)
    if not isinstance(found, list):
        raise Invalid(
            _("The file holds %(what)s, not a list. %(shape)s")
            % {"what": phrased(WORDS.get(type(found), NOTHING)), "shape": phrased(SHAPE)}
        )
    return checked_count([_row(number, one) for number, one in enumerate(found, start=1)], sentence("in the list"))


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = phrased(sentence(f"Line {error.lineno}, column {error.colno}"))
        raise Invalid(
            _("%(place)s: this is not JSON (%(error)s). %(shape)s")
            % {"place": place, "error": phrased(error.msg), "shape": phrased(SHAPE)}
        ) from error
    except RecursionError as error:
        raise Invalid(_("The file is nested too deeply. %(shape)s") % {"shape": phrased(SHAPE)}) from error
    except ValueError as error:  # Python reads no numbers of thousands of digits.
        raise Invalid(_("The file holds a number that is too long. %(shape)s") % {"shape": phrased(SHAPE)}) from error


def _row(number: int, found: Any) -> FileRow:
    if not isinstance(found, dict):
        words = WORDS.get(type(found), NOTHING)
        return FileRow(number, problem=" ".join((sentence(f"This is {words}, not an object."), SHAPE)))
    names = (*COLUMNS, *MAY_STAND)
    cells = {name: value for name in names if isinstance(value := found.get(name) or "", str)}
    return FileRow(number, cells={**dict.fromkeys(names, ""), **cells}, problem=_problem(found))


def _problem(found: dict[str, Any]) -> str:
    unknown = [key for key in found if key not in (*COLUMNS, *MAY_STAND)]
    if unknown:
        return sentence(f"{quoted(unknown[0])} is not a key. Use {', '.join(COLUMNS)}.")
    for name, value in found.items():
        if value is not None and not isinstance(value, str):
            words = WORDS[type(value)]
            return sentence(f"{name} has to be text in quotation marks; {words} is given.")
    return ""
