import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from tools import postgres
from tools.postgres import binaries

ROOT = Path(__file__).resolve().parents[2]
TOOL = [sys.executable, "-m", "tools.postgres"]


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*TOOL, *arguments], cwd=ROOT, env={**os.environ, **environ}, capture_output=True, text=True, check=False
    )


@pytest.fixture
def temporary(monkeypatch):
    """Return an empty folder that takes every server of the test; tmp_path is closed to the server's user."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    yield folder
    shutil.rmtree(folder)


def program(folder: Path, name: str, says: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\necho '{says}'\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def test_a_named_folder_is_the_only_place(monkeypatch, tmp_path):
    monkeypatch.setenv("POSTGRES_BIN", str(tmp_path))

    assert binaries.places() == [tmp_path]


def test_newer_versions_come_first():
    folders = [Path(f"/usr/lib/postgresql/{version}/bin") for version in (9, 17, 15)]

    assert [folder.parent.name for folder in binaries.newest_first(folders)] == ["17", "15", "9"]


def test_no_server_is_one_loud_sentence_and_exit_code_3(temporary, tmp_path):
    done = run("run", "--", "echo", "ran", POSTGRES_BIN=str(tmp_path / "nothing"))

    assert done.returncode == 3
    assert "*** No PostgreSQL 14 or newer could be started: " in done.stderr
    assert done.stdout == ""
    assert list(temporary.iterdir()) == []


def test_a_server_that_is_too_old_is_refused_by_name(temporary, monkeypatch, tmp_path):
    program(tmp_path / "old/bin", "initdb", "")
    program(tmp_path / "old/bin", "postgres", "postgres (PostgreSQL) 13.9")
    monkeypatch.setenv("POSTGRES_BIN", str(tmp_path / "old/bin"))

    with pytest.raises(postgres.NotStarted, match=r"13\.9 is older than 14"), postgres.server():
        pass

    assert list(temporary.iterdir()) == []


def test_stop_refuses_a_folder_that_it_did_not_make(tmp_path):
    done = run("stop", str(tmp_path))

    assert done.returncode == 2
    assert tmp_path.exists()


@pytest.mark.postgres
def test_a_server_is_lent_and_leaves_nothing_behind(temporary):
    with postgres.server(fast=True) as url, psycopg.connect(url) as connection:
        version = connection.info.server_version
        superuser = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()[0]
        durable = connection.execute("SHOW fsync").fetchone()[0]
        connection.close()

    assert version >= 140000
    assert (superuser, durable) == (False, "off")
    assert list(temporary.iterdir()) == []


@pytest.mark.postgres
def test_the_commands_exit_code_is_passed_on(temporary):
    done = run("run", "--fast", "--", "sh", "-c", 'echo "$DATABASE_URL"; exit 7')

    assert done.returncode == 7
    assert done.stdout.startswith("postgres://marketmind:")
    assert list(temporary.iterdir()) == []


@pytest.mark.postgres
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_an_owner_that_is_ended_by_force_leaves_no_server_behind(temporary, number):
    command = [
        *TOOL,
        "run",
        "--fast",
        "--",
        sys.executable,
        "-c",
        "import time; print('up', flush=True); time.sleep(60)",
    ]
    owner = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    owner.stdout.readline()

    owner.send_signal(number)
    owner.wait(timeout=20)

    deadline = time.monotonic() + 20
    while list(temporary.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(owner.pid, signal.SIGKILL) if number == signal.SIGKILL else None
    owner.stdout.close()
    assert list(temporary.iterdir()) == []


@pytest.mark.postgres
def test_started_by_hand_it_stays_until_it_is_stopped(temporary):
    started = run("start", "--fast").stdout.splitlines()
    url, directory = started[0].removeprefix("DATABASE_URL="), started[1].split()[-1]
    psycopg.connect(url).close()

    stopped = run("stop", directory)

    assert stopped.returncode == 0
    assert list(temporary.iterdir()) == []
