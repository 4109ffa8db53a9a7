"""Claiming posts for a worker, and settling them."""

from datetime import timedelta

import pytest

from scheduling.models import PostInstance, Status
from scheduling.services import edit
from scheduling.services.claims import Again, Failed, Published, Unconfirmed, claim, lapsed, settle
from scheduling.services.handover import hand_over_due
from scheduling.tests.factories import (
    NOW,
    ChannelAccountFactory,
    PendingFactory,
    PostInstanceFactory,
    PublishingFactory,
)
from workspaces.errors import Conflict
from workspaces.ledger import unit_of_work
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db
LEASE_ENDS = NOW + timedelta(minutes=1)


def take(limit=10, now=NOW, **given):
    with unit_of_work():
        return claim(now=now, holder="worker-1", lease_ends_at=LEASE_ENDS, limit=limit, **given)


def test_posts_are_taken_by_priority_and_then_by_time():
    account = ChannelAccountFactory()
    early, late, urgent = (
        PendingFactory(channel_account=account, scheduled_for=NOW - timedelta(seconds=age), priority=priority)
        for age, priority in ((30, 0), (10, 0), (1, 5))
    )

    assert [one.pk for one in take(limit=2)] == [urgent.pk, early.pk]
    assert [one.pk for one in take()] == [late.pk]


def test_an_urgent_post_overtakes_everything_that_was_due_before_it():
    account = ChannelAccountFactory()
    for minute in range(20):
        PostInstanceFactory(channel_account=account, scheduled_for=NOW - timedelta(minutes=minute + 1))
    urgent = PostInstanceFactory(channel_account=account, scheduled_for=NOW, priority=1)

    hand_over_due(now=NOW)

    assert [one.pk for one in take(limit=1)] == [urgent.pk]


def test_a_claimed_post_is_leased_and_counted():
    post = PendingFactory(scheduled_for=NOW)

    (taken,) = take()

    post.refresh_from_db()
    assert (post.status, post.claimed_by, post.lease_ends_at) == (Status.PUBLISHING, "worker-1", LEASE_ENDS)
    assert (post.attempts, post.first_attempt_at, post.version) == (1, NOW, 2)
    assert (taken.status, taken.claim, taken.attempts, taken.version) == (post.status, post.claim, 1, 2)
    assert LedgerEvent.objects.get().event_type == "publish_started"


def test_a_post_is_claimed_once():
    PendingFactory(scheduled_for=NOW)

    assert [len(take()), len(take())] == [1, 0]


def test_the_first_attempt_stays_the_first():
    post = PendingFactory(scheduled_for=NOW, first_attempt_at=NOW - timedelta(hours=2), attempts=1)

    take()

    post.refresh_from_db()
    assert (post.attempts, post.first_attempt_at) == (2, NOW - timedelta(hours=2))


def test_what_is_not_due_yet_is_not_taken():
    PendingFactory(scheduled_for=NOW + timedelta(seconds=1))

    assert take() == []


def test_lateness_is_looked_at_again_at_the_claim():
    account = ChannelAccountFactory(lateness_minutes=60)
    late = PendingFactory(channel_account=account, scheduled_for=NOW - timedelta(minutes=60, seconds=1))
    in_time = PendingFactory(channel_account=account, scheduled_for=NOW - timedelta(minutes=60))

    taken = take()

    late.refresh_from_db()
    assert [one.pk for one in taken] == [in_time.pk]
    assert (late.status, late.due_at) == (Status.MISSED, None)
    assert LedgerEvent.objects.get(entity_id=late.pk).event_type == "publish_missed"


def test_a_batch_that_is_late_altogether_does_not_hide_the_next_one():
    account = ChannelAccountFactory()
    for minute in range(4):
        PendingFactory(channel_account=account, scheduled_for=NOW - timedelta(hours=2, minutes=minute))
    in_time = PendingFactory(channel_account=account, scheduled_for=NOW)

    assert [one.pk for one in take(limit=2)] == [in_time.pk]


def test_one_workspace_can_be_claimed_alone():
    mine, other = PendingFactory(scheduled_for=NOW), PendingFactory(scheduled_for=NOW)

    taken = take(workspace=mine.workspace)

    other.refresh_from_db()
    assert [one.pk for one in taken] == [mine.pk]
    assert other.status == Status.PENDING


@pytest.mark.parametrize(
    ("result", "status", "event"),
    [
        (Published("17", "", NOW), "published", "publish_published"),
        (Failed("No"), "failed", "publish_failed"),
        (Unconfirmed("Who knows"), "unconfirmed", "publish_unconfirmed"),
        (Again(NOW + timedelta(minutes=1), "Later"), "scheduled", "publish_retry_scheduled"),
    ],
)
def test_settling_ends_the_lease_and_says_so_in_the_ledger(result, status, event):
    post = PublishingFactory()

    with unit_of_work():
        done = settle(instance=post, result=result, now=NOW)

    post.refresh_from_db()
    assert (done, post.status, post.claim, post.claimed_by, post.lease_ends_at) == (True, status, None, "", None)
    assert LedgerEvent.objects.get().event_type == event


def test_only_the_current_claim_may_settle():
    post = PublishingFactory()
    stale = PostInstance.objects.get(pk=post.pk)
    stale.claim = PublishingFactory().claim

    with unit_of_work():
        done = settle(instance=stale, result=Failed("No"), now=NOW)

    post.refresh_from_db()
    assert (done, post.status) == (False, Status.PUBLISHING)
    assert not LedgerEvent.objects.exists()


@pytest.mark.parametrize(("costs", "count"), [(True, 1), (False, 0)])
def test_a_retry_keeps_the_chosen_time_and_counts_if_it_costs(costs, count):
    post = PublishingFactory(scheduled_for=NOW)
    again = NOW + timedelta(minutes=1)

    with unit_of_work():
        settle(instance=post, result=Again(again, "Later", costs_a_retry=costs), now=NOW)

    post.refresh_from_db()
    assert (post.scheduled_for, post.due_at, post.retry_count) == (NOW, again, count)


def test_leases_lapse_at_their_end():
    post = PublishingFactory(lease_ends_at=LEASE_ENDS)

    with unit_of_work():
        found = [lapsed(now=now, limit=5) for now in (LEASE_ENDS - timedelta(microseconds=1), LEASE_ENDS)]

    assert [[one.pk for one in some] for some in found] == [[], [post.pk]]


def test_a_pending_post_that_a_person_cancels_first_is_not_claimed():
    post = PendingFactory(scheduled_for=NOW)
    seen = PostInstance.objects.with_everything().get(pk=post.pk)
    edit.cancel(instance=seen, now=NOW, actor="user:editor")

    assert take() == []


def test_a_post_that_a_worker_has_claimed_meanwhile_is_not_canceled():
    post = PendingFactory(scheduled_for=NOW)
    seen = PostInstance.objects.with_everything().get(pk=post.pk)
    take()

    with pytest.raises(Conflict, match="Too late"):
        edit.cancel(instance=seen, now=NOW, actor="user:editor")

    post.refresh_from_db()
    assert post.status == Status.PUBLISHING
