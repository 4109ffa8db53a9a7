"""Importing posts from a file: one home for the command, the API and the page."""

from scheduling.services.importing.documents import as_document, better_times, refusal_of
from scheduling.services.importing.holding import Holder, hold_file, import_held, try_held
from scheduling.services.importing.kinds import KINDS, OF_POSTS, import_file
from scheduling.services.importing.report import Report, Result, RowReport
from scheduling.services.importing.rows import COLUMNS, MAY_STAND, MOST_BYTES, MOST_ROWS
from scheduling.services.importing.service import FORMATS, format_of, import_posts

__all__ = [
    "COLUMNS",
    "FORMATS",
    "KINDS",
    "MAY_STAND",
    "MOST_BYTES",
    "MOST_ROWS",
    "OF_POSTS",
    "Holder",
    "Report",
    "Result",
    "RowReport",
    "as_document",
    "better_times",
    "format_of",
    "hold_file",
    "import_file",
    "import_held",
    "import_posts",
    "refusal_of",
    "try_held",
]
