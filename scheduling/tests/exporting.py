"""Reading exports back."""

import csv
import io
from collections.abc import Iterable

from scheduling.services.exporting import export_posts
from workspaces.models import Workspace


def rows_of(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV as a spreadsheet sees them."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def exported(workspace: Workspace, format: str = "csv", **options) -> bytes:
    """Return a whole file."""
    return whole(export_posts(workspace=workspace, format=format, **options))


def whole(parts: Iterable[bytes]) -> bytes:
    """Return what comes in parts."""
    return b"".join(parts)
