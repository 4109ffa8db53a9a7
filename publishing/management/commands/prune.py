"""manage.py prune: remove what has done its work, by the retention settings."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from publishing.services.pruning import prune
from publishing.tasks.pruning import OF_THE_QUEUE
from workspaces.management.base import Answer, ServiceCommand


class Command(ServiceCommand):
    """Prunes everything; the workers do it once a day by themselves."""

    help = "Remove what has done its work, by the retention settings (RETAIN_…); publish logs and posts stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the dry run."""
        parser.add_argument("--dry-run", action="store_true", help="only count what would go")

    def answer(self, options: dict[str, Any], *, now: datetime) -> Answer:
        """Prune."""
        found = prune(now=now, dry_run=options["dry_run"], also=OF_THE_QUEUE)
        told = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in found.items() if number)
        verb = "Would remove" if options["dry_run"] else "Removed"
        document = {"dry_run": options["dry_run"], "removed": found}
        return Answer(document, f"{verb} {told}." if told else "There is nothing to remove.")
