"""The ask step: what is unknown is found out by the handle, and never sent again blindly."""

from datetime import timedelta

import pytest

from publishing.channels.answers import Accepted, NotSent, Rejected, Unknown, Working
from publishing.models import PublishLog
from publishing.services.attempts import LEASE, WORK_ENDS_AFTER, close_attempt, open_attempts
from publishing.services.questions import LAPSED
from publishing.services.sending import send_pending
from publishing.services.tick import tick
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import NOW, PendingFactory
from workspaces.models import LedgerEvent


def work(clock):
    send_pending(holder="worker-2", clock=clock)


def post():
    return PostInstance.objects.get()


def log():
    return PublishLog.objects.order_by("number").last()


@pytest.fixture
def pending(account):
    return PendingFactory(channel_account=account)


def test_the_handle_is_stored_before_the_channel_is_called(pending, channel, clock):
    channel.replies = [lambda delivery: Accepted(PublishLog.objects.get().handle)]

    (attempt,) = open_attempts(now=NOW, holder="worker-1", limit=1)

    assert log().handle == attempt.delivery.handle == f"handle-{attempt.delivery.idempotency_key}"
    assert channel.received == []


def test_what_a_dead_worker_had_sent_is_found_and_not_sent_again(pending, channel, clock):
    channel.knows = True
    (attempt,) = open_attempts(now=NOW, holder="worker-1", limit=1)
    channel.send(attempt.delivery)
    clock.move(seconds=LEASE.total_seconds())

    work(clock)

    assert (post().status, post().remote_id) == (Status.PUBLISHED, "found")
    assert [one.handle for one in channel.asked] == [attempt.delivery.handle]
    assert len(channel.received) == 1
    assert (log().number, log().outcome, log().finished_at) == (1, "accepted", clock.now)


def test_what_a_dead_worker_had_not_sent_is_sent_once(pending, channel, clock):
    channel.knows = True
    open_attempts(now=NOW, holder="worker-1", limit=1)
    clock.move(seconds=LEASE.total_seconds())

    work(clock)
    assert (post().status, post().reason) == (Status.SCHEDULED, "It is not there.")
    clock.move(minutes=2)
    work(clock)

    assert post().status == Status.PUBLISHED
    assert len(channel.received) == 1


def test_what_nobody_can_be_asked_about_is_a_persons_to_decide(pending, channel, clock):
    open_attempts(now=NOW, holder="worker-1", limit=1)
    clock.move(seconds=LEASE.total_seconds())

    work(clock)

    assert (post().status, post().reason) == (Status.UNCONFIRMED, LAPSED)
    assert channel.received == channel.asked == []


def test_a_tick_leaves_to_the_workers_what_can_be_asked(pending, channel, clock):
    channel.knows = True
    open_attempts(now=NOW, holder="worker-1", limit=1)

    tick(now=clock.move(seconds=LEASE.total_seconds()))

    assert post().status == Status.PUBLISHING
    assert channel.asked == []


def test_an_unknown_answer_is_asked_about_until_it_is_known(pending, channel, clock):
    channel.replies = [Unknown("The connection broke off.", raw="HTTP 502")]
    channel.findings = [Unknown("No answer."), Unknown("No answer."), Accepted("17", "https://example.com/17")]

    for seconds in (0, 5, 30, 120):
        clock.move(seconds=seconds)
        work(clock)

    assert (post().status, post().remote_url) == (Status.PUBLISHED, "https://example.com/17")
    assert len(channel.received) == 1
    assert PublishLog.objects.count() == 1


def test_between_two_questions_the_post_is_held_and_the_reason_is_shown(pending, channel, clock):
    channel.replies = [Unknown("The connection broke off.", raw="HTTP 502")]
    channel.findings = [Accepted("17")]

    work(clock)

    assert post().status == Status.PUBLISHING
    assert post().lease_ends_at == clock.now + timedelta(seconds=5)
    assert post().reason == "The connection broke off. The platform will be asked."
    assert (log().outcome, log().finished_at, log().raw_answer) == ("", None, "HTTP 502")


