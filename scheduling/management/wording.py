"""How an import's report reads, for people and as JSON."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from scheduling.rules import iso, to_local
from scheduling.services.importing import Report, Result, RowReport

WORDS = {
    Result.SCHEDULED: "scheduled",
    Result.TRAY: "tray",
    Result.ALREADY_THERE: "already there",
    Result.REFUSED: "refused",
}
INDENT = " " * 10


def as_document(report: Report) -> dict[str, Any]:
    """Return a report for programs."""
    return {
        "imported": report.is_kept,
        "dry_run": report.dry_run,
        "weeks_moved": report.weeks_moved,
        "total": len(report.rows),
        "counts": report.counts,
        "rows": [_row_document(row) for row in report.rows],
    }


def as_text(report: Report) -> str:
    """Return a report for people: a line for each row, below it what is to be said of it, and the sum."""
    lines = [line for row in report.rows for line in _row_lines(row)]
    return "\n".join([*lines, "", _sum(report)])


def failure_of(report: Report) -> str:
    """Return why nothing came in, as a sentence; nothing if that is not so."""
    if not report.is_refused:
        return ""
    refused = report.counts[Result.REFUSED]
    rows = "1 row is" if refused == 1 else f"{refused} rows are"
    hint = "" if report.partial else " Mend them, or import the others with --partial."
    return f"Nothing was imported: {rows} refused.{hint}"


def _row_document(row: RowReport) -> dict[str, Any]:
    return {
        "row": row.number,
        "line": row.line,
        "title": row.title.encode(errors="replace").decode(),
        "channel_account": row.channel_account.encode(errors="replace").decode(),
        "result": row.result.value,
        "scheduled_for": iso(row.at) if row.at else None,
        "local_time": row.local_time or None,
        "timezone": row.timezone or None,
        "warnings": row.warnings,
        "notes": row.notes,
        "reason": row.reason or None,
        "id": str(row.instance_id) if row.instance_id else None,
    }


def _row_lines(row: RowReport) -> Iterator[str]:
    place = f"row {row.number}" + (f" (line {row.line})" if row.line else "")
    time = row.local_time.replace("T", " ").removesuffix(":00") or "no time"
    yield f"{place:<20} {WORDS[row.result]:<13} {time:<19} {shown(row.channel_account):<20} {shown(row.title)}"
    if row.reason:
        yield f"{INDENT}{row.reason}"
    for note in row.notes:
        yield f"{INDENT}{note}"
    for warning in row.warnings:
        yield f"{INDENT}Warning: {warning['message']}{_better(warning, row)}"


def _better(warning: dict[str, Any], row: RowReport) -> str:
    if not warning["nearest"]:
        return ""
    nearest = to_local(datetime.fromisoformat(warning["nearest"]), ZoneInfo(row.timezone))
    return f" {nearest:%Y-%m-%d %H:%M} would keep every rule."


def _sum(report: Report) -> str:
    counts = ", ".join(f"{count} {WORDS[Result(name)]}" for name, count in report.counts.items() if count)
    moved = f" All times moved by {report.weeks_moved:+} weeks." if report.weeks_moved else ""
    tried = ": this was a dry run" if report.dry_run else ""
    kept = "" if report.is_kept else f" Nothing was changed{tried}."
    return f"{len(report.rows)} row{'' if len(report.rows) == 1 else 's'}: {counts}.{moved}{kept}"


def shown(text: str, most: int = 60) -> str:
    """Return text that cannot do anything to a terminal, cut where it is longer than a line takes."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return f"{printable[:most]}…" if len(printable) > most else printable
