"""The evidence: a log is opened before the call, closed once, and then frozen; only the current claim may settle."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from publishing.channels.answers import Accepted, NotSent, Unknown
from publishing.models import PublishLog
from publishing.services import attempts, questions
from publishing.services.attempts import LEASE, close_attempt, open_attempts
from publishing.services.questions import lapse_leases
from publishing.services.sending import send_pending
from scheduling.models import PostInstance, Status
from scheduling.services import edit
from scheduling.tests.factories import NOW, PendingFactory
from workspaces.models import LedgerEvent


@pytest.fixture
def post(account):
    return PendingFactory(channel_account=account, scheduled_for=NOW)


def opened(now=NOW):
    (attempt,) = open_attempts(now=now, holder="worker-1", limit=10)
    return attempt


def test_an_attempt_opens_a_log_and_leases_the_post(post):
    attempt = opened()

    log = PublishLog.objects.get()
    post.refresh_from_db()
    assert (log.pk, log.post_instance_id, log.number, log.claimed_by) == (attempt.log_id, post.pk, 1, "worker-1")
    assert (log.started_at, log.finished_at, log.outcome) == (NOW, None, "")
    assert log.idempotency_key == attempt.delivery.idempotency_key
    assert (post.status, post.claimed_by, post.lease_ends_at) == (Status.PUBLISHING, "worker-1", NOW + LEASE)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_claim_and_log_are_committed_before_the_channel_is_called(channel, clock):
    seen = []

    def look(delivery):
        # This runs in a thread of the network, which has a connection of its own.
        status = PostInstance.objects.values_list("status", flat=True).get(pk=delivery.instance_id)
        seen.append((status, PublishLog.objects.filter(post_instance=delivery.instance_id, finished_at=None).count()))
        connection.close()
        return Accepted("17")

    PendingFactory(channel_account__connection=channel.key, scheduled_for=NOW)
    channel.replies = [look]

    send_pending(holder="worker-1", clock=clock)

    assert seen == [(Status.PUBLISHING, 1)]


def test_each_attempt_has_a_log_with_a_key_of_its_own(post, channel, clock):
    channel.replies = [NotSent("No route to host"), Accepted("17", "https://x.example/17")]

    send_pending(holder="worker-1", clock=clock)
    clock.move(minutes=2)
    send_pending(holder="worker-2", clock=clock)

    first, second = PublishLog.objects.order_by("number")
    assert (first.number, first.outcome, first.error, first.finished_at) == (1, "not_sent", "No route to host", NOW)
    assert (second.number, second.outcome, second.remote_id) == (2, "accepted", "17")
    assert (second.remote_url, second.finished_at) == ("https://x.example/17", clock.now)
    assert [delivery.attempt for delivery in channel.received] == [1, 2]
    assert first.idempotency_key != second.idempotency_key


def test_a_closed_log_stays_as_it_is(post):
    attempt = opened()
    close_attempt(attempt=attempt, answer=Accepted("17"), now=NOW)
    before = PublishLog.objects.values().get()

    again = close_attempt(attempt=attempt, answer=Unknown("Who knows"), now=NOW + timedelta(seconds=1))

    assert again is False
    assert PublishLog.objects.values().get() == before


def test_a_lapsed_lease_leaves_the_post_unconfirmed_and_its_log_closed(post):
    opened()

    early = lapse_leases(now=NOW + LEASE - timedelta(seconds=1))
    count = lapse_leases(now=NOW + LEASE)

    post.refresh_from_db()
    log = PublishLog.objects.get()
    assert (early, count) == (0, 1)
    assert (post.status, post.claim, post.due_at) == (Status.UNCONFIRMED, None, None)
    assert "Look, then decide" in post.reason
    assert (log.outcome, log.finished_at) == ("unknown", NOW + LEASE)


def test_many_leases_that_lapsed_together_are_all_settled(account):
    PendingFactory.create_batch(7, channel_account=account)
    open_attempts(now=NOW, holder="worker-1", limit=7)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(questions, "ROWS_AT_ONCE", 3)
        count = lapse_leases(now=NOW + LEASE)

    assert count == 7
    assert set(PublishLog.objects.values_list("outcome", flat=True)) == {"unknown"}


def test_a_late_answer_changes_nothing_but_stands_in_the_ledger(post):
    attempt = opened()
    lapse_leases(now=NOW + LEASE)
    before = PostInstance.objects.values().get(pk=post.pk), PublishLog.objects.values().get()

    settled = close_attempt(attempt=attempt, answer=Accepted("17"), now=NOW + 2 * LEASE)

    late = LedgerEvent.objects.get(event_type="publish_answered_late")
    assert settled is False
    assert (PostInstance.objects.values().get(pk=post.pk), PublishLog.objects.values().get()) == before
    assert (late.entity_id, late.metadata["remote_id"], late.metadata["outcome"]) == (post.pk, "17", "accepted")
    assert (late.metadata["status"], late.metadata["holder"]) == ("unconfirmed", "worker-1")


def test_the_claim_before_the_current_one_may_not_settle(post):
    slow = opened()
    lapse_leases(now=NOW + LEASE)
    PostInstance.objects.filter(pk=post.pk).update(status=Status.PENDING, due_at=NOW)
    current = opened(now=NOW + 2 * LEASE)

    assert close_attempt(attempt=slow, answer=Unknown("Broken off"), now=NOW + 2 * LEASE) is False
    assert close_attempt(attempt=current, answer=Accepted("17"), now=NOW + 2 * LEASE) is True


def test_a_late_answer_of_a_post_that_is_gone_harms_nobody(post):
    attempt = opened()
    post.delete()

    assert close_attempt(attempt=attempt, answer=Accepted("17"), now=NOW) is False


def test_a_success_is_kept_though_the_platform_named_no_place(post):
    attempt = opened()

    close_attempt(attempt=attempt, answer=Accepted("\0", ""), now=NOW)

    post.refresh_from_db()
    assert (post.status, post.remote_id) == (Status.PUBLISHED, str(attempt.delivery.idempotency_key))


def test_an_answer_that_cannot_be_written_does_not_send_the_post_again(account, channel, clock, monkeypatch, caplog):
    posts = PendingFactory.create_batch(3, channel_account=account)
    real, calls = attempts.settle, []

    def broken_once(**given):
        calls.append(given)
        if len(calls) == 1:
            raise IntegrityError("a row that the ledger needs is gone")
        return real(**given)

    monkeypatch.setattr(attempts, "settle", broken_once)
    send_pending(holder="worker-1", clock=clock)
    lapse_leases(now=clock.move(minutes=2))
    send_pending(holder="worker-1", clock=clock)

    states = sorted(PostInstance.objects.values_list("status", flat=True))
    assert states == ["published", "published", "unconfirmed"]
    assert len(channel.received) == len(posts)
    assert "refused by the database" in caplog.text


def test_a_post_that_a_worker_holds_cannot_be_changed(post):
    opened()
    post.refresh_from_db()

    for forbidden in (edit.cancel, edit.skip, edit.take_out, edit.publish_now):
        with pytest.raises(Exception, match="being published right now"):
            forbidden(instance=post, now=NOW, actor="user:editor")


def test_a_post_has_one_open_attempt_at_most(post):
    opened()
    log = PublishLog.objects.get()
    log.pk, log.number, log.idempotency_key = None, 2, log.pk

    with pytest.raises(IntegrityError):
        log.save(force_insert=True)
