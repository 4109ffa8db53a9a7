"""Moving posts and slots: kept where people put them, with slots that give way and come back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduling.models import PostInstance, Status
from scheduling.services.edit import cancel, move, restore, skip
from scheduling.tests.factories import NOW, BlackoutFactory, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from scheduling.tests.planning.standing import standing
from workspaces.errors import Conflict
from workspaces.models import LedgerEvent
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
MADRID = ZoneInfo("Europe/Madrid")
EVENING = datetime(2026, 11, 20, 19, 0, tzinfo=MADRID)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def by_hand(do, post, **values):
    return do(**{"instance": post, "now": NOW, "actor": "user:ana", **values})


@pytest.fixture
def slot():
    return SlotFactory(scheduled_for=EVENING + 2 * HOUR)


@pytest.fixture
def post(slot):
    return standing("scheduled", channel_account=slot.channel_account, scheduled_for=EVENING)


def state_of(row):
    return PostInstance.objects.get(pk=row.pk).status


@pytest.mark.parametrize("status", ["planned", "draft", "in_review", "scheduled"])
def test_a_moved_post_keeps_its_state_and_remembers_its_wall_time(status):
    post = standing(status, scheduled_for=EVENING)

    by_hand(move, post, at=EVENING + timedelta(days=1, minutes=15))

    post.refresh_from_db()
    assert (post.status, post.local_time, post.scheduled_by) == (status, "2026-11-21T19:15:00", "manual")
    assert post.due_at == (post.scheduled_for if status == "scheduled" else None)
    event = LedgerEvent.objects.get(event_type="publish_moved")
    assert event.metadata["moved_from"] == "2026-11-20T18:00:00Z"
    assert event.metadata["scheduled_for"] == "2026-11-21T18:15:00Z"


def test_a_post_that_waits_for_a_worker_is_scheduled_again():
    post = standing("pending")

    by_hand(move, post, at=EVENING)

    post.refresh_from_db()
    assert (post.status, post.scheduled_for, post.due_at) == (Status.SCHEDULED, EVENING, EVENING)


def test_a_move_is_kept_with_warnings():
    account = ChannelAccountFactory(platform="instagram")
    post = standing("scheduled", channel_account=account, scheduled_for=EVENING)

    by_hand(move, post, at=EVENING - 4 * HOUR)

    post.refresh_from_db()
    assert [one["rule"] for one in post.warnings] == ["window"]


def test_a_post_is_never_too_close_to_itself():
    account = ChannelAccountFactory(platform="instagram")
    post = standing("scheduled", channel_account=account, scheduled_for=EVENING)

    by_hand(move, post, at=EVENING + 10 * MINUTE)

    assert post.warnings == []


@pytest.mark.parametrize("what", ["over", "taken", "in a blackout", "not wanted any more"])
def test_a_move_to_a_time_that_nobody_gets_is_refused(what, post):
    at = NOW - HOUR if what == "over" else EVENING + HOUR
    if what == "taken":
        PostInstanceFactory(channel_account=post.channel_account, scheduled_for=at)
    if what == "in a blackout":
        BlackoutFactory(channel_account=post.channel_account, starts_at=at, ends_at=at + HOUR)
    if what == "not wanted any more":
        PostInstance.objects.filter(pk=post.pk).update(scheduled_window_end=EVENING + 30 * MINUTE)
        post.refresh_from_db()
    before = stored(PostInstance)

    with pytest.raises(Conflict):
        by_hand(move, post, at=at)

    assert stored(PostInstance) == before
    assert not LedgerEvent.objects.exists()


def test_a_wish_that_is_over_gives_way_to_a_new_time():
    post = standing("scheduled", scheduled_for=NOW - 2 * HOUR, scheduled_window_end=NOW - HOUR)

    by_hand(move, post, at=EVENING)

    assert (post.scheduled_for, post.scheduled_window_end) == (EVENING, None)


def test_an_empty_slot_gives_way_to_a_post_that_is_moved_onto_it(slot, post):
    by_hand(move, post, at=slot.scheduled_for)

    assert (state_of(post), state_of(slot)) == (Status.SCHEDULED, Status.SKIPPED)
    assert PostInstance.objects.get(pk=post.pk).scheduled_for == slot.scheduled_for
    assert PostInstance.objects.get(pk=slot.pk).reason == "A post was moved into this slot."


def test_the_slot_comes_back_when_the_post_is_moved_back(slot, post):
    by_hand(move, post, at=slot.scheduled_for)

    by_hand(move, post, at=EVENING)

    slot.refresh_from_db()
    assert (slot.status, slot.reason, slot.metadata) == (Status.PLANNED, "", {})
    assert PostInstance.objects.get(pk=post.pk).scheduled_for == EVENING


def test_the_slot_comes_back_when_the_post_is_canceled_and_gives_way_to_its_undo(slot, post):
    by_hand(move, post, at=slot.scheduled_for)

    by_hand(cancel, post)
    after_cancel = state_of(slot), state_of(post)
    by_hand(restore, post)

    assert after_cancel == (Status.PLANNED, Status.CANCELED)
    assert (state_of(slot), state_of(post)) == (Status.SKIPPED, Status.DRAFT)


def test_a_post_that_stays_where_it_is_brings_nothing_back(slot, post):
    by_hand(move, post, at=slot.scheduled_for)

    by_hand(move, post, at=slot.scheduled_for)

    assert (state_of(slot), state_of(post)) == (Status.SKIPPED, Status.SCHEDULED)


def test_a_slot_that_a_person_skipped_does_not_come_back(slot, post):
    by_hand(skip, slot)
    by_hand(move, post, at=slot.scheduled_for)

    by_hand(move, post, at=EVENING)

    assert state_of(slot) == Status.SKIPPED


def test_a_slot_does_not_come_back_into_a_blackout(slot, post):
    by_hand(move, post, at=slot.scheduled_for)
    BlackoutFactory(channel_account=slot.channel_account, starts_at=EVENING + HOUR, ends_at=EVENING + 3 * HOUR)

    by_hand(move, post, at=EVENING)

    assert state_of(slot) == Status.SKIPPED


def test_two_empty_slots_do_not_stand_on_one_instant(slot):
    other = SlotFactory(channel_account=slot.channel_account, scheduled_for=EVENING)

    with pytest.raises(Conflict, match="Another post stands at that time on this account"):
        by_hand(move, other, at=slot.scheduled_for)

    assert (state_of(slot), state_of(other)) == (Status.PLANNED, Status.PLANNED)


def test_a_move_of_a_slot_onto_another_accounts_time_disturbs_nobody(slot, post):
    other = standing("scheduled", scheduled_for=EVENING + 5 * HOUR)

    by_hand(move, other, at=EVENING)

    assert (state_of(post), state_of(other), state_of(slot)) == ("scheduled", "scheduled", "planned")
