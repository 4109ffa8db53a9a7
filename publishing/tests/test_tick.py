"""tick: what has to happen because time passed."""

from datetime import timedelta

import pytest

from publishing.services.attempts import LEASE, open_attempts
from publishing.services.tick import MOST_IDS, Tick, tick
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import (
    NOW,
    BlackoutFactory,
    ChannelAccountFactory,
    PendingFactory,
    PostInstanceFactory,
    SlotFactory,
)
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db


def due(**given):
    return PostInstanceFactory(scheduled_for=NOW - timedelta(seconds=1), **given)


def status_of(post):
    return PostInstance.objects.values_list("status", flat=True).get(pk=post.pk)


def test_what_is_due_is_handed_over_once_with_the_documented_event():
    post = due()
    PostInstanceFactory()

    first, second = tick(now=NOW), tick(now=NOW)

    event = LedgerEvent.objects.get()
    assert (first, second) == (Tick(1, False, [post.pk]), Tick(0, False, []))
    assert status_of(post) == Status.PENDING
    assert (event.event_type, event.entity_type, event.entity_id) == (
        "publish_scheduled_enqueued",
        "publish_log",
        post.pk,
    )
    assert event.metadata == {
        "clip_id": str(post.content_item_id),
        "platform": "x",
        "social_account_id": str(post.channel_account_id),
        "scheduled_for": "2026-11-20T08:59:59Z",
        "enqueued_at": "2026-11-20T09:00:00Z",
    }


def test_a_post_is_due_at_its_very_instant():
    post = PostInstanceFactory(scheduled_for=NOW)

    tick(now=NOW)

    assert status_of(post) == Status.PENDING


def test_a_dry_run_only_counts():
    account = ChannelAccountFactory()
    post = due(channel_account=account)
    late = PostInstanceFactory(channel_account=account, scheduled_for=NOW - timedelta(minutes=61))
    slot = SlotFactory(channel_account=account, scheduled_for=NOW - timedelta(hours=1))

    found = tick(now=NOW, dry_run=True)

    assert found == Tick(1, True, [post.pk])
    assert [status_of(one) for one in (post, late, slot)] == ["scheduled", "scheduled", "planned"]
    assert not LedgerEvent.objects.exists()


def test_the_ids_are_the_first_thousand_and_the_count_is_whole():
    account = ChannelAccountFactory()
    template = due(channel_account=account)
    rows = [
        PostInstance(**{**vars_of(template), "scheduled_for": at, "due_at": at})
        for at in (NOW - timedelta(seconds=2 + n) for n in range(MOST_IDS))
    ]
    PostInstance.objects.bulk_create(rows)

    found = tick(now=NOW)

    assert (found.moved, len(found.log_ids)) == (MOST_IDS + 1, MOST_IDS)


def vars_of(post):
    names = [field.attname for field in PostInstance._meta.concrete_fields if field.attname != "id"]
    return {name: getattr(post, name) for name in names}


def test_one_workspace_can_tick_alone():
    mine, other = due(), due()

    found = tick(now=NOW, workspace=mine.workspace)

    assert found.log_ids == [mine.pk]
    assert status_of(other) == Status.SCHEDULED


def test_what_is_later_than_its_limit_is_missed_and_not_handed_over():
    post = PostInstanceFactory(
        channel_account__lateness_minutes=15, scheduled_for=NOW - timedelta(minutes=15, seconds=1)
    )
    in_time = PostInstanceFactory(channel_account=post.channel_account, scheduled_for=NOW - timedelta(minutes=15))

    found = tick(now=NOW)

    post.refresh_from_db()
    assert found.log_ids == [in_time.pk]
    assert (post.status, post.due_at) == (Status.MISSED, None)
    assert post.reason == "It was later than this account allows (15 min): nothing was sent."
    assert LedgerEvent.objects.get(entity_id=post.pk).event_type == "publish_missed"


def test_an_empty_slot_whose_time_is_over_is_skipped_without_fuss():
    slot = SlotFactory(scheduled_for=NOW)

    tick(now=NOW)

    assert status_of(slot) == Status.SKIPPED
    assert LedgerEvent.objects.get(entity_id=slot.pk).event_type == "publish_slot_passed"


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_a_draft_whose_time_is_over_is_missed(status):
    draft = PostInstanceFactory(status=status, scheduled_for=NOW)

    tick(now=NOW)

    draft.refresh_from_db()
    assert (draft.status, draft.reason) == (
        Status.MISSED,
        "Its time passed before it was scheduled: nothing was sent.",
    )


def test_what_is_still_ahead_is_left_alone():
    ahead = [SlotFactory(), PostInstanceFactory(status=Status.DRAFT), PostInstanceFactory()]

    tick(now=NOW)

    assert [status_of(one) for one in ahead] == ["planned", "draft", "scheduled"]


def test_a_lease_that_lapsed_is_settled():
    post = PendingFactory(scheduled_for=NOW)
    open_attempts(now=NOW, holder="worker-1", limit=1)

    tick(now=NOW + LEASE)

    assert status_of(post) == Status.UNCONFIRMED


def test_a_pending_post_that_is_held_by_now_waits_as_scheduled_again():
    post = PendingFactory(scheduled_for=NOW)
    BlackoutFactory(channel_account=post.channel_account, starts_at=NOW, ends_at=NOW + timedelta(hours=1))

    tick(now=NOW)

    assert status_of(post) == Status.SCHEDULED
    assert LedgerEvent.objects.get().event_type == "publish_held"
