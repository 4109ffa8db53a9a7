"""Many clients at the same instant, against two real web processes: a key is done once, and a pace is one pace."""

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier
from typing import Any

import httpx
import pytest
from django.db import connection

from scheduling.models import Blackout
from tests.e2e.installation import Installation, demo_database, looking_into
from workspaces.models import IdempotencyKey

pytestmark = pytest.mark.slow

CLIENTS = 64
PATH = "/api/v1/blackouts"
FAIR = {"starts_at": "2036-12-24T00:00:00Z", "ends_at": "2036-12-27T00:00:00Z", "reason": "Christmas fair"}
KEY = ("create_api_key", "--workspace", "demo", "--name", "Race", "--scopes", "read,write")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[tuple[Installation, str, str]]:
    """Lend an installation with the demo, the alias of its database, and a key."""
    folder = tmp_path_factory.mktemp("at once")
    with django_db_blocker.unblock(), demo_database(folder) as url:
        found = Installation(url, folder)
        key = found.manage_json(*KEY)["key"]
        with looking_into(url) as alias:
            yield found, alias, key


def at_once(webs: list[httpx.Client], headers: dict[str, str], method: str, **sent: Any) -> list[httpx.Response]:
    """Send the same request from all clients at one instant, to one process and the other in turn."""
    ready = Barrier(CLIENTS)

    def one(number: int) -> httpx.Response:
        address = webs[number % 2].base_url
        # No TLS is spoken here, and to read the certificates for it takes longer than the request.
        with httpx.Client(base_url=address, headers=headers, timeout=60, verify=False) as client:
            ready.wait()
            return client.request(method, PATH, **sent)

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(one, range(CLIENTS)))


def test_64_clients_with_one_key_make_one_thing_and_read_one_answer(here, monkeypatch):
    installation, alias, key = here
    monkeypatch.setenv("API_RATE_PER_SECOND", "10000")
    monkeypatch.setenv("API_RATE_BURST", "10000")
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "christmas"}

    with installation.web() as one, installation.web() as other:
        answers = at_once([one, other], headers, "POST", json=FAIR)
        later = one.post(PATH, json=FAIR, headers=headers)

    made = Blackout.objects.using(alias).get(reason=FAIR["reason"])
    statuses = Counter(answer.status_code for answer in answers)
    assert set(statuses) <= {201, 409}, statuses
    assert {answer.content for answer in answers if answer.status_code == 201} == {later.content}
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers if answer.status_code == 201) == 1
    assert all(answer.headers["Retry-After"] == "1" for answer in answers if answer.status_code == 409)
    assert later.json()["id"] == str(made.pk)
    assert IdempotencyKey.objects.using(alias).count() == 1


def test_64_clients_at_two_processes_share_one_pace(here, monkeypatch):
    installation, _, key = here
    monkeypatch.setenv("API_RATE_PER_SECOND", "1")
    monkeypatch.setenv("API_RATE_BURST", "20")

    with installation.web() as one, installation.web() as other:
        began = time.monotonic()
        answers = at_once([one, other], {"Authorization": f"Bearer {key}"}, "GET")
        took = time.monotonic() - began

    statuses = Counter(answer.status_code for answer in answers)
    assert set(statuses) == {200, 429}
    # On SQLite, a process that waits too long for the write lock counts by itself.
    buckets = 1 if connection.vendor == "postgresql" else 3
    assert 20 <= statuses[200] <= buckets * 20 + 1 + took
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer in answers if answer.status_code == 429)


@pytest.mark.sqlite
def test_who_only_reads_does_not_wait_for_somebody_who_writes_for_long(here):
    installation, _, key = here
    headers = {"Authorization": f"Bearer {key}"}

    with installation.web() as web:
        web.get(PATH, headers=headers)  # It notes that the key was used; the next within a minute does not.
        with closing(sqlite3.connect(installation.url.removeprefix("sqlite:///"), isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            answer = web.get(PATH, headers=headers)
            writer.execute("ROLLBACK")

    assert answer.status_code == 200
    assert answer.headers["RateLimit-Remaining"] == "19"
