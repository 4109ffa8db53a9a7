"""manage.py import_posts: bring posts in from a CSV or JSON file."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, datetime
from pathlib import Path
from typing import Any

from scheduling.management.wording import as_text, failure_of
from scheduling.services.importing import KINDS, MOST_BYTES, OF_POSTS, as_document, format_of, import_file
from workspaces.errors import Invalid, NotFound
from workspaces.management.base import ACTOR, Answer, ServiceCommand, find_workspace


class Command(ServiceCommand):
    """Imports a file and answers every row."""

    help = (
        "Import posts from a CSV (title, body, link, channel_account, scheduled_for) or JSON file. Every row is "
        "answered; all of them come in, or none. What stands already is left alone, so a file can be imported twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file, and how it comes in."""
        parser.add_argument("file", type=Path, metavar="FILE", help="a .csv or .json file in UTF-8")
        parser.add_argument("--workspace", required=True, metavar="SLUG", help="where the posts come in")
        parser.add_argument("--kind", choices=KINDS, default=OF_POSTS, help="what the rows are (default: posts)")
        parser.add_argument("--dry-run", action="store_true", help="answer the same, and change nothing")
        parser.add_argument("--partial", action="store_true", help="import the good rows although others are refused")
        parser.add_argument(
            "--starting",
            type=_read_day,
            metavar="DATE",
            help="move all times by whole weeks, so that the earliest falls in the week from this day on",
        )

    def answer(self, options: dict[str, Any], *, now: datetime) -> Answer:
        """Import."""
        workspace = find_workspace(options["workspace"])
        format, data = _read_file(options["file"])
        report = import_file(
            workspace=workspace,
            kind=options["kind"],
            data=data,
            format=format,
            now=now,
            actor=ACTOR,
            dry_run=options["dry_run"],
            partial=options["partial"],
            starting=options["starting"],
        )
        return Answer(as_document(report), as_text(report), failure_of(report))


def _read_file(path: Path) -> tuple[str, bytes]:
    """Return a file's format and content, no more of it than is allowed and one byte.

    :raises Invalid: :raises NotFound: if there is no such file, or it cannot be read.
    """
    shown = str(path).encode(errors="backslashreplace").decode()
    try:
        if not path.exists():
            raise NotFound(f"There is no file {shown}.")
        if not path.is_file():
            raise Invalid(f"{shown} is not a file. Name a .csv or .json file.")
        format = format_of(shown)
        with path.open("rb") as file:
            return format, file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Invalid(f"{shown} cannot be read: {error.strerror}.") from error


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"'{text[:50]}' is not a date: write it like 2027-01-31") from None
