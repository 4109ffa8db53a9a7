"""manage.py tick: let time pass, and hand what is due to the workers."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from publishing.services.tick import tick
from workspaces.management.base import Answer, ServiceCommand


class Command(ServiceCommand):
    """Ticks all workspaces; the workers do it every minute by themselves."""

    help = "Hand due posts to the workers, miss what is too late, and free what a dead worker held; in all workspaces."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the dry run."""
        parser.add_argument("--dry-run", action="store_true", help="only say how many posts are due")

    def answer(self, options: dict[str, Any], *, now: datetime) -> Answer:
        """Tick."""
        done = tick(now=now, dry_run=options["dry_run"])
        posts = f"{done.moved} due post{'' if done.moved == 1 else 's'}"
        document = {"moved": done.moved, "dry_run": done.dry_run, "log_ids": [str(one) for one in done.log_ids]}
        return Answer(document, f"Would hand {posts} over." if done.dry_run else f"Handed {posts} to the workers.")
