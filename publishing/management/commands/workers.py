"""manage.py workers: plan and publish in the background, until Ctrl-C or SIGTERM."""

import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections, connections
from django.utils import timezone

from publishing.services.lanes import SPARE_WORKERS, beat, end_beat, last_seen
from publishing.services.supervisor import FROZEN_AFTER, Supervisor, Watch
from publishing.tasks import ensure_lanes
from publishing.tasks.cluster import run_cluster
from publishing.tasks.stopping import LEAVE


class Command(BaseCommand):
    """Runs the workers; `--cluster` is what it starts itself."""

    help = "Publish due posts and keep the plan filled, until Ctrl-C or SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the inner switch."""
        parser.add_argument(
            "--cluster", action="store_true", help="run one cluster, unsupervised (used by this command)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Supervise a cluster, or be one."""
        if options["cluster"]:
            run_cluster()
        name = f"{socket.gethostname()[:60]}:{os.getpid()}"
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "workers", "--cluster"]
        watch = Watch(beat=lambda: _beat(name), silence=_silence)
        self.stdout.write("Workers are running. Ctrl-C stops them.")
        self.stdout.flush()
        try:
            Supervisor(command=command, watch=watch, leave_signal=LEAVE).run()
        finally:
            end_beat(name=name)
            connections.close_all()
        self.stdout.write("Workers have stopped.")


def _beat(name: str) -> None:
    close_old_connections()
    beat(name=name, lanes=settings.Q_WORKERS - SPARE_WORKERS, now=timezone.now())
    ensure_lanes()


def _silence() -> float:
    seen = last_seen()
    return (timezone.now() - seen).total_seconds() if seen else FROZEN_AFTER + 1
