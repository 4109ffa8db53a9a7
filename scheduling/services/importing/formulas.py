"""Cells that a spreadsheet would take for a formula: an export puts an apostrophe before them, an import takes it away.

The two undo each other exactly: what has apostrophes before a formula already gets one more.
"""

import re

# As OWASP lists them (CSV injection), with the wide forms that some spreadsheets read alike.
FORMULA = r"(?:\s*[=+\-@＝＋－＠]|[\t\r\n])"
TO_GUARD, GUARDED = re.compile(f"'*{FORMULA}"), re.compile(f"'+{FORMULA}")


def guarded(text: str) -> str:
    """Return text that every spreadsheet shows and none computes."""
    return f"'{text}" if TO_GUARD.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell that may have been guarded."""
    return cell[1:] if GUARDED.match(cell) else cell
