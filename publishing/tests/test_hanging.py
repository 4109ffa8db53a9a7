"""Channels that hang, and processes that are held up or told to stop, cost only their own posts."""

from datetime import timedelta

import pytest

from publishing.channels.answers import Accepted
from publishing.models import OutboxPost, PublishLog
from publishing.services import sending
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import PendingFactory


def states():
    return sorted(PostInstance.objects.values_list("status", flat=True))


def settle_until(sender, count):
    while sender.settled.total() < count:
        sender.finish_some(patience=10)


def test_a_channel_that_hangs_leaves_its_post_unconfirmed_while_others_go_on(account, channel, clock, make_sender):
    PendingFactory.create_batch(4, channel_account=account)
    channel.replies = [channel.never]
    sender = make_sender()

    sender.take()
    channel.wait_until_it_hangs()
    settle_until(sender, 3)
    others = states()
    clock.move(seconds=31)
    sender.finish_some()

    assert others == ["published"] * 3 + ["publishing"]
    assert states() == ["published"] * 3 + ["unconfirmed"]
    assert PublishLog.objects.get(outcome="unknown").error == sending.NO_ANSWER


def test_an_answer_after_the_limit_changes_nothing(account, channel, clock, make_sender):
    PendingFactory(channel_account=account)
    channel.replies = [channel.never]
    sender = make_sender()
    sender.take()
    channel.wait_until_it_hangs()
    clock.move(seconds=31)
    sender.finish_some()

    channel.hung_up.set()
    sender.finish_all()

    assert (states(), sender.is_idle) == (["unconfirmed"], True)


def test_calls_that_hang_do_not_take_the_threads_of_others(account, channel, clock, make_sender):
    PendingFactory.create_batch(sending.THREADS, channel_account=account)
    channel.replies = [channel.never] * sending.THREADS
    sender = make_sender()
    while sender.take():
        pass
    channel.wait_until_it_hangs(sending.THREADS)
    clock.move(seconds=31)
    sender.finish_some()
    PendingFactory.create_batch(3, channel_account=account)

    sender.take()
    settle_until(sender, sending.THREADS + 3)

    assert states() == ["published"] * 3 + ["unconfirmed"] * sending.THREADS


def test_a_process_that_was_asleep_after_its_claim_sends_nothing(account, channel, clock, make_sender):
    post = PendingFactory(channel_account=account)
    times = iter([clock.now, clock.now + timedelta(minutes=10)])
    sender = make_sender(clock=lambda: next(times, clock.now + timedelta(minutes=10)))

    sender.take()
    settle_until(sender, 1)

    post.refresh_from_db()
    assert channel.received == []
    assert (post.status, post.reason, post.retry_count) == (Status.SCHEDULED, sending.HELD_UP, 0)


@pytest.fixture
def stopping(monkeypatch):
    monkeypatch.setattr(sending, "DRAIN", 0.2)
    return lambda: True


def test_a_process_that_stops_waits_for_answers_that_come(account, channel, clock, stopping, make_sender):
    PendingFactory(channel_account=account)
    sender = make_sender(stopping=stopping)

    sender.take()
    sender.finish_all()

    assert states() == ["published"]


def test_a_process_that_stops_leaves_no_lease_behind(account, channel, clock, stopping, make_sender):
    PendingFactory.create_batch(2, channel_account=account)
    channel.replies = [channel.never, Accepted("17")]
    sender = make_sender(stopping=stopping)

    sender.take()
    channel.wait_until_it_hangs()
    sender.finish_all()

    assert states() == ["published", "unconfirmed"]
    assert PublishLog.objects.get(outcome="unknown").error == sending.STOPPED


def test_what_a_stopping_process_has_not_begun_is_scheduled_again(clock, stopping, db, make_sender):
    PendingFactory.create_batch(2, channel_account__connection="sandbox")
    sender = make_sender(stopping=stopping, drain=0)
    sender.take()

    sender.finish_all()

    assert states() == ["scheduled"] * 2
    assert not OutboxPost.objects.exists()
