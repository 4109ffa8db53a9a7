"""Pytest plugin: the tests know no `.env`, those meant for one kind of database run only on it, SIGTERM tears down."""

import gc
import os
import signal

import pytest
from django.db import connection

from tools import settings

# Early enough: pytest loads this before pytest-django reads the settings.
os.environ.update(settings.blank() | os.environ)

REASONS = {
    "postgres": ("postgresql", "needs PostgreSQL: `make test` runs it there"),
    "sqlite": ("sqlite", "is about SQLite: `make test` runs it there"),
    "apart": ("sqlite", "has nothing to do with this database: `make test` runs it beside SQLite"),
}


def pytest_sessionstart(session: pytest.Session) -> None:
    """Let SIGTERM end the tests as Ctrl-C does: processes that they started would stay otherwise."""
    # A shell's background jobs ignore Ctrl-C, and whatever these tests start would, too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(session.config, "workerinput"):  # pytest-xdist ends its own workers
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, what the current database is not meant for."""
    for marker, (vendor, reason) in REASONS.items():
        if connection.vendor != vendor:
            for item in items:
                if item.get_closest_marker(marker):
                    item.add_marker(pytest.mark.skip(reason=reason))


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and not among modules and tests, which stay: it took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
