"""manage.py workers: plan and publish in the background, until Ctrl-C or SIGTERM."""

import os
import socket
import sys
from argparse import SUPPRESS, ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from publishing.services.supervisor import Supervisor
from publishing.tasks.cluster import run_cluster
from publishing.tasks.stopping import LEAVE


class Command(BaseCommand):
    """Runs the workers: a small parent, and a cluster that it starts again when it breaks."""

    help = "Publish due posts and keep the plan filled, until Ctrl-C or SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what the parent tells the cluster that it starts."""
        parser.add_argument("--cluster-of", help=SUPPRESS)
        parser.add_argument("--lifeline", type=int, help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Supervise a cluster, or be one."""
        if options["cluster_of"]:
            sys.exit(run_cluster(node=options["cluster_of"], lifeline=options["lifeline"]))
        node = f"{socket.gethostname()[:60]}:{os.getpid()}"
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "workers", "--cluster-of", node, "--lifeline"]
        self._say("Workers are running. Ctrl-C stops them.")
        Supervisor(command=command, leave_signal=LEAVE).run()
        self._say("Workers have stopped.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
