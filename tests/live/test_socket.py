"""The socket of a real web process, followed by a real client: nothing missed, nothing twice, whatever ends."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone
from websockets.sync.client import connect

from scheduling.models import PostInstance, Schedule
from tests.e2e.installation import family
from tests.live.following import address, end_of, events, ids

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def web(ledger):
    with ledger.installation.web() as client:
        yield client


def test_events_of_4_writers_at_once_arrive_complete_and_in_their_order(ledger, web):
    before = ledger.newest()

    with ledger.follow(web, after=before) as one, ledger.follow(web, after=before) as other:
        with ThreadPoolExecutor(4) as pool:
            for _ in pool.map(lambda _: ledger.write_often(40, 3), range(4)):
                pass
        seen = [ids(line, 480) for line in (one, other)]

    assert seen[0] == seen[1] == ledger.ids_after(before)


def test_who_joins_while_others_write_misses_nothing_and_sees_nothing_twice(ledger, web):
    before = ledger.newest()

    with ThreadPoolExecutor(2) as pool, ExitStack() as lines:
        writers = [pool.submit(ledger.write_often, 75, 2) for _ in range(2)]
        opened = [lines.enter_context(ledger.follow(web, after=before)) for _ in range(8)]
        for writer in writers:
            writer.result()
        seen = [ids(line, 300) for line in opened]

    assert all(one == ledger.ids_after(before) for one in seen)


def test_who_comes_back_with_the_last_id_reads_the_rest_and_nothing_twice(ledger):
    before = ledger.newest()
    ledger.write(700)

    with ledger.installation.web() as web, ledger.follow(web, after=before) as line:
        seen = ids(line, 650)
        (process,) = [one for one in family(os.getpid()) if f"--port={web.base_url.port}" in one.cmdline()]
        process.kill()
    ledger.write(20)
    with ledger.installation.web() as web, ledger.follow(web, after=seen[-1]) as line:
        seen += ids(line, 70)
        ledger.write(5)
        seen += ids(line, 5)

    assert seen == ledger.ids_after(before)


def test_a_socket_without_after_begins_now(ledger, web):
    ledger.write(3)

    with ledger.follow(web) as line:
        line.ping().wait(5)
        time.sleep(1)  # It has to have joined; there is no word of it.
        ledger.write(1, step="later")
        (event,) = events(line, 1)

    assert event["metadata"] == {"step": "later"}
    assert set(event) == {"id", "event_type", "entity_type", "entity_id", "metadata", "actor", "created_at"}


def test_a_socket_shows_its_own_workspace_alone(ledger, web):
    before = ledger.newest()

    with ledger.follow(web, after=before) as line:
        ledger.write(1, step="ours")
        ledger.write(5, workspace=ledger.elsewhere)
        ledger.write(1, step="ours too")
        seen = events(line, 2)

    assert [event["metadata"]["step"] for event in seen] == ["ours", "ours too"]


def test_a_schedule_shows_its_own_events_and_those_of_its_posts(ledger, web):
    schedule = Schedule(workspace_id=ledger.demo, title="Christmas week", timezone="Europe/Madrid", strategy="naive")
    schedule.save(using=ledger.alias)
    post = PostInstance.objects.using(ledger.alias).filter(workspace=ledger.demo, status="scheduled").first()
    PostInstance.objects.using(ledger.alias).filter(pk=post.pk).update(schedule=schedule)
    before = ledger.newest()

    ledger.write(1, about=post.pk, step="missed")
    with ledger.follow(web, after=before, schedule_id=schedule.pk) as line:
        ledger.write(3)
        ledger.write(1, about=post.pk, step="post")
        ledger.write(1, about=uuid4(), step="another")
        ledger.write(1, about=schedule.pk, step="schedule")
        seen = events(line, 3)

    assert [event["metadata"]["step"] for event in seen] == ["missed", "post", "schedule"]


def test_a_reader_who_does_not_keep_up_is_sent_away_and_loses_nothing(ledger, web):
    before = ledger.newest()
    headers = {"Authorization": f"Bearer {ledger.key}"}

    with (
        connect(address(web, after=before), additional_headers=headers, max_queue=1, compression=None) as slow,
        ledger.follow(web, after=before) as quick,
    ):
        seen = []
        ledger.write(1)
        seen += ids(slow, 1)
        ids(quick, 1)
        for _ in range(12):
            ledger.write(250, padding="x" * 8_000)
            ids(quick, 250)  # By then all was offered to the one that does not read, too.
        code, reason = end_of(slow)

    assert (code, "after" in reason) == (4008, True)
    with ledger.follow(web, after=seen[-1]) as line:
        assert seen + ids(line, 3_000) == ledger.ids_after(before)


def test_a_ticket_opens_the_socket_once(ledger, web):
    headers = {"Authorization": f"Bearer {ledger.key}"}
    answer = web.post("/api/v1/scheduling/ws-ticket", headers=headers)
    before = ledger.newest()

    with connect(address(web, ticket=answer.json()["ticket"], after=before)) as line:
        ledger.write(1)
        first = ids(line, 1)
    with connect(address(web, ticket=answer.json()["ticket"])) as line:
        second = end_of(line)

    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
    assert first == ledger.ids_after(before)
    assert second[0] == 4401


def test_who_may_not_come_in_reads_why(ledger, web):
    ends = []
    for asked in ({}, {"tenant_id": "elsewhere"}, {"after": "yesterday"}, {"schedule_id": uuid4()}):
        with ledger.follow(web, key=None if asked else "nonsense", **asked) as line:
            ends.append(end_of(line))

    assert [code for code, _ in ends] == [4401, 4404, 4422, 4404]
    assert all(reason for _, reason in ends)


@pytest.mark.postgres
def test_the_tail_survives_a_database_that_ends_every_connection(ledger, web):
    before = ledger.newest()

    with ledger.follow(web, after=before) as line:
        ledger.write(1)
        seen = ids(line, 1)
        with connections[ledger.alias].cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        ledger.write(2)
        seen += ids(line, 2)

    assert seen == ledger.ids_after(before)


@pytest.mark.postgres
def test_on_postgresql_an_event_is_told_at_its_commit_and_not_at_the_next_look(ledger, web):
    began = timezone.now()

    with ledger.follow(web, after=ledger.newest()) as line:
        for _ in range(10):
            ledger.write(1)
            ids(line, 1)

    assert timezone.now() - began < timedelta(seconds=10)  # Ten looks of the safety net would take fifty.
