"""An import's report for programs: the same from the command and over the API."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from scheduling.rules import iso, to_local
from scheduling.services.importing.report import Report, Result, RowReport
from workspaces.rules.sentences import sentence


def as_document(report: Report) -> dict[str, Any]:
    """Return a report as JSON."""
    return {
        "imported": report.is_kept,
        "dry_run": report.dry_run,
        "partial": report.partial,
        "weeks_moved": report.weeks_moved,
        "total": len(report.rows),
        "counts": report.counts,
        "rows": [_row(row, is_kept=report.is_kept) for row in report.rows],
    }


def refusal_of(report: Report) -> str:
    """Return why nothing came in, as a sentence; nothing if that is not so."""
    if not report.is_refused:
        return ""
    refused = report.counts[Result.REFUSED]
    if refused == 1:
        return sentence("Nothing was imported: 1 row is refused.")
    return sentence(f"Nothing was imported: {refused} rows are refused.")


def better_times(row: RowReport) -> list[tuple[str, datetime | None]]:
    """Return what a row's time breaks, each with the nearest local time that keeps every rule, if there is one."""
    return [(one["message"], _local(one["nearest"], row.timezone)) for one in row.warnings]


def _local(instant: str | None, zone: str) -> datetime | None:
    return to_local(datetime.fromisoformat(instant), ZoneInfo(zone)) if instant else None


def _row(row: RowReport, *, is_kept: bool) -> dict[str, Any]:
    return {
        "row": row.number,
        "line": row.line,
        "title": _sayable(row.title),
        "channel_account": _sayable(row.channel_account),
        "status": _status(row, is_kept=is_kept),
        "result": row.result.value,
        "scheduled_for": iso(row.at) if row.at else None,
        "local_time": row.local_time or None,
        "timezone": row.timezone or None,
        "warnings": row.warnings,
        "notes": row.notes,
        "reason": row.reason or None,
        "error": {"field": row.field or None, "message": row.reason} if row.reason else None,
        "id": str(row.instance_id) if row.instance_id else None,
    }


def _status(row: RowReport, *, is_kept: bool) -> str:
    """Return how far a row has come: what would be made is planned, until it is created."""
    if row.result in (Result.REFUSED, Result.ALREADY_THERE):
        return row.result.value
    return "created" if is_kept else "planned"


def _sayable(text: str) -> str:
    return text.encode(errors="replace").decode()
