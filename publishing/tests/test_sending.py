"""What becomes of a post for each thing that a channel can answer."""

import logging
from datetime import timedelta

import pytest

from publishing.channels.answers import Accepted, NotSent, Rejected, Unknown
from publishing.models import OutboxPost
from publishing.services.sending import send_pending
from scheduling.models import Status
from scheduling.tests.factories import NOW, PendingFactory, PostInstanceFactory
from workspaces.models import LedgerEvent


@pytest.fixture
def post(account):
    return PendingFactory(channel_account=account, scheduled_for=NOW)


def send(clock, **options):
    return send_pending(holder="worker-1", clock=clock, **options)


def events(post):
    return list(LedgerEvent.objects.filter(entity_id=post.pk).values_list("event_type", flat=True))


def test_what_is_accepted_is_published_with_its_place(post, channel, clock):
    channel.replies = [Accepted("17", "https://x.example/17")]

    settled = send(clock)

    post.refresh_from_db()
    assert settled == {"published": 1}
    assert (post.status, post.remote_id, post.remote_url) == (Status.PUBLISHED, "17", "https://x.example/17")
    assert (post.published_at, post.due_at, post.claim, post.lease_ends_at) == (NOW, None, None, None)
    assert events(post) == ["publish_started", "publish_published"]


def test_what_is_rejected_has_failed_at_once(post, channel, clock):
    channel.replies = [Rejected("The picture is too large.")]

    send(clock)

    post.refresh_from_db()
    assert (post.status, post.reason, post.due_at) == (Status.FAILED, "The picture is too large.", None)
    assert events(post) == ["publish_started", "publish_failed"]


def test_an_unknown_answer_is_never_sent_again(post, channel, clock):
    channel.replies = [Unknown("The connection broke after sending.")]

    send(clock)
    clock.move(hours=1)
    send(clock)

    post.refresh_from_db()
    assert (post.status, post.reason) == (Status.UNCONFIRMED, "The connection broke after sending.")
    assert len(channel.received) == 1
    assert events(post) == ["publish_started", "publish_unconfirmed"]


def test_what_was_not_sent_is_tried_again_after_one_minute_and_after_five(post, channel, clock):
    channel.replies = [NotSent("No route to host"), NotSent("No route to host")]
    waits = []

    for _ in range(2):
        send(clock)
        post.refresh_from_db()
        waits.append((post.due_at - clock.now).total_seconds())
        clock.now = post.due_at
    send(clock)

    post.refresh_from_db()
    assert 48 <= waits[0] <= 72
    assert 240 <= waits[1] <= 360
    assert (post.status, post.attempts, post.retry_count) == (Status.PUBLISHED, 3, 2)
    assert post.scheduled_for == NOW


def test_a_retry_waits_for_its_time(post, channel, clock):
    channel.replies = [NotSent("No route to host")]
    send(clock)

    clock.move(seconds=47)
    send(clock)

    post.refresh_from_db()
    assert (post.status, len(channel.received)) == (Status.SCHEDULED, 1)


def test_three_tries_are_enough(post, channel, clock):
    channel.replies = [NotSent("No route to host")] * 3

    for _ in range(5):
        send(clock)
        clock.move(minutes=6)

    post.refresh_from_db()
    assert (post.status, post.attempts) == (Status.FAILED, 3)
    assert post.reason == "Nothing was sent in 3 tries: No route to host"


def test_retry_after_is_obeyed_and_costs_no_attempt(post, channel, clock):
    channel.replies = [NotSent("Slow down", retry_at=NOW + timedelta(hours=step)) for step in range(1, 11)]

    for _ in range(10):
        send(clock)
        clock.move(hours=1)
    send(clock)

    post.refresh_from_db()
    assert (post.status, post.retry_count, post.attempts) == (Status.PUBLISHED, 0, 11)


def test_retry_after_is_not_obeyed_beyond_a_day(post, channel, clock):
    channel.replies = [NotSent("Slow down", retry_at=NOW + timedelta(hours=25))]

    send(clock)

    post.refresh_from_db()
    assert post.status == Status.FAILED
    assert "the platform asks to wait until 2026-11-21T10:00:00Z, which is too late for it" in post.reason


def test_a_retry_that_was_overslept_for_a_day_is_missed(post, channel, clock):
    channel.replies = [NotSent("No route to host")]
    send(clock)

    clock.move(hours=25)
    send(clock)

    post.refresh_from_db()
    assert (post.status, len(channel.received)) == (Status.MISSED, 1)
    assert post.reason == "A day has passed since the first try: nothing was sent."


def test_a_retry_is_exempt_from_the_lateness_limit(post, channel, clock):
    channel.replies = [NotSent("No route to host")]
    send(clock)

    clock.move(hours=23)
    send(clock)

    post.refresh_from_db()
    assert post.status == Status.PUBLISHED


def test_a_channel_that_raises_leaves_its_post_unconfirmed_and_the_others_alone(account, channel, clock, caplog):
    posts = PendingFactory.create_batch(3, channel_account=account)
    channel.replies = [RuntimeError("boom")]

    settled = send(clock)

    assert settled == {"unconfirmed": 1, "published": 2}
    assert [record.levelno for record in caplog.records if "broke off" in record.message] == [logging.ERROR]
    bad = next(post for post in posts if str(post.pk) == str(channel.received[0].instance_id))
    bad.refresh_from_db()
    assert bad.reason == "The channel broke off with RuntimeError: it may be out or not."


def test_a_channel_that_says_nothing_leaves_its_post_unconfirmed(post, channel, clock):
    channel.replies = [lambda delivery: None]

    assert send(clock) == {"unconfirmed": 1}


def test_a_post_that_was_edited_while_it_waited_goes_out_with_the_new_text(post, channel, clock):
    post.content_item.body = "The cupping begins at eleven, not at ten."
    post.content_item.save()

    send(clock)

    assert [delivery.body for delivery in channel.received] == ["The cupping begins at eleven, not at ten."]


def test_a_platform_with_a_text_of_its_own_gets_that(account, channel, clock):
    PendingFactory(channel_account=account, content_item__variants={"x": {"body": "Come and taste!"}})

    send(clock)

    assert [delivery.body for delivery in channel.received] == ["Come and taste!"]


def test_the_work_ends_when_nothing_is_due(account, channel, clock):
    due = [PendingFactory(channel_account=account, scheduled_for=NOW - timedelta(milliseconds=n)) for n in range(70)]
    ahead = PostInstanceFactory(channel_account=account)

    settled = send(clock)

    ahead.refresh_from_db()
    assert settled == {"published": len(due)}
    assert ahead.status == Status.SCHEDULED


def test_no_more_are_sent_than_asked_for(account, channel, clock):
    PendingFactory.create_batch(5, channel_account=account)

    settled = send(clock, most=2)

    assert settled == {"published": 2}
    assert len(channel.received) == 2


def test_an_account_that_is_not_connected_delivers_to_the_sandbox_once(clock, db):
    post = PendingFactory(channel_account__connection="sandbox")

    send(clock)
    send(clock)

    kept = OutboxPost.objects.get()
    post.refresh_from_db()
    assert (kept.post_instance_id, kept.body) == (post.pk, post.content_item.body)
    assert (post.status, post.remote_id) == (Status.PUBLISHED, str(kept.pk))
