"""Top-off never brings back what a person decided, and never touches what is there."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduling.models import PostInstance, Status
from scheduling.services.edit import cancel, move, publish_now, restore, skip, take_out
from scheduling.services.schedule import fill
from scheduling.services.topoff import top_off
from scheduling.tests.factories import NOW, ChannelAccountFactory, PublishedFactory
from scheduling.tests.planning.standing import content_for
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
MADRID = ZoneInfo("Europe/Madrid")
SLOT = datetime(2026, 11, 23, 18, 0, tzinfo=MADRID)
ELSEWHERE = SLOT + timedelta(hours=2)


@pytest.fixture
def slot():
    account = ChannelAccountFactory(posts_per_week=7, schedule_times=["18:00"])
    top_off(now=NOW, actor="command", days=7)
    return PostInstance.objects.with_everything().get(channel_account=account, scheduled_for=SLOT)


def by_hand(do, slot, **values):
    return do(instance=slot, now=NOW, actor="user:ana", **values)


def filled(slot):
    return by_hand(fill, slot, content=content_for(slot))


DECISIONS = {
    "moved": lambda slot: by_hand(move, slot, at=ELSEWHERE),
    "filled": filled,
    "filled and moved": lambda slot: by_hand(move, filled(slot), at=ELSEWHERE),
    "filled and published at once": lambda slot: by_hand(publish_now, filled(slot)),
    "filled and taken out": lambda slot: by_hand(take_out, filled(slot)),
    "filled and canceled": lambda slot: by_hand(cancel, filled(slot)),
    "filled and skipped": lambda slot: by_hand(skip, filled(slot)),
    "skipped": lambda slot: by_hand(skip, slot),
    "skipped and brought back": lambda slot: by_hand(restore, by_hand(skip, slot)),
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_slot_of_which_a_person_decided_is_neither_made_again_nor_changed(slot, decision):
    DECISIONS[decision](slot)
    before = stored(PostInstance)

    again = top_off(now=NOW, actor="command", days=7)

    assert again.message == "Created 0 new slots, skipped 7 existing"
    assert stored(PostInstance) == before


def test_a_slot_that_was_published_is_not_made_again(slot):
    PostInstance.objects.filter(pk=slot.pk).delete()
    PublishedFactory(channel_account=slot.channel_account, scheduled_for=SLOT, cadence_slot=slot.cadence_slot)

    again = top_off(now=NOW, actor="command", days=7)

    assert again.instances_created == 0


def test_a_slot_may_be_moved_onto_another_slots_day_and_both_stay(slot):
    next_day = slot.scheduled_for + timedelta(days=1, hours=1)

    by_hand(move, slot, at=next_day)
    again = top_off(now=NOW, actor="command", days=7)

    assert again.instances_created == 0
    assert PostInstance.objects.filter(status=Status.PLANNED).count() == 7


def test_the_plan_grows_day_by_day_and_never_twice(slot):
    counts = [top_off(now=NOW + timedelta(days=day), actor="command", days=7).instances_created for day in range(1, 5)]

    assert counts == [1, 1, 1, 1]
    assert PostInstance.objects.values("cadence_slot").distinct().count() == PostInstance.objects.count() == 11


def test_a_deactivated_account_keeps_its_slots_and_gets_no_more(slot):
    account = slot.channel_account
    account.is_active = False
    account.save()

    done = top_off(now=NOW, actor="command", days=28)

    assert done.accounts_processed == 0
    assert account.post_instances.count() == 7
