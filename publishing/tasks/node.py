"""What the main process of a cluster does beside q2: its heartbeat, its lanes, and a look whether they run."""

import logging
import os
import socket
from datetime import timedelta
from time import monotonic

from django.conf import settings
from django.db import connections
from django.utils import timezone
from django_q.tasks import async_task

from publishing.services.lanes import SPARE_WORKERS, beat, end_beat, free_lanes, is_silent, lanes_to_queue
from publishing.services.outages import outlasted
from scheduling.services.batches.work import work_waits

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0
SILENT = timedelta(seconds=15)
FROZEN_AFTER = 30.0  # Seconds of silence in a row; with the first 15, a cluster is frozen after 45.


def ensure_lanes() -> None:
    """Queue a run of every lane that has none, or an old one."""
    for number in lanes_to_queue(now=timezone.now()):
        async_task("publishing.tasks.lane", number, q_options={"task_name": f"lane-{number}", "save": False})


def ensure_batches() -> None:
    """Queue a run for the batches that wait, where there is none: one at a time, so that a spare worker stays free."""
    if work_waits(now=timezone.now()):
        async_task("publishing.tasks.batches", q_options={"task_name": "batches", "save": False})


class Node:
    """This machine's part in the work."""

    name = f"{socket.gethostname()[:60]}:{os.getpid()}"

    def __init__(self) -> None:
        self._next_look = 0.0
        self._heard_at = monotonic()
        with outlasted():
            free_lanes(node=self.name)

    def look(self) -> bool:
        """Beat, queue the lanes that need it; return whether the workers have frozen."""
        if monotonic() < self._next_look:
            return False
        self._next_look = monotonic() + LOOK_EVERY
        silent = False  # What cannot be asked, while the database is away, is not held against the workers.
        with outlasted():
            now = timezone.now()
            beat(node=self.name, lanes=settings.Q_WORKERS - SPARE_WORKERS, now=now)
            ensure_lanes()
            ensure_batches()
            silent = is_silent(node=self.name, now=now, since=now - SILENT)
        if not silent:
            self._heard_at = monotonic()
        return monotonic() - self._heard_at > FROZEN_AFTER

    def leave(self) -> None:
        """Note that this node works no more."""
        with outlasted():
            end_beat(node=self.name)
        connections.close_all()
