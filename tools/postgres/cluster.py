"""One PostgreSQL server in one temporary directory: started, lent and removed."""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tools.postgres.binaries import NotStarted, call, give, is_open_to_all, owner, places, within_reach

ROOT = Path(__file__).resolve().parent.parent.parent
PREFIX = "marketmind-postgres-"
OLDEST = 14
START_LIMIT = 30  # seconds
STOP_LIMIT = 10  # seconds
SETTINGS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "100"}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def new_directory() -> Path:
    """Make a directory for one server, in /tmp where the server's user cannot enter the usual place."""
    usual = Path(tempfile.gettempdir()).resolve()
    directory = Path(tempfile.mkdtemp(prefix=PREFIX, dir=usual if not owner() or is_open_to_all(usual) else "/tmp"))
    give(directory)
    return directory


def start(directory: Path, *, fast: bool = False) -> str:
    """Start a server in a new directory and return the URL of its database.

    :param fast: without durability: for tests, not for benchmarks.
    :raises NotStarted: if no place has one that starts, with the reason of each.
    """
    reasons = []
    for folder in places():
        try:
            return launch(folder, directory, SETTINGS | (FAST if fast else {}))
        except (NotStarted, OSError) as error:
            reasons.append(f"{folder}: {error}")
            halt(directory)
    found = "; ".join(reasons) or "none found. Install one, or name the folder of its programs in POSTGRES_BIN"
    raise NotStarted(f"No PostgreSQL {OLDEST} or newer could be started: {found}")


def launch(folder: Path, directory: Path, settings: dict[str, str]) -> str:
    programs, data = within_reach(folder, directory), directory / "data"
    version = call(programs / "postgres", "--version", cwd=directory)
    if int(re.findall(r"\d+", version)[0]) < OLDEST:
        raise NotStarted(f"{version} is older than {OLDEST}")
    create(programs, data, settings)
    password = secrets.token_hex(16)
    role = f"CREATE ROLE marketmind LOGIN CREATEDB PASSWORD '{password}'\nCREATE DATABASE marketmind OWNER marketmind\n"
    call(programs / "postgres", "--single", "-D", data, "postgres", cwd=directory, given=role)
    return f"postgres://marketmind:{password}@127.0.0.1:{listen(programs, data)}/marketmind"


def create(programs: Path, data: Path, settings: dict[str, str]) -> None:
    """Create the files of a server whose superuser has a password that nobody keeps."""
    secret = data.with_name("password")
    secret.write_text(secrets.token_hex(16), encoding="utf-8")
    give(secret)
    access = ("--username=postgres", "--auth=password", f"--pwfile={secret}")
    kind = ("--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
    call(programs / "initdb", "-D", data, *access, *kind, cwd=data.parent)
    secret.unlink()
    with (data / "postgresql.conf").open("a", encoding="utf-8") as conf:
        conf.writelines(f"{name} = '{value}'\n" for name, value in settings.items())


def listen(programs: Path, data: Path, attempts: int = 3) -> int:
    """Start the server on a free port and return it; where another program takes that port meanwhile, try the next."""
    port, log = free_port(), data.with_name("log")
    wait = ("-w", "-t", str(START_LIMIT))
    try:
        call(programs / "pg_ctl", "start", "-D", data, *wait, "-l", log, "-o", f"-p {port}", cwd=data.parent)
    except NotStarted as error:
        said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
        if attempts > 1 and "Address already in use" in said:
            return listen(programs, data, attempts - 1)
        raise NotStarted(f"{error} {' '.join(said.split())[-500:]}") from None
    return port


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def halt(directory: Path) -> None:
    """End the server in a directory at once and remove everything that `start` made there."""
    pid_file = directory / "data/postmaster.pid"
    with suppress(FileNotFoundError, ProcessLookupError, ValueError, IndexError):
        os.kill(int(pid_file.read_text(encoding="utf-8").split()[0]), signal.SIGQUIT)
        deadline = time.monotonic() + STOP_LIMIT
        while pid_file.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
    for path in directory.glob("*"):
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def remove(directory: Path) -> None:
    """Remove a server and its directory; an interrupted start may still write there for a moment."""
    deadline = time.monotonic() + STOP_LIMIT
    while directory.exists() and time.monotonic() < deadline:
        halt(directory)
        with suppress(OSError):
            directory.rmdir()
        time.sleep(0.02)


@contextmanager
def server(*, fast: bool = False) -> Iterator[str]:
    """Lend the URL of a new server; at the end nothing is left of it, even if this process is killed.

    A guard process does the removing: it waits for the end of its input, which only this process holds open.

    :raises NotStarted: if none can be started.
    """
    directory = new_directory()
    command = [sys.executable, "-m", "tools.postgres", "guard", str(directory)]
    guard = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=ROOT, start_new_session=True)
    try:
        yield start(directory, fast=fast)
    finally:
        guard.stdin.close()
        guard.wait()