def test_after_an_hour_of_questions_in_vain_a_person_decides(pending, channel, clock):
    channel.replies = [Unknown("The connection broke off.")]
    channel.findings = [Unknown("No answer.")] * 9

    for _ in range(12):
        work(clock)
        clock.move(minutes=31)

    assert post().status == Status.UNCONFIRMED
    assert len(channel.asked) == 5
    assert len(channel.received) == 1


def test_a_platform_that_processes_is_asked_when_it_says(pending, channel, clock):
    channel.replies = [Working("container-9", check_at=NOW + timedelta(minutes=3))]
    channel.findings = [Working("container-9", check_at=NOW + timedelta(minutes=6)), Accepted("17")]

    for minutes in (0, 1, 2, 2, 1):
        clock.move(minutes=minutes)
        work(clock)

    assert [one.handle for one in channel.asked] == ["container-9", "container-9"]
    assert post().status == Status.PUBLISHED


def test_a_platform_that_processes_without_end_leaves_it_to_a_person(pending, channel, clock):
    channel.replies = [Working("container-9", check_at=NOW)]
    channel.findings = [Working("container-9", check_at=NOW)] * 2

    work(clock)
    clock.move(seconds=WORK_ENDS_AFTER.total_seconds() + 60)
    work(clock)

    assert post().status == Status.UNCONFIRMED
    assert "processed it for a day" in post().reason


def test_a_refusal_that_is_found_later_fails_the_post(pending, channel, clock):
    channel.replies = [Working("container-9", check_at=NOW)]
    channel.findings = [Rejected("The video is too long.", raw="error 36")]

    work(clock)
    clock.move(seconds=1)
    work(clock)

    assert (post().status, post().reason) == (Status.FAILED, "The video is too long.")
    assert log().raw_answer == "error 36"


def test_a_late_answer_of_the_first_worker_changes_nothing_after_the_question(pending, channel, clock):
    channel.knows = True
    (attempt,) = open_attempts(now=NOW, holder="worker-1", limit=1)
    channel.received.append(attempt.delivery)
    clock.move(seconds=LEASE.total_seconds())
    work(clock)
    before = PostInstance.objects.values().get()

    written = close_attempt(attempt=attempt, answer=NotSent("refused"), now=clock.now)

    assert written is False
    assert PostInstance.objects.values().get() == before
    assert LedgerEvent.objects.filter(event_type="publish_answered_late").count() == 1


def test_an_account_that_is_refused_says_so_until_it_publishes_again(account, channel, clock):
    PendingFactory.create_batch(2, channel_account=account)
    channel.replies = [Rejected("The token was revoked.", needs_reconnecting=True), Rejected("Too long.")]

    work(clock)
    account.refresh_from_db()
    assert (account.disconnected_at, account.disconnect_reason) == (clock.now, "The token was revoked.")
    PendingFactory(channel_account=account, scheduled_for=NOW + timedelta(seconds=1))
    clock.move(seconds=1)
    work(clock)

    account.refresh_from_db()
    assert (account.disconnected_at, account.disconnect_reason) == (None, "")
    events = LedgerEvent.objects.filter(entity_id=account.pk).values_list("event_type", flat=True)
    assert list(events) == ["account_disconnected", "account_reconnected"]


def test_a_question_that_never_began_says_nothing_of_the_post(pending, channel, clock, make_sender):
    channel.knows = True
    (attempt,) = open_attempts(now=NOW, holder="worker-1", limit=1)
    channel.send(attempt.delivery)
    awake = clock.move(seconds=LEASE.total_seconds())
    times = iter([awake])
    sender = make_sender(clock=lambda: next(times, awake + timedelta(seconds=11)))

    sender.ask()
    sender.finish_some(patience=10)

    assert channel.asked == []
    assert post().status == Status.PUBLISHING
    work(lambda: awake + timedelta(minutes=2))
    assert (post().status, len(channel.received)) == (Status.PUBLISHED, 1)
