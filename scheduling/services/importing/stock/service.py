"""Importing what posts are made of: every row is answered, and all of them come in or none, unless some may."""

from datetime import datetime

from scheduling.services.importing.cells import SURROGATE, tidy
from scheduling.services.importing.report import Report, Result, RowReport
from scheduling.services.importing.rows import FileRow
from scheduling.services.importing.stock.base import Cells, Stock
from workspaces.errors import Conflict, Invalid
from workspaces.ledger import unit_of_work
from workspaces.models import Workspace
from workspaces.rules.sentences import sentence


class _Undo(Exception):
    """Takes back what was tried out."""


def import_stock(
    *, stock: Stock, rows: list[FileRow], now: datetime, actor: str, dry_run: bool = False, partial: bool = False
) -> Report:
    """Import the rows of a file; what stands already is left alone.

    :param dry_run: answer the same, and change nothing.
    :param partial: import the good rows although others are refused.
    """
    entries = [_understood(row, stock) for row in rows]
    report = Report([one for _, one in entries], dry_run=dry_run, partial=partial, weeks_moved=0)
    good = [(cells, one) for cells, one in entries if not one.reason]
    try:
        with unit_of_work():
            # Two files at once would make the same twice.
            Workspace.objects.select_for_update(no_key=True).get(pk=stock.workspace.pk)
            stock.expect(cells for cells, _ in good)
            for cells, one in good:
                _bring(stock, cells, one, now=now, actor=actor)
            if not report.is_refused:
                stock.write(now=now, actor=actor)
            if not report.is_kept:
                raise _Undo
    except _Undo:
        report.forget_ids()
    return report


def _understood(row: FileRow, stock: Stock) -> tuple[Cells, RowReport]:
    cells = {name: tidy(row.cells.get(name, "")) for name in stock.table.names}
    first = stock.table.columns[0]
    cells[first] = " ".join(line.strip() for line in cells[first].split("\n") if line.strip())
    report = RowReport(row.number, row.line, cells[first], cells.get("brand", ""))
    report.reason = row.problem
    for name, text in () if row.problem else cells.items():
        if "\x00" in text:
            report.reason, report.field = sentence(f"The {name} holds a NUL character. Take it out."), name
        elif SURROGATE.search(text):
            said = sentence(f"The {name} holds half of a character (a lone surrogate). Write it again.")
            report.reason, report.field = said, name
        elif not text and name in stock.table.needed:
            report.reason, report.field = sentence(f"The {name} is empty."), name
    return cells, report


def _bring(stock: Stock, cells: Cells, report: RowReport, *, now: datetime, actor: str) -> None:
    try:
        found = stock.bring(cells, now=now, actor=actor)
    except (Conflict, Invalid) as refusal:
        field = next(iter(refusal.errors), "")
        report.reason = refusal.message
        report.field = field if field in stock.table.names else ""
        return
    report.result = stock.result if found.is_new else Result.ALREADY_THERE
    report.instance_id = found.key
