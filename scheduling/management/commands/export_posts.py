"""manage.py export_posts: write posts to a CSV or JSON file that import_posts reads."""

import json
import os
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from scheduling.services.calendar import Filters
from scheduling.services.exporting import WRITERS, export_file, read_end
from scheduling.services.importing import KINDS, OF_POSTS
from workspaces.errors import Invalid
from workspaces.management.base import Answer, ServiceCommand, find_workspace

FILTERS = ("brand", "channel_account", "platform", "status", "campaign")


class Command(ServiceCommand):
    """Writes a file, or to the standard output."""

    help = "Export the posts of a workspace, in the form that import_posts reads; slots without content are left out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what is exported, and to where."""
        parser.add_argument("--workspace", required=True, metavar="SLUG", help="whose posts")
        parser.add_argument("--kind", choices=KINDS, default=OF_POSTS, help="what is exported (default: posts)")
        parser.add_argument("--format", choices=list(WRITERS), help="csv (the default), or what --output ends in")
        parser.add_argument("--from", dest="start", metavar="DATE", help="from this day or time on")
        parser.add_argument("--to", dest="end", metavar="DATE", help="before this day or time")
        for name in FILTERS:
            parser.add_argument(f"--{name.replace('_', '-')}", default="", help=f"only of this {name.split('_')[-1]}")
        parser.add_argument("--output", type=Path, metavar="FILE", help="without it, the standard output")

    def answer(self, options: dict[str, Any], *, now: datetime) -> Answer:
        """Export."""
        workspace = find_workspace(options["workspace"])
        target = options["output"]
        format = options["format"] or (target.suffix.lower().removeprefix(".") if target else "") or "csv"
        format = "json" if options["json"] and target is None else format
        parts = export_file(
            workspace=workspace,
            kind=options["kind"],
            format=format,
            filters=Filters(**{name: options[name] for name in FILTERS}),
            start=read_end("from", options["start"], workspace.timezone),
            end=read_end("to", options["end"], workspace.timezone),
        )
        if target is None:
            return self._print(parts, named=options["kind"] if options["json"] else "")
        size = _write(target, parts)
        return Answer({"file": str(target), "bytes": size}, f"Wrote {size:,} bytes to {target}.")

    def _print(self, parts: Iterator[bytes], *, named: str) -> Answer:
        """Write to the standard output as UTF-8, whatever the terminal takes; whoever reads may stop (`… | head`)."""
        if named:
            return Answer({named: json.loads(b"".join(parts))}, "")
        raw = getattr(self.stdout, "buffer", None)
        try:
            for part in parts:
                raw.write(part) if raw else self.stdout.write(part.decode(), ending="")
            self.stdout.flush()
        except BrokenPipeError:
            # What Python would still write at its end goes nowhere, as the documentation of SIGPIPE has it.
            with Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), self.stdout.fileno())
        return Answer({}, "")


def _write(target: Path, parts: Iterator[bytes]) -> int:
    """Write beside the file and put it in its place when it is whole; return its size.

    :raises Invalid: if it cannot be written.
    """
    beside = target.with_name(f".{target.name}.part")
    try:
        with beside.open("wb") as file:
            for part in parts:
                file.write(part)
            size = file.tell()
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Invalid(f"{target} cannot be written: {error.strerror}.") from error
    return size
