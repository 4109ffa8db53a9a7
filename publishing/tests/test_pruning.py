"""manage.py prune: what has done its work goes; what somebody may still need stays."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.conf import settings as ours
from django.utils import timezone
from django_q.models import Task

from publishing.models import LedgerCursor, Notice, NoticeDelivery, PublishLog, WebhookDelivery
from publishing.services import pruning
from publishing.services.pruning import prune
from publishing.tasks import prune as prune_in_the_background
from publishing.tasks.pruning import OF_THE_QUEUE
from publishing.tests.following import follow, happen
from publishing.tests.telling import NoticeTargetFactory
from scheduling.services.coverage import RUNS_DRY
from scheduling.tests.factories import NOW, PostInstanceFactory, PublishedFactory
from workspaces.models import IdempotencyKey, LedgerEvent, RateBucket, SocketTicket
from workspaces.tests.commands import run
from workspaces.tests.factories import UserFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db
DAY, MOMENT = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _retention(settings):
    settings.RETAIN_DELIVERIES_DAYS, settings.RETAIN_LEDGER_DAYS = 90, 365


def keys(number, age, now=NOW):
    rows = [
        IdempotencyKey(caller="key:a", route="/brands", key=uuid4(), fingerprint="f", created_at=now - age)
        for _ in range(number)
    ]
    return IdempotencyKey.objects.bulk_create(rows)


def delivery(endpoint, status, age):
    """Return the delivery of a new event, which is over (or not) since so long."""
    happen(endpoint.workspace)
    row = WebhookDelivery.objects.filter(endpoint=endpoint).latest("id")
    over = {"next_attempt_at": None, "finished_at": NOW - age}
    WebhookDelivery.objects.filter(pk=row.pk).update(status=status, **({} if status == "waiting" else over))
    return row


def notice(workspace, age, status="delivered"):
    """Return a notice that was sent so long ago, and its delivery, which is over since then or waits."""
    sent = Notice.objects.create(workspace=workspace, kind="failed", send_at=NOW - age, sent_at=NOW - age)
    over = {"next_attempt_at": NOW} if status == "waiting" else {"finished_at": NOW - age}
    target = NoticeTargetFactory(workspace=workspace, url="json://notices.example")
    NoticeDelivery.objects.create(notice=sent, target=target, status=status, created_at=NOW - age, **over)
    return sent


def left(model):
    return set(model.objects.values_list("pk", flat=True))


def test_answers_that_no_repeat_can_get_any_more_go():
    _, kept = keys(3, DAY + MOMENT), keys(2, DAY)

    assert prune(now=NOW)["idempotency_keys"] == 3
    assert left(IdempotencyKey) == {one.pk for one in kept}


def test_expired_tickets_sessions_and_full_buckets_go():
    workspace, user = WorkspaceFactory(), UserFactory()
    other = WorkspaceFactory()
    for until in (-MOMENT, MOMENT):
        at = NOW + until
        SocketTicket.objects.create(workspace=workspace, user=user, digest=str(until), expires_at=at)
        sessions = import_module(ours.SESSION_ENGINE).SessionStore
        sessions.get_model_class().objects.create(session_key=str(until), session_data="", expire_date=at)
    RateBucket.objects.create(workspace=workspace, full_at=NOW - DAY)
    RateBucket.objects.create(workspace=other, full_at=NOW)

    removed = prune(now=NOW)

    assert [removed[name] for name in ("socket_tickets", "sessions", "rate_buckets")] == [1, 1, 1]
    assert left(RateBucket) == {other.pk}


def test_the_log_of_webhooks_goes_after_its_days_and_what_waits_never():
    endpoint = follow(WorkspaceFactory())
    old = [delivery(endpoint, status, 90 * DAY + MOMENT) for status in ("delivered", "failed", "waiting")]
    young = delivery(endpoint, "delivered", 90 * DAY)

    assert prune(now=NOW)["webhook_deliveries"] == 2
    assert left(WebhookDelivery) == {old[2].pk, young.pk}


def test_notices_go_with_their_deliveries_unless_one_is_still_on_its_way():
    workspace = WorkspaceFactory()
    notice(workspace, 91 * DAY)
    carried, young = notice(workspace, 91 * DAY, status="waiting"), notice(workspace, 89 * DAY)
    open_one = Notice.objects.create(workspace=workspace, kind="failed", send_at=NOW - 100 * DAY)

    assert prune(now=NOW)["notices"] == 1
    assert left(Notice) == {carried.pk, young.pk, open_one.pk}
    assert NoticeDelivery.objects.count() == 2


def test_of_the_ledger_goes_what_is_old_and_nothing_needs():
    workspace, ahead, out = WorkspaceFactory(), PostInstanceFactory(), PublishedFactory()
    long_ago = NOW - 366 * DAY
    endpoint = follow(workspace, event_types=["publish_failed"])
    LedgerEvent.objects.all().delete()
    happen(workspace, now=long_ago)
    happen(workspace, entity=out.pk, now=long_ago)
    needed = {
        "a delivery tells it": happen(workspace, "publish_failed", now=long_ago),
        "its post is ahead": happen(workspace, entity=ahead.pk, now=long_ago),
        "what was said last of an account": happen(workspace, RUNS_DRY, now=long_ago),
        "it is young": happen(workspace, now=NOW - 364 * DAY),
        "a reader has not come to it": happen(workspace, now=long_ago),
        "it is the newest": happen(workspace, now=long_ago),
    }
    unread = LedgerEvent.objects.get(entity_id=needed["a reader has not come to it"]).pk
    LedgerCursor.objects.update_or_create(name="notices", defaults={"last_event_id": unread - 1})

    assert prune(now=NOW)["ledger_events"] == 2
    assert set(LedgerEvent.objects.values_list("entity_id", flat=True)) == set(needed.values())
    assert WebhookDelivery.objects.filter(endpoint=endpoint).count() == 1


def test_nothing_is_too_old_where_no_days_are_set(settings):
    settings.RETAIN_DELIVERIES_DAYS = settings.RETAIN_LEDGER_DAYS = 0
    endpoint = follow(WorkspaceFactory())
    delivery(endpoint, "delivered", 9_000 * DAY)
    notice(endpoint.workspace, 9_000 * DAY)
    happen(endpoint.workspace, now=NOW - 9_000 * DAY)
    happen(endpoint.workspace, now=NOW - 9_000 * DAY)

    assert not any(prune(now=NOW).values())


def test_evidence_stays(settings):
    settings.RETAIN_DELIVERIES_DAYS = settings.RETAIN_LEDGER_DAYS = 1
    post = PublishedFactory()
    log = PublishLog.objects.create(
        workspace=post.workspace, post_instance=post, number=1, idempotency_key=uuid4(), started_at=NOW
    )

    prune(now=NOW + 9_000 * DAY)

    assert left(PublishLog) == {log.pk}
    assert left(type(post)) == {post.pk}


def test_a_dry_run_counts_what_a_run_removes_and_removes_nothing():
    endpoint = follow(WorkspaceFactory())
    delivery(endpoint, "delivered", 366 * DAY)
    LedgerEvent.objects.update(created_at=NOW - 366 * DAY)
    happen(endpoint.workspace)
    notice(endpoint.workspace, 366 * DAY)
    keys(1, 2 * DAY)

    counted = prune(now=NOW, dry_run=True)

    assert (counted["webhook_deliveries"], counted["notices"], counted["idempotency_keys"]) == (1, 1, 1)
    assert counted["ledger_events"] >= 1
    assert prune(now=NOW) == counted
    assert not any(prune(now=NOW).values())


def test_it_goes_in_small_transactions_and_a_run_has_an_end(monkeypatch):
    monkeypatch.setattr(pruning, "AT_ONCE", 4)
    keys(11, 2 * DAY)

    assert prune(now=NOW, most=8)["idempotency_keys"] == 8
    assert prune(now=NOW)["idempotency_keys"] == 3


def test_what_is_taken_up_again_meanwhile_stays(monkeypatch):
    endpoint = follow(WorkspaceFactory())
    row = delivery(endpoint, "failed", 91 * DAY)
    atomic = pruning.transaction.atomic

    def sent_again(**options):
        WebhookDelivery.objects.filter(pk=row.pk).update(status="waiting", next_attempt_at=NOW, finished_at=None)
        return atomic(**options)

    monkeypatch.setattr(pruning.transaction, "atomic", sent_again)

    assert prune(now=NOW)["webhook_deliveries"] == 0
    assert left(WebhookDelivery) == {row.pk}


def test_failures_of_the_queue_go_after_a_month():
    for days, success in ((31, False), (29, False), (31, True)):
        at = NOW - days * DAY
        Task.objects.create(id=uuid4().hex, name="tick", func="f", started=at, stopped=at, success=success)

    assert prune(now=NOW, also=OF_THE_QUEUE)["failed_tasks"] == 1
    assert Task.objects.count() == 2


def test_the_command_says_what_went_and_a_second_time_that_there_is_nothing():
    keys(2, 2 * DAY, now=timezone.now())

    dry, done, again = run("prune", "--dry-run"), run("prune", "--json"), run("prune")

    assert dry.out == "Would remove 2 idempotency keys.\n"
    assert done.document["removed"]["idempotency_keys"] == 2
    assert done.document["dry_run"] is False
    assert again.out == "There is nothing to remove.\n"


def test_the_workers_do_it_by_themselves():
    keys(2, 2 * DAY, now=timezone.now())

    assert prune_in_the_background() == "idempotency_keys: 2"
