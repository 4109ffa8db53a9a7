"""Files to import, and bringing them in at NOW."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from scheduling.services.importing import COLUMNS, Report, import_posts
from scheduling.tests.factories import NOW
from workspaces.models import Workspace

HEADER = ",".join(COLUMNS)
POST = {
    "title": "Free cupping this Saturday",
    "body": "Come and taste the autumn blend with us ☕️",
    "link": "https://lumen.example.com/cata",
    "channel_account": "lumen-x",
    "scheduled_for": "2026-12-01T09:30",
}


def csv_of(rows: Iterable[dict[str, str]], columns: Iterable[str] = COLUMNS) -> bytes:
    """Return a CSV of posts; each says only in what it differs from POST."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns))
    writer.writeheader()
    writer.writerows({**POST, **row} for row in rows)
    return text.getvalue().encode()


def bring_in(workspace: Workspace, *rows: dict[str, str], **options: Any) -> Report:
    """Import posts; each says only in what it differs from POST."""
    return bring_in_file(workspace, csv_of(rows), **options)


def bring_in_file(workspace: Workspace, data: bytes, format: str = "csv", **options: Any) -> Report:
    """Import a file."""
    return import_posts(workspace=workspace, data=data, format=format, **{"now": NOW, "actor": "command", **options})


def answers(report: Report) -> list[tuple[str, str]]:
    """Return the result of each row, and why it was refused."""
    return [(row.result.value, row.reason) for row in report.rows]
