"""A receiver that drops repeats is asked by the same webhook id; it never carries a post out twice."""

import pytest

from publishing.channels import CHANNELS
from publishing.channels.webhook.channel import WebhookChannel
from publishing.models import PublishLog
from publishing.services.attempts import LEASE, open_attempts
from publishing.services.connecting import connect_webhook, return_to_sandbox
from publishing.tests import receivers
from publishing.tests.webhooks import connected, log, post, work
from scheduling.models import Status
from scheduling.services.problems import requeue
from scheduling.tests.factories import NOW, PendingFactory


@pytest.fixture
def receiver(make_receiver):
    """Return a receiver that drops repeats."""
    return make_receiver(drops_repeats=True)


@pytest.fixture
def account(db, receiver):
    """Return an account that is connected to it."""
    return connected(receiver)


@pytest.fixture
def pending(account):
    return PendingFactory(channel_account=account)


def work_for_an_hour(clock):
    for seconds in (0, 10, 60, 300, 1200, 3600):
        clock.move(seconds=seconds)
        work(clock)


@pytest.mark.parametrize(
    "behaviour",
    [
        receivers.close_after_reading,
        receivers.reset_after_reading,
        receivers.garbage,
        receivers.half_an_answer,
        receivers.answer(500, takes=True),
        receivers.answer(503, takes=True),
    ],
)
def test_what_was_taken_without_a_word_is_found_and_carried_out_once(pending, receiver, clock, behaviour):
    receiver.replies = [behaviour]

    work_for_an_hour(clock)

    assert post().status == Status.PUBLISHED
    assert len(receiver.got) == 2
    assert list(receiver.taken.values()) == [1]
    assert receiver.got[0].body == receiver.got[1].body
    assert (PublishLog.objects.count(), log().asks, receiver.wrong) == (1, 1, [])


@pytest.mark.parametrize("behaviour", [receivers.hang, receivers.drip])
def test_what_was_taken_by_a_receiver_that_hangs_is_found_and_carried_out_once(
    pending, receiver, clock, monkeypatch, behaviour
):
    receiver.replies = [behaviour]

    with monkeypatch.context() as hasty:
        hasty.setitem(CHANNELS, "webhook", WebhookChannel(limit=1))
        work(clock)
    work_for_an_hour(clock)

    assert (post().status, len(receiver.got)) == (Status.PUBLISHED, 2)
    assert list(receiver.taken.values()) == [1]


def test_a_post_that_a_broken_receiver_had_not_taken_goes_out_once(pending, receiver, clock):
    receiver.replies = [receivers.answer(500), receivers.answer(502), receivers.close_unread]

    work_for_an_hour(clock)

    assert post().status == Status.PUBLISHED
    assert list(receiver.taken.values()) == [1]


def test_a_conflict_means_that_the_receiver_has_it(pending, receiver, clock):
    receiver.replies = [receivers.answer(500, takes=True), receivers.answer(409, b'{"id": "post-7"}')]

    work_for_an_hour(clock)

    assert (post().status, post().remote_id) == (Status.PUBLISHED, "post-7")


def test_what_a_dead_worker_may_have_sent_is_asked_about(pending, receiver, clock):
    (attempt,) = open_attempts(now=NOW, holder="dead", limit=1)
    CHANNELS["webhook"].send(attempt.delivery)
    clock.move(seconds=LEASE.total_seconds())

    work(clock)

    assert post().status == Status.PUBLISHED
    assert list(receiver.taken.values()) == [1]


@pytest.mark.parametrize("status", [307, 401, 404, 410, 429, 500, 503])
def test_a_receiver_that_gives_no_answer_to_the_question_leaves_it_to_a_person(pending, receiver, clock, status):
    no = receivers.answer(status, headers={"Retry-After": "5", "Location": "https://example.com/"})
    receiver.replies = [receivers.answer(500, takes=True)] + [no] * 9

    work_for_an_hour(clock)

    assert post().status == Status.UNCONFIRMED
    assert post().reason.startswith(f"The receiver did not say whether it has the post: {status}")
    assert len(receiver.got) == 6


def test_a_receiver_that_is_gone_cannot_be_asked_and_a_person_decides(pending, receiver, clock):
    receiver.replies = [receivers.close_after_reading]

    work(clock)
    receiver.close()
    work_for_an_hour(clock)

    assert post().status == Status.UNCONFIRMED
    assert post().reason == "The receiver could not be asked. 127.0.0.1 refused the connection: nobody listens there."


def test_content_that_is_refused_at_the_question_fails_the_post(pending, receiver, clock):
    receiver.replies = [receivers.answer(500), receivers.answer(422, b'{"error": "The text is too long."}')]

    work_for_an_hour(clock)

    assert post().status == Status.FAILED
    assert "The text is too long." in post().reason


def test_another_receiver_is_not_asked_for_it_would_publish_again(pending, account, receiver, make_receiver, clock):
    other = make_receiver(drops_repeats=True)
    receiver.replies = [receivers.answer(500, takes=True)]

    work(clock)
    connect_webhook(account=account, url=other.url, drops_repeats=True, actor="user:ana", now=NOW)
    work_for_an_hour(clock)

    assert (post().status, other.connections) == (Status.UNCONFIRMED, 0)


def test_an_account_that_went_back_to_the_sandbox_is_not_asked(pending, account, receiver, clock):
    receiver.replies = [receivers.answer(500, takes=True)]

    work(clock)
    return_to_sandbox(account=account, actor="user:ana", now=NOW)
    work_for_an_hour(clock)

    assert (post().status, receiver.connections) == (Status.UNCONFIRMED, 1)


def test_what_a_person_sends_again_has_a_new_id(pending, account, receiver, clock):
    receiver.replies = [receivers.answer(422)]

    work(clock)
    again = requeue(instance=post(), now=clock.now, actor="user:ana")
    clock.now = again.scheduled_for
    work(clock)

    assert post().status == Status.PUBLISHED
    assert len({got.id for got in receiver.got}) == 2
