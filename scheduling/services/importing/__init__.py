"""Importing posts from a file: one home for the command, and for every later door."""

from scheduling.services.importing.report import Report, Result, RowReport
from scheduling.services.importing.rows import COLUMNS, MOST_BYTES
from scheduling.services.importing.service import FORMATS, import_posts

__all__ = ["COLUMNS", "FORMATS", "MOST_BYTES", "Report", "Result", "RowReport", "import_posts"]
