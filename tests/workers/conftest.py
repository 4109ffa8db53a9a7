"""A database that other processes can open, and workers that run beside a test."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection, connections

from tests.workers.running import Workers


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """Return the URL of the test's database; that of SQLite is a copy in a file, for the original is in memory."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        known = {
            name: quote(str(connection.settings_dict[name])) for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")
        }
        yield "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**known)
        return
    path = tmp_path / "marketmind.sqlite3"
    in_memory = connections["default"]
    with closing(sqlite3.connect(path)) as copy:
        in_memory.connection.backup(copy)
    connections["default"] = type(in_memory)({**in_memory.settings_dict, "NAME": str(path)}, "default")
    yield f"sqlite:///{path}"
    connections["default"].close()
    connections["default"] = in_memory


@pytest.fixture
def start_workers(shared_database: str, tmp_path: Path) -> Iterator[Callable[[], Workers]]:
    """Return a function that starts `manage.py workers`; what still runs after the test is killed."""
    started: list[Workers] = []

    def start() -> Workers:
        started.append(Workers(shared_database, tmp_path / f"workers-{len(started)}.log"))
        return started[-1]

    yield start
    for workers in started:
        workers.kill_all()


@pytest.fixture
def workers(start_workers: Callable[[], Workers]) -> Workers:
    """Return workers that are up: all of their processes run, and all of their lanes are held."""
    started = start_workers()
    started.wait_until_up()
    return started
