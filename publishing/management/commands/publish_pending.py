"""manage.py publish_pending: the workers' work in the foreground, once."""

import os
import socket
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.utils import timezone

from publishing.services.sending import send_pending
from publishing.services.tick import tick
from workspaces.management.base import Answer, ServiceCommand, whole


class Command(ServiceCommand):
    """Ticks, then sends until nothing is due."""

    help = "Publish what is due now, in all workspaces, and end. Workers may run beside it: each post goes out once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the limit."""
        parser.add_argument("--limit", type=whole(least=1), metavar="N", help="how many posts at most (default: all)")

    def answer(self, options: dict[str, Any], *, now: datetime) -> Answer:
        """Tick and send."""
        tick(now=now)
        # Sending takes its time: each claim has to see the clock of its own moment.
        holder = f"{socket.gethostname()[:60]}:{os.getpid()}"
        settled = send_pending(holder=holder, clock=timezone.now, most=options["limit"])
        counts = ", ".join(f"{count} {status}" for status, count in sorted(settled.items()))
        return Answer({"total": sum(settled.values()), "settled": settled}, counts or "Nothing is due.")
