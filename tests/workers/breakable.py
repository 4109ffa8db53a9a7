"""A PostgreSQL that a test may kill: with durable commits, on the same port again after each start."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from django.core.management import call_command
from django.db import connections

from tools.postgres.binaries import NotStarted, call
from tools.postgres.cluster import new_directory, remove, start


class Database:
    """The server, in a directory of its own."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.url = start(directory)
        self.deaths = 0

    def kill(self) -> None:
        """SIGKILL all of its processes."""
        pid = int((self._directory / "data/postmaster.pid").read_text(encoding="utf-8").split()[0])
        server = psutil.Process(pid)
        for process in [server, *server.children()]:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
        self.deaths += 1

    def start_again(self) -> None:
        """Start it on the port that it had; it recovers by itself."""
        data = self._directory / "data"
        program = (data / "postmaster.opts").read_text(encoding="utf-8").split(' "')[0]  # It may hold spaces.
        options = ("-w", "-t", "30", "-l", self._directory / "log", "-o", f"-p {urlsplit(self.url).port}")
        for _ in range(20):
            try:
                call(Path(program).with_name("pg_ctl"), "start", "-D", data, *options, cwd=self._directory)
            except NotStarted:  # One of the dead still holds its memory.
                time.sleep(0.5)
            else:
                return
        raise NotStarted((self._directory / "log").read_text(encoding="utf-8")[-500:])


@contextmanager
def breakable_database() -> Iterator[Database]:
    """Lend a migrated database in the place of the test's own."""
    directory = new_directory()
    usual = connections["default"]
    try:
        database = Database(directory)
        parts = urlsplit(database.url)
        own = {"NAME": parts.path[1:], "USER": parts.username, "PASSWORD": parts.password}
        own |= {"HOST": parts.hostname, "PORT": str(parts.port)}
        connections["default"] = type(usual)({**usual.settings_dict, **own}, "default")
        call_command("migrate", verbosity=0)
        yield database
    finally:
        connections["default"].close()
        connections["default"] = usual
        remove(directory)
