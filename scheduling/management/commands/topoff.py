"""manage.py topoff: fill the plan with the cadence's missing slots."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from scheduling.rules import iso
from scheduling.services.topoff import DEFAULT_DAYS, MOST_DAYS, top_off
from workspaces.management.base import ACTOR, Answer, ServiceCommand, find_workspace, whole


class Command(ServiceCommand):
    """Tops off one workspace, or all."""

    help = "Make the slots that the accounts' cadences ask for and that are missing. It changes and removes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add how far, and where."""
        parser.add_argument("--workspace", metavar="SLUG", help="only this one (default: all)")
        parser.add_argument(
            "--days",
            type=whole(),
            default=DEFAULT_DAYS,
            metavar="N",
            help=f"how far, 1 to {MOST_DAYS} days (default {DEFAULT_DAYS})",
        )

    def answer(self, options: dict[str, Any], *, now: datetime) -> Answer:
        """Top off."""
        workspace = find_workspace(options["workspace"]) if options["workspace"] is not None else None
        done = top_off(workspace=workspace, days=options["days"], now=now, actor=ACTOR)
        document = {
            "accounts_processed": done.accounts_processed,
            "instances_created": done.instances_created,
            "instances_skipped": done.instances_skipped,
            "window_start": iso(done.window_start),
            "window_end": iso(done.window_end),
            "message": done.message,
        }
        return Answer(document, done.message)
