"""manage.py publish_pending: the workers' work in the foreground, once."""

import os
import signal
import socket
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from publishing.services.courier import carry_all
from publishing.services.sending import send_pending
from publishing.services.tick import tick
from scheduling.services.batches.work import work_on_batches
from workspaces.management.base import Answer, ServiceCommand, whole

STOPPED = "Stopped: what was being sent is written down, nothing new was claimed. Sent so far: {}."

AS_LONG_AS_IT_TAKES = timedelta(days=1)


class Command(ServiceCommand):
    """Ticks, places the batches that wait, then sends until nothing is due, or somebody asks it to stop."""

    help = "Publish what is due now, in all workspaces, and end. Workers may run beside it: each post goes out once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the limit."""
        parser.add_argument("--limit", type=whole(least=1), metavar="N", help="how many posts at most (default: all)")

    def answer(self, options: dict[str, Any], *, now: datetime) -> Answer:
        """Tick and send."""
        # Sending takes its time: each claim has to see the clock of its own moment.
        holder = f"{socket.gethostname()[:60]}:{os.getpid()}"
        with told_to_stop() as stopping:
            tick(now=now)
            work_on_batches(clock=timezone.now, stopping=stopping, life=AS_LONG_AS_IT_TAKES)
            settled = send_pending(holder=holder, clock=timezone.now, most=options["limit"], stopping=stopping)
            carry_all(clock=timezone.now, stopping=stopping)
        counts = ", ".join(f"{count} {status}" for status, count in sorted(settled.items()))
        failure = STOPPED.format(counts or "nothing") if stopping() else ""
        document = {"total": sum(settled.values()), "settled": settled}
        return Answer(document, counts or "Nothing is due.", failure)


@contextmanager
def told_to_stop() -> Iterator[Callable[[], bool]]:
    """Lend a function that tells whether Ctrl-C or SIGTERM has come; a second one is obeyed at once."""
    told: list[int] = []

    def note(number: int, frame: object) -> None:
        told.append(number)
        signal.signal(number, usual[number])

    usual = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(told)
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)
