"""A receiver in trouble: whatever it does, the post ends in the state that is true."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from campaigns.tests.factories import ContentItemFactory
from publishing.channels import CHANNELS
from publishing.channels.webhook.channel import WebhookChannel
from publishing.models import PublishLog
from publishing.tests import receivers
from publishing.tests.webhooks import connected, log, post, work
from scheduling.models import Status
from scheduling.tests.factories import NOW, PendingFactory

LARGE = "x" * 16_000_000  # More than the buffers of both ends hold.
IN_AN_HOUR = format_datetime(NOW + timedelta(hours=1), usegmt=True)
REACHED = "127.0.0.1 took the request, and "


@pytest.fixture
def account(db, receiver):
    """Return an account that is connected to the receiver, which does not drop repeats."""
    return connected(receiver)


@pytest.fixture
def hasty(monkeypatch):
    """Let the channel wait for a second only."""
    monkeypatch.setitem(CHANNELS, "webhook", WebhookChannel(limit=1))


@pytest.mark.parametrize(
    ("behaviour", "reason", "raw"),
    [
        (receivers.close_after_reading, REACHED + "closed the connection without an answer.", ""),
        (receivers.reset_after_reading, REACHED + "closed the connection without an answer.", ""),
        (receivers.garbage, REACHED + "answered something that is not HTTP, or only half an answer.", ""),
        (receivers.half_an_answer, REACHED + "answered something that is not HTTP, or only half an answer.", ""),
        (
            receivers.answer(500, b'{"error": "Out of\\nmemory"}', takes=True),
            "The receiver broke down over the post, which may be out or not: 500 Whatever, “Out of memory”.",
            'HTTP 500 Whatever\n\n{"error": "Out of\\nmemory"}',
        ),
        (
            receivers.answer(503, b"<h1>Busy</h1>", takes=True),
            "The receiver broke down over the post, which may be out or not: 503 Whatever.",
            "HTTP 503 Whatever\n\n<h1>Busy</h1>",
        ),
    ],
)
def test_what_may_be_out_is_a_persons_to_decide_and_never_sent_again(account, receiver, clock, behaviour, reason, raw):
    PendingFactory(channel_account=account)
    receiver.replies = [behaviour]

    for _ in range(3):
        work(clock)
        clock.move(hours=1)

    assert (post().status, post().reason) == (Status.UNCONFIRMED, reason)
    assert (log().outcome, log().error, log().raw_answer) == ("unknown", reason, raw)
    assert receiver.connections == receiver.taken.total() == 1


@pytest.mark.parametrize("behaviour", [receivers.hang, receivers.drip])
def test_a_receiver_that_takes_it_and_hangs_leaves_it_unconfirmed(account, receiver, clock, hasty, behaviour):
    PendingFactory(channel_account=account)
    receiver.replies = [behaviour]

    work(clock)

    assert (post().status, log().outcome) == (Status.UNCONFIRMED, "unknown")
    assert post().reason == REACHED + "did not answer in time."
    assert receiver.taken.total() == 1


def test_what_is_closed_before_the_request_ends_is_sent_again_under_the_same_id(account, receiver, clock):
    content = ContentItemFactory(brand=account.brand, body=LARGE)
    PendingFactory(channel_account=account, content_item=content)
    receiver.replies = [receivers.close_unread]

    work(clock)
    first = (post().status, post().retry_count, log().outcome)
    clock.move(minutes=2)
    work(clock)

    assert first == (Status.SCHEDULED, 1, "not_sent")
    assert post().status == Status.PUBLISHED
    assert list(receiver.taken.values()) == [1]
    assert len({one.handle for one in PublishLog.objects.all()}) == 1


def test_where_nobody_listens_it_is_tried_three_times_and_then_it_failed(account, receiver, clock):
    PendingFactory(channel_account=account)
    receiver.close()

    for _ in range(5):
        work(clock)
        clock.move(minutes=10)

    assert post().status == Status.FAILED
    assert post().reason == "Nothing was sent in 3 tries: 127.0.0.1 refused the connection: nobody listens there."
    assert list(PublishLog.objects.values_list("outcome", flat=True)) == ["not_sent"] * 3


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (429, {"Retry-After": "3600"}, 3600),
        (429, {"Retry-After": IN_AN_HOUR}, 3600),
        (503, {"Retry-After": "3600"}, 3600),
        (503, {"Retry-After": IN_AN_HOUR}, 3600),
        (429, {}, 60),
    ],
)
def test_who_asks_to_wait_is_obeyed_and_asked_no_earlier(account, receiver, clock, monkeypatch, status, headers, wait):
    monkeypatch.setitem(CHANNELS, "webhook", WebhookChannel(clock))  # Its signature is too old for a receiver now.
    receiver.secret = ""
    PendingFactory(channel_account=account, scheduled_for=NOW)
    receiver.replies = [receivers.answer(status, headers=headers)]

    work(clock)
    due = (post().due_at - NOW).total_seconds()
    first = (post().status, log().outcome)
    clock.move(seconds=due - 1)
    work(clock)
    waited = receiver.connections
    clock.move(seconds=1)
    work(clock)

    assert first == (Status.SCHEDULED, "not_sent")
    assert due == pytest.approx(wait, rel=0.21 if wait == 60 else 0)
    assert (waited, receiver.connections, post().status) == (1, 2, Status.PUBLISHED)
