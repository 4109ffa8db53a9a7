"""Exporting posts to a file that the import reads back: one home for the command, the API, the page and the admin."""

from scheduling.services.exporting.reading import account_names
from scheduling.services.exporting.service import CONTENT_TYPES, export_file, export_posts, file_name, read_end
from scheduling.services.exporting.writing import WRITERS

__all__ = ["CONTENT_TYPES", "WRITERS", "account_names", "export_file", "export_posts", "file_name", "read_end"]
