"""A database that is away for a moment costs nothing: the answers wait for it."""

import pytest
from django.db import OperationalError

from publishing.services import attempts, lanes, outages, sending
from publishing.services.sending import send_pending
from scheduling.models import PostInstance
from scheduling.tests.factories import NOW, PendingFactory

# The connection is closed and opened anew, which a test inside of a transaction would not survive.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch, clock):
    monkeypatch.setattr(outages, "sleep", lambda seconds: clock.move(seconds=seconds))


def breaking(real, times):
    left = [OperationalError("the server has gone away")] * times

    def call(**given):
        if left:
            raise left.pop()
        return real(**given)

    return call


def test_an_answer_is_written_once_the_database_is_back(account, channel, clock, monkeypatch):
    PendingFactory.create_batch(3, channel_account=account)
    monkeypatch.setattr(attempts, "settle", breaking(attempts.settle, times=5))

    settled = send_pending(holder="worker-1", clock=clock)

    assert settled == {"published": 3}
    assert len(channel.received) == 3


def test_an_answer_is_given_up_when_its_lease_is_over(account, channel, clock, monkeypatch, caplog):
    post = PendingFactory(channel_account=account)
    monkeypatch.setattr(attempts, "settle", breaking(attempts.settle, times=1000))

    settled = send_pending(holder="worker-1", clock=clock)

    post.refresh_from_db()
    assert (settled, post.status, len(channel.received)) == ({}, "publishing", 1)
    assert "An answer was lost" in caplog.text


def test_nothing_more_is_claimed_while_answers_wait(account, channel, clock, monkeypatch, make_sender):
    PendingFactory.create_batch(40, channel_account=account)
    sender = make_sender()
    monkeypatch.setattr(attempts, "settle", breaking(attempts.settle, times=1000))

    sender.take()
    sender.finish_some(patience=10)

    assert sender.take() == 0
    assert PostInstance.objects.filter(status="publishing").count() == sending.BATCH


def test_a_lane_goes_on_when_the_database_is_back(account, channel, clock, monkeypatch):
    PendingFactory(channel_account=account, scheduled_for=NOW)
    monkeypatch.setattr(sending, "open_questions", breaking(sending.open_questions, times=1))
    rests = iter([False] * 3 + [True] * 3)
    lanes.beat(node="here", lanes=1, now=NOW)
    lanes.lanes_to_queue(now=NOW)

    settled = lanes.hold_lane(
        number=0, holder="here/1", clock=clock, stopping=lambda: next(rests), rest=lambda seconds: None
    )

    assert settled == 1
