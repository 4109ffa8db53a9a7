"""An installation of its own for a test: a fresh database, and the real commands, web and workers on it."""

import atexit
import fcntl
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import environ
import httpx
import psutil
import psycopg
from django.conf import settings as django_settings
from django.contrib.staticfiles.finders import get_finders
from django.db import connections
from psycopg import sql

from tools import settings

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT = 40  # seconds


@dataclass(frozen=True)
class Installation:
    """The checkout with a database of its own, and a folder for what its processes print."""

    url: str
    folder: Path

    @property
    def environ(self) -> dict[str, str]:
        """What its processes find in their environment."""
        known = {name: value for name, value in os.environ.items() if name != "DEMO_PASSWORD"}
        return {**settings.blank(), **known, "DATABASE_URL": self.url, "Q_WORKERS": "3"}

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of `manage.py` to its end."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environ, capture_output=True, text=True, check=False)

    def manage(self, *arguments: str) -> str:
        """Run a command that has to succeed, and return what it printed."""
        done = self.call(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def manage_json(self, *arguments: str) -> dict[str, Any]:
        """Run a command that has to succeed, and return its JSON."""
        return json.loads(self.manage(*arguments, "--json"))

    def collect_static(self) -> None:
        """Put the static files into their place if any is newer, in turn with the tests that run beside these."""
        with (ROOT / "var" / "static.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not _static_files_are_collected():
                self.manage("collectstatic", "--noinput", "--verbosity=0")

    @contextmanager
    def running(self, name: str, *command: str) -> Iterator[subprocess.Popen[bytes]]:
        """Lend a process that runs beside the test; what is left of it at the end is killed."""
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=self.environ, stdout=log, stderr=log)
            try:
                yield process
            except BaseException as error:
                error.add_note(Path(log.name).read_text(encoding="utf-8")[-5_000:])
                raise
            finally:
                for one in family(process.pid):
                    one.kill()
                process.wait()

    @contextmanager
    def web(self) -> Iterator[httpx.Client]:
        """Lend a browser of sorts, on a web process of its own."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        options = ("--host=127.0.0.1", f"--port={port}", "--log-level=warning", "--http=marketmind.wire:Prompt")
        with (
            self.running("web", "-m", "uvicorn", "marketmind.asgi:application", *options) as process,
            httpx.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=True, timeout=30) as client,
        ):
            wait_for(lambda: _answers(client), START_LIMIT, lambda: process.poll() is None)
            yield client
            process.send_signal(signal.SIGTERM)
            process.wait(START_LIMIT)


def family(pid: int) -> list[psutil.Process]:
    """Return a process and all that it started, as far as they live."""
    try:
        first = psutil.Process(pid)
        return [first, *first.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def wait_for(condition: Any, limit: float, may_go_on: Any = lambda: True) -> None:
    """Wait until a condition holds.

    :raises AssertionError: if that takes longer than `limit` seconds, or what it waits for has ended.
    """
    end = time.monotonic() + limit
    while not condition():
        assert may_go_on(), "the process ended"
        assert time.monotonic() < end, f"not within {limit} seconds"
        time.sleep(0.1)


@contextmanager
def fresh_database(folder: Path) -> Iterator[str]:
    """Lend the URL of a new database beside the one of these tests: a file, or one on the same PostgreSQL server."""
    if not _on_postgres():
        yield f"sqlite:///{folder / 'installation.sqlite3'}"
        return
    name = f"marketmind_e2e_{uuid4().hex}"
    with _new_on_postgres(name):
        yield f"{_server()}/{name}"


@contextmanager
def demo_database(folder: Path) -> Iterator[str]:
    """Lend the URL of a database with the demo workspace: a copy of one that is made once, for that takes its time."""
    if not _on_postgres():
        path = folder / "installation.sqlite3"
        shutil.copyfile(_model(), path)
        yield f"sqlite:///{path}"
        return
    name = f"marketmind_e2e_{uuid4().hex}"
    with _new_on_postgres(name, template=_model()):
        yield f"{_server()}/{name}"


@cache
def _model() -> str:
    """Make the database that others are copies of; return its path, or its name on the PostgreSQL server."""
    folder = Path(tempfile.mkdtemp(prefix="marketmind-model-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    name = f"marketmind_model_{uuid4().hex}"
    if _on_postgres():
        lent = ExitStack()
        lent.enter_context(_new_on_postgres(name))
        atexit.register(lent.close)
    found = str(folder / "model.sqlite3")
    here = Installation(f"{_server()}/{name}" if _on_postgres() else f"sqlite:///{found}", folder)
    here.manage("migrate", "--noinput", "--verbosity=0")
    here.manage("seed_demo")
    if _on_postgres():
        return name
    with closing(sqlite3.connect(found)) as database:  # What stands in the log beside the file comes into it.
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return found


def _on_postgres() -> bool:
    return connections.settings["default"]["ENGINE"].endswith("postgresql")


def _server() -> str:
    ours = connections.settings["default"]
    user, word, host = (quote(str(ours[key]), safe="") for key in ("USER", "PASSWORD", "HOST"))
    return f"postgres://{user}:{word}@{host}:{ours['PORT'] or 5432}"


@contextmanager
def _new_on_postgres(name: str, template: str = "template1") -> Iterator[None]:
    """Make a database, and drop it at the end; a server that is gone by then has dropped it already."""
    made, like = sql.Identifier(name), sql.Identifier(template)
    with psycopg.connect(f"{_server()}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(made, like))
    try:
        yield
    finally:
        with (
            suppress(psycopg.OperationalError),
            psycopg.connect(f"{_server()}/postgres", autocommit=True) as connection,
        ):
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(made))


@contextmanager
def looking_into(url: str) -> Iterator[str]:
    """Lend an alias, of its own, under which this process reads an installation's database."""
    alias = f"installation-{uuid4().hex}"
    connections.settings[alias] = {**connections.settings["default"], **environ.Env.db_url_config(url)}
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def _static_files_are_collected() -> bool:
    """Tell whether what was collected is newer than every static file, and than what says how they are stored."""
    manifest = Path(django_settings.STATIC_ROOT) / "staticfiles.json"
    found = [storage.path(name) for finder in get_finders() for name, storage in finder.list([])]
    sources = [*found, ROOT / "marketmind" / "static_storage.py", ROOT / "marketmind" / "settings.py"]
    return manifest.exists() and manifest.stat().st_mtime > max(Path(one).stat().st_mtime for one in sources)


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/livez").status_code == 200
    except httpx.TransportError:
        return False
