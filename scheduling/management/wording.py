"""How an import's report reads in a terminal."""

from collections.abc import Iterator

from scheduling.services.importing import Report, Result, RowReport, better_times, refusal_of

WORDS = {
    Result.SCHEDULED: "scheduled",
    Result.DRAFT: "draft",
    Result.TRAY: "tray",
    Result.ALREADY_THERE: "already there",
    Result.MADE: "made",
    Result.REFUSED: "refused",
}
INDENT = " " * 10


def as_text(report: Report) -> str:
    """Return a report for people: a line for each row, below it what is to be said of it, and the sum."""
    lines = [line for row in report.rows for line in _row_lines(row)]
    return "\n".join([*lines, "", _sum(report)])


def failure_of(report: Report) -> str:
    """Return why nothing came in, as a sentence; nothing if that is not so."""
    if not report.is_refused:
        return ""
    return f"{refusal_of(report)}{'' if report.partial else ' Mend them, or import the others with --partial.'}"


def _row_lines(row: RowReport) -> Iterator[str]:
    place = f"row {row.number}" + (f" (line {row.line})" if row.line else "")
    time = row.local_time.replace("T", " ").removesuffix(":00") or ("" if row.result == Result.MADE else "no time")
    yield f"{place:<20} {WORDS[row.result]:<13} {time:<19} {shown(row.channel_account):<20} {shown(row.title)}"
    if row.reason:
        yield f"{INDENT}{row.reason}"
    for note in row.notes:
        yield f"{INDENT}{note}"
    for message, nearest in better_times(row):
        better = f" {nearest:%Y-%m-%d %H:%M} would keep every rule." if nearest else ""
        yield f"{INDENT}Warning: {message}{better}"


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
