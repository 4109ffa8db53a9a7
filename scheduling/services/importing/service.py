"""The import itself: every row of a file is answered, and all of them come in or none, unless some may."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import PurePath

from django.utils.translation import gettext as _

from scheduling.services.importing.accounts import Accounts
from scheduling.services.importing.csv_file import csv_rows
from scheduling.services.importing.decoding import decoded
from scheduling.services.importing.entries import Entry, understood
from scheduling.services.importing.json_file import json_rows
from scheduling.services.importing.placing import Placing
from scheduling.services.importing.report import Report
from scheduling.services.importing.rows import POSTS, FileRow, Table
from scheduling.services.importing.times import weeks_to
from workspaces.errors import Invalid
from workspaces.ledger import record, unit_of_work
from workspaces.models import Workspace

FORMATS: dict[str, Callable[[str, Table], list[FileRow]]] = {"csv": csv_rows, "json": json_rows}


def format_of(name: str) -> str:
    """Return the format of a file by its name.

    :raises Invalid: if it is none that can be imported.
    """
    format = PurePath(name).suffix.lower().removeprefix(".")
    if format not in FORMATS:
        said = _("%(name)s is neither a .csv nor a .json file.") % {"name": name[-100:]}
        raise Invalid(said, errors={"file": [said]})
    return format


def file_rows(format: str, data: bytes, table: Table = POSTS) -> list[FileRow]:
    """Return the rows of a file.

    :raises Invalid: if the file as a whole cannot be read.
    """
    return FORMATS[format](decoded(data), table)


class _Undo(Exception):
    """Takes back what was tried out."""


def import_posts(
    *,
    workspace: Workspace,
    data: bytes,
    format: str,
    now: datetime,
    actor: str,
    dry_run: bool = False,
    partial: bool = False,
    starting: date | None = None,
) -> Report:
    """Import the posts of a file: a row with a time is scheduled for it, one without goes to the tray.

    A time is kept as it is stated, with warnings. A row that stands already is left alone.

    :param data: the file, UTF-8.
    :param format: `csv` or `json`.
    :param dry_run: answer the same, and change nothing.
    :param partial: import the good rows although others are refused.
    :param starting: move all times by whole weeks, so that the earliest local date is this day or one of the next six.
    :raises Invalid: if the file as a whole cannot be read, or its times cannot be moved.
    """
    accounts = Accounts(workspace)
    entries = [understood(row, accounts) for row in file_rows(format, data)]
    weeks = _move(entries, starting) if starting else 0
    report = Report([entry.report for entry in entries], dry_run=dry_run, partial=partial, weeks_moved=weeks)
    try:
        with unit_of_work():
            placing = Placing(workspace, entries, now=now, actor=actor)
            placing.answer_all()
            if not report.is_refused:
                placing.write()
                _note(workspace, report, now=now, actor=actor)
            if not report.is_kept:
                raise _Undo
    except _Undo:
        report.forget_ids()
    return report


def _move(entries: list[Entry], starting: date) -> int:
    """Move the times of rows that have one to the week from a day on; return by how many weeks."""
    weeks = weeks_to(starting, [entry.time for entry in entries if entry.time])
    for entry in entries:
        entry.move(weeks)
    return weeks


def _note(workspace: Workspace, report: Report, *, now: datetime, actor: str) -> None:
    if report.made:
        record(
            "posts_imported",
            workspace_id=workspace.pk,
            entity_type="workspace",
            entity_id=workspace.pk,
            actor=actor,
            now=now,
            metadata=report.counts,
        )
