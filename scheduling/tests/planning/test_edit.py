"""What people do with a post on the calendar, and what becomes of the slot that it stood in."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.models import PLACEHOLDER_TITLE
from scheduling.models import PostInstance, ScheduleType, Status
from scheduling.services.content import tray
from scheduling.services.edit import cancel, move, publish_now, restore, schedule, skip, take_out
from scheduling.services.schedule import fill
from scheduling.tests.factories import NOW, BlackoutFactory, PostInstanceFactory, SlotFactory
from scheduling.tests.planning.standing import content_for, standing
from workspaces.errors import Conflict
from workspaces.models import LedgerEvent
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
MADRID = ZoneInfo("Europe/Madrid")
EVENING = datetime(2026, 11, 20, 19, 0, tzinfo=MADRID)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def by_hand(do, post, **values):
    return do(**{"instance": post, "now": NOW, "actor": "user:ana", **values})


def filled_slot(**values):
    slot = standing("planned", scheduled_for=EVENING, **values)
    return by_hand(fill, slot, content=content_for(slot))


def told():
    return list(LedgerEvent.objects.order_by("id").values_list("event_type", flat=True))


def test_what_is_filled_in_again_has_nothing_of_the_attempts_before():
    post = filled_slot()
    PostInstance.objects.filter(pk=post.pk).update(attempts=1, retry_count=1, first_attempt_at=NOW - HOUR)
    post = by_hand(take_out, PostInstance.objects.with_everything().get(pk=post.pk))

    by_hand(fill, post, content=content_for(post))

    post.refresh_from_db()
    assert (post.retry_count, post.first_attempt_at) == (0, None)


@pytest.mark.parametrize("do", [move, schedule])
def test_a_post_with_a_new_time_has_nothing_of_the_attempts_before(do):
    post = standing("scheduled" if do is move else "failed")
    PostInstance.objects.filter(pk=post.pk).update(attempts=2, retry_count=2, first_attempt_at=NOW - HOUR)

    by_hand(do, post, at=EVENING)

    post.refresh_from_db()
    assert (post.attempts, post.retry_count, post.first_attempt_at) == (2, 0, None)
    assert post.scheduled_for == post.due_at == EVENING


def test_skipping_leaves_a_slot_out_with_the_reason():
    slot = standing("planned", scheduled_for=EVENING)

    by_hand(skip, slot, reason="Closed for the holidays")

    slot.refresh_from_db()
    assert (slot.status, slot.reason, slot.due_at) == (Status.SKIPPED, "Closed for the holidays", None)
    assert told() == ["publish_skipped"]


@pytest.mark.parametrize("status", ["draft", "in_review", "scheduled"])
def test_canceling_what_came_from_a_cadence_slot_empties_the_slot(status):
    post = standing(status, scheduled_for=EVENING, cadence_slot="2026-11-20T19:00")
    content = post.content_item

    by_hand(cancel, post)

    post.refresh_from_db()
    assert (post.status, post.content_item.title) == (Status.PLANNED, PLACEHOLDER_TITLE)
    assert list(tray(content.brand)) == [content]


def test_canceling_what_came_from_a_cadence_slot_that_is_over_cancels_it():
    post = standing("scheduled", scheduled_for=NOW - MINUTE, cadence_slot="2026-11-20T09:59")

    by_hand(cancel, post)

    post.refresh_from_db()
    assert (post.status, post.content_item.is_placeholder) == (Status.CANCELED, False)


def test_canceling_a_post_of_its_own_cancels_it_and_frees_its_time():
    post = standing("scheduled", scheduled_for=EVENING)

    by_hand(cancel, post)

    post.refresh_from_db()
    assert (post.status, post.due_at) == (Status.CANCELED, None)
    assert told() == ["publish_canceled"]
    PostInstanceFactory(channel_account=post.channel_account, scheduled_for=EVENING)


@pytest.mark.parametrize("undone", [skip, cancel])
def test_undo_makes_a_post_a_draft_again(undone):
    post = by_hand(undone, standing("scheduled", scheduled_for=EVENING))

    by_hand(restore, post)

    post.refresh_from_db()
    assert (post.status, post.reason, post.scheduled_for) == (Status.DRAFT, "", EVENING)
    assert told()[-1] == "publish_restored"


def test_undo_makes_a_skipped_slot_an_empty_slot_again():
    slot = by_hand(skip, standing("planned", scheduled_for=EVENING))

    by_hand(restore, slot)

    slot.refresh_from_db()
    assert (slot.status, slot.content_item.title) == (Status.PLANNED, PLACEHOLDER_TITLE)


@pytest.mark.parametrize("what", ["its time is over", "its time is taken", "its time is in a blackout"])
def test_undo_is_refused_where_the_time_cannot_be_had_again(what):
    post = by_hand(cancel, standing("scheduled", scheduled_for=EVENING))
    now = EVENING if what == "its time is over" else NOW
    if what == "its time is taken":
        PostInstanceFactory(channel_account=post.channel_account, scheduled_for=EVENING)
    if what == "its time is in a blackout":
        BlackoutFactory(channel_account=post.channel_account, starts_at=EVENING, ends_at=EVENING + HOUR)
    before = stored(PostInstance)

    with pytest.raises(Conflict):
        by_hand(restore, post, now=now)

    assert stored(PostInstance) == before


@pytest.mark.parametrize("status", ["draft", "scheduled", "in_review"])
def test_publish_now_makes_a_post_due_at_once(status):
    post = standing(status, scheduled_for=EVENING)

    by_hand(publish_now, post)

    post.refresh_from_db()
    assert (post.status, post.schedule_type) == (Status.SCHEDULED, ScheduleType.IMMEDIATE)
    assert post.scheduled_for == post.due_at == NOW
    assert told() == ["publish_scheduled_created"]


def test_two_posts_published_now_stand_a_second_apart():
    one = standing("scheduled", scheduled_for=EVENING)
    other = standing("scheduled", channel_account=one.channel_account, scheduled_for=EVENING + HOUR)

    by_hand(publish_now, one)
    by_hand(publish_now, other)

    assert (one.scheduled_for, other.scheduled_for) == (NOW, NOW + timedelta(seconds=1))


def test_publish_now_is_refused_in_a_blackout():
    post = standing("scheduled", scheduled_for=EVENING)
    BlackoutFactory(channel_account=post.channel_account, starts_at=NOW - HOUR, ends_at=NOW + HOUR, reason="Inventory")

    with pytest.raises(Conflict, match='blackout "Inventory"'):
        by_hand(publish_now, post)


def test_scheduling_a_draft_promises_it_at_its_time():
    post = standing("draft", scheduled_for=EVENING)

    by_hand(schedule, post)

    post.refresh_from_db()
    assert (post.status, post.due_at) == (Status.SCHEDULED, EVENING)


def test_an_empty_slot_cannot_be_scheduled():
    slot = SlotFactory(scheduled_for=EVENING)

    with pytest.raises(Conflict, match="This slot is empty: put content in it first"):
        by_hand(schedule, slot)


def test_what_may_be_out_is_not_sent_again_before_somebody_decides():
    post = standing("unconfirmed")

    with pytest.raises(Conflict, match="Nobody knows whether it went out"):
        by_hand(schedule, post, at=EVENING)
