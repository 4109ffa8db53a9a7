"""/livez and /health: whether this installation does its work."""

import json
from datetime import timedelta
from importlib.metadata import version

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from marketmind.health import health
from marketmind.tests.running import python
from publishing.models import Lane
from scheduling.tests.factories import NOW, BlackoutFactory, PostInstanceFactory, SlotFactory
from workspaces.tests.calling import Api

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def look(**values):
    return health(**{"now": NOW, "started_at": NOW - MINUTE, **values})


def working(seen=NOW):
    Lane.objects.create(number=1, seen_at=seen)


def due(ago, **values):
    at = NOW - ago
    return PostInstanceFactory(scheduled_for=at, channel_account__lateness_minutes=600, **values)


@pytest.mark.parametrize("path", ["/livez", "/livez/"])
def test_livez_answers_while_the_process_serves(path, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get(path)

    assert (answer.status_code, answer.content) == (200, b"ok")


def test_all_is_well():
    working()

    assert look() == {
        "status": "ok",
        "version": "0.1.0",
        "database": "ok",
        "migrations": "ok",
        "workers": {"last_heartbeat": "2026-11-20T09:00:00Z"},
        "oldest_due_seconds": 0,
        "tzdata": version("tzdata"),
    }


@pytest.mark.parametrize(
    ("seen", "started", "status"),
    [
        (3 * MINUTE, 60 * MINUTE, "ok"),
        (3 * MINUTE + timedelta(seconds=1), 60 * MINUTE, "degraded"),
        (None, 3 * MINUTE, "ok"),
        (None, 3 * MINUTE + timedelta(seconds=1), "degraded"),
    ],
)
def test_workers_may_be_silent_for_3_minutes_and_as_long_after_the_start(seen, started, status):
    if seen:
        working(NOW - seen)

    assert look(started_at=NOW - started)["status"] == status


@pytest.mark.parametrize(("ago", "status"), [(5 * MINUTE, "ok"), (5 * MINUTE + timedelta(seconds=1), "degraded")])
@pytest.mark.parametrize("state", ["scheduled", "pending"])
def test_a_due_post_may_wait_for_5_minutes(state, ago, status):
    working()
    due(ago, status=state)

    found = look()

    assert (found["status"], found["oldest_due_seconds"]) == (status, int(ago.total_seconds()))


@pytest.mark.parametrize("level", ["blackout", "account", "brand", "workspace"])
def test_a_post_that_something_holds_is_not_waiting(level):
    working()
    post = due(60 * MINUTE)
    account = post.channel_account
    if level == "blackout":
        BlackoutFactory(channel_account=account, starts_at=NOW - 90 * MINUTE, ends_at=NOW + MINUTE)
    else:
        row = {"account": account, "brand": account.brand, "workspace": account.workspace}[level]
        type(row).objects.filter(pk=row.pk).update(paused_at=NOW - 90 * MINUTE)

    found = look()

    assert (found["status"], found["oldest_due_seconds"]) == ("ok", 0)


def test_empty_slots_and_drafts_are_not_waiting():
    working()
    SlotFactory(scheduled_for=NOW - 60 * MINUTE)
    PostInstanceFactory(scheduled_for=NOW - 60 * MINUTE, status="draft")

    assert look()["status"] == "ok"


def test_a_missing_migration_is_degraded_and_nothing_else_is_asked():
    working()
    MigrationRecorder.Migration.objects.filter(app="publishing").delete()

    found = look()

    assert (found["status"], found["migrations"], found["database"]) == ("degraded", "1 missing", "ok")


@pytest.mark.parametrize("path", ["/health", "/health/", "/api/v1/scheduling/health"])
def test_a_monitor_reads_the_status_from_the_code(path):
    Lane.objects.create(number=1, seen_at=timezone.now())
    well = Client().get(path)
    Lane.objects.update(seen_at=timezone.now() - timedelta(hours=1))

    ill = Client().get(path, headers={"accept": "text/html"})

    assert (well.status_code, well.json()["status"]) == (200, "ok")
    assert (ill.status_code, ill.json()["status"]) == (503, "degraded")


@pytest.mark.parametrize("authorization", ["", "Bearer mm_unknown", "Basic dXNlcjpwYXNz"])
def test_nobody_reads_counts_without_credentials(authorization):
    Lane.objects.create(number=1, seen_at=timezone.now())
    PostInstanceFactory()

    answer = Client().get("/health", headers={"authorization": authorization} if authorization else {})

    assert answer.status_code in (200, 503)
    assert "counts" not in answer.json()


def test_a_key_reads_the_counts_of_its_own_workspace():
    post = PostInstanceFactory()
    PostInstanceFactory(channel_account=post.channel_account)
    SlotFactory(channel_account=post.channel_account)
    PostInstanceFactory()

    answer = Api(post.workspace, "read").get("/health")

    assert answer.json()["counts"] == {"planned": 1, "scheduled": 2}


def test_a_key_that_may_not_read_reads_no_counts():
    assert "counts" not in Api(PostInstanceFactory().workspace, "write").get("/health").json()


def test_a_person_reads_the_counts_of_their_workspaces(cast):
    PostInstanceFactory()
    client = Client()
    client.force_login(cast.viewer)

    assert client.get("/health").json()["counts"] == {}


ASK = """
import json
from django.test import Client
client = Client(raise_request_exception=False)
client.cookies["sessionid"] = "a" * 32
answers = [
    client.get("/livez"),
    client.get("/health"),
    client.get("/health", headers={"authorization": "Bearer mm_some"}),
    client.get("/api/v1/marketing/calendar", headers={"authorization": "Bearer mm_some"}),
]
print(json.dumps([(one.status_code, one["Content-Type"], one.content.decode()) for one in answers]))
"""


@pytest.mark.apart
def test_without_its_database_it_is_alive_and_ill_and_says_so_in_json():
    gone = "postgres://nobody:nothing@127.0.0.1:1/nowhere"

    done = python("manage.py", "shell", "--verbosity=0", "-c", ASK, DATABASE_URL=gone, ALLOWED_HOSTS="*")

    livez, public, named, api = json.loads(done.stdout)
    assert livez[0] == 200
    for code, kind, content in (public, named):
        assert (code, kind) == (503, "application/json")
        assert json.loads(content)["database"] == "unreachable"
    assert (api[0], api[1]) == (503, "application/json")
    assert json.loads(api[2])["error_code"] == "unavailable"
