"""Switched on by `benchmarks.slow.settings`, for a cluster that is being measured."""

import mmap
import os
import struct
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

COUNTERS = "BENCHMARK_COUNTERS"
"""Names a file with a number for each process, by its id."""
SLOTS = 1024


class SlowConfig(AppConfig):
    """Registers the channel, and counts what each process asks the database."""

    name = "benchmarks.slow"

    def ready(self) -> None:
        """Put both in place."""
        from benchmarks.slow import channel  # noqa: PLC0415  Models exist only from here on.

        channel.register()
        if COUNTERS in os.environ:
            connection_created.connect(_count_queries, dispatch_uid="benchmarks")


def _count_queries(connection: Any, **_: Any) -> None:
    if connection.execute_wrappers:  # It has been opened before.
        return
    with Path(os.environ[COUNTERS]).open("r+b") as file:
        counters = mmap.mmap(file.fileno(), SLOTS * 8)
    at = os.getpid() % SLOTS * 8

    def count(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        counters[at : at + 8] = struct.pack("q", struct.unpack("q", counters[at : at + 8])[0] + 1)
        return execute(sql, params, many, context)

    connection.execute_wrappers.append(count)


def counted(path: Path) -> int:
    """Return how many queries all processes have made."""
    return sum(struct.unpack(f"{SLOTS}q", path.read_bytes()))
