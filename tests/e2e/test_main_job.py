"""The main job, end to end, as a user does it: from an empty database to posts that went out on time."""

import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest

from publishing.models import OutboxPost, PublishLog
from scheduling.models import PostInstance
from tests.e2e.files import DUE, Row, write_copy
from tests.e2e.installation import Installation, family, fresh_database, looking_into, wait_for
from tests.e2e.person import open_slot, sign_in, write_into
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.slow

OUT_WITHIN = 60  # seconds
STOPPED_WITHIN = 20  # seconds
LATE_AT_MOST = timedelta(minutes=60)
STORY = ["publish_scheduled_created", "publish_scheduled_enqueued", "publish_started", "publish_published"]
WORDS = {"title": "Una mesa junto a la ventana", "body": "Hoy la guardamos para quien llegue primero 🪟"}


@dataclass(frozen=True)
class Job:
    """What was done, and what is left: the file, the answers, the database, and how the workers ended."""

    alias: str
    rows: list[Row]
    imported: dict[str, Any]
    topped_off: dict[str, Any]
    slot: dict[str, Any]
    began: datetime
    stopping_took: float
    exit_code: int
    left_over: list[psutil.Process]
    log: str

    @property
    def posts(self) -> Any:
        """All posts."""
        return PostInstance.objects.using(self.alias).select_related("content_item", "channel_account")

    def post_of(self, row: Row) -> PostInstance:
        """Return the one post of a row of the file."""
        account = self.posts.filter(channel_account__external_ref=row.account)
        return account.get(scheduled_for=row.at, content_item__title=row.title)

    @property
    def due(self) -> list[PostInstance]:
        """The posts of the file that were due while the workers ran."""
        return [self.post_of(row) for row in self.rows[:DUE]]


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Job]:
    """Do the job once; the tests below look at what came of it."""
    folder = tmp_path_factory.mktemp("main job")
    with django_db_blocker.unblock(), fresh_database(folder) as url:
        here = Installation(url, folder)
        here.manage("migrate", "--noinput", "--verbosity=0")
        here.collect_static()
        with looking_into(url) as alias:
            yield _do_the_job(here, alias)


def _do_the_job(here: Installation, alias: str) -> Job:
    before = datetime.now(UTC)
    login = here.manage_json("seed_demo")
    began = datetime.now(UTC)
    path = here.folder / "our posts.csv"
    # On a busy machine a command takes its time: the posts have to be ahead when the import reads its clock.
    rows = write_copy(path, began + max(timedelta(seconds=8), 2 * (began - before)))
    imported = here.manage_json("import_posts", str(path), "--workspace", "demo")
    topped_off = here.manage_json("topoff")
    key = here.manage_json("create_api_key", "--workspace", "demo", "--name", "Screen", "--scopes", "read")["key"]
    with here.web() as web:
        sign_in(web, login["username"], login["password"])
        slot = open_slot(web, key, within=timedelta(days=20))
        write_into(web, slot["id"], **WORDS)
    with here.running("workers", "manage.py", "workers") as workers:
        posts = OutboxPost.objects.using(alias).filter(received_at__gte=began)
        last = max(row.at for row in rows[:DUE])
        due = posts.filter(post_instance__scheduled_for__lte=last)
        wait_for(lambda: due.count() >= DUE and datetime.now(UTC) > last, OUT_WITHIN, lambda: workers.poll() is None)
        running, asked = family(workers.pid), time.monotonic()
        workers.send_signal(signal.SIGTERM)
        code = workers.wait(STOPPED_WITHIN * 2)
        took = time.monotonic() - asked
        left_over = [one for one in running if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    log = Path(here.folder / "workers.log").read_text(encoding="utf-8")
    return Job(alias, rows, imported, topped_off, slot, began, took, code, left_over, log)


def test_every_row_of_the_file_was_answered(job):
    results = [row["result"] for row in job.imported["rows"]]

    assert results == ["scheduled"] * 36 + ["already_there"] * 4
    assert job.imported["imported"]
    assert job.topped_off["message"].startswith("Created ")


def test_each_due_post_is_in_the_outbox_exactly_once(job):
    for row, post in zip(job.rows, job.due, strict=False):
        received = OutboxPost.objects.using(job.alias).get(post_instance=post)
        assert received.body == row.body
        assert (post.status, post.remote_id) == ("published", str(received.pk))


def test_each_went_out_at_its_time_and_not_before(job):
    for row, post in zip(job.rows, job.due, strict=False):
        received = OutboxPost.objects.using(job.alias).get(post_instance=post).received_at
        assert post.scheduled_for == row.at
        assert row.at <= received <= row.at + LATE_AT_MOST
        assert row.at <= post.published_at <= row.at + LATE_AT_MOST


def test_what_is_not_due_waits_for_the_time_that_the_file_says(job):
    for row in job.rows[DUE:36]:
        post = job.post_of(row)
        assert (post.status, post.due_at, post.attempts) == ("scheduled", row.at, 0)
    ahead = job.posts.filter(scheduled_for__gt=datetime.now(UTC))
    assert set(ahead.values_list("status", flat=True)) == {"scheduled", "planned"}


def test_the_slot_that_was_filled_on_its_page_waits_with_its_words(job):
    post = job.posts.get(pk=job.slot["id"])

    assert (post.status, post.content_item.title, post.content_item.body) == ("scheduled", *WORDS.values())
    assert post.cadence_slot == job.slot["cadence_slot"]
    assert post.scheduled_for == datetime.fromisoformat(job.slot["scheduled_for"])


def test_nothing_went_out_twice_and_nothing_that_was_due_is_left(job):
    published = job.posts.filter(status="published").values_list("pk", flat=True)
    received = OutboxPost.objects.using(job.alias).values_list("post_instance", flat=True)

    assert sorted(received) == sorted(published)
    assert set(job.posts.values_list("status", flat=True)) <= {"published", "scheduled", "planned"}
    last = max(row.at for row in job.rows[:DUE])
    assert not job.posts.filter(status="scheduled", due_at__lte=last).exists()


def test_logs_and_ledger_tell_the_same_story(job):
    for post in job.due:
        log = PublishLog.objects.using(job.alias).get(post_instance=post)
        received = OutboxPost.objects.using(job.alias).get(post_instance=post)
        assert (log.number, log.outcome, log.idempotency_key) == (1, "accepted", received.idempotency_key)
        assert log.started_at <= received.received_at <= log.finished_at
        events = LedgerEvent.objects.using(job.alias).filter(entity_id=post.pk)
        assert list(events.values_list("event_type", flat=True)) == STORY


def test_the_workers_stopped_when_asked_and_left_nothing_behind(job):
    assert job.exit_code == 0, job.log
    assert job.stopping_took < STOPPED_WITHIN
    assert job.left_over == []
    assert not job.posts.exclude(claim=None, lease_ends_at=None).exists()
    assert "Traceback" not in job.log
