"""Putting content into an empty slot, and taking it out again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.models import PLACEHOLDER_TITLE
from campaigns.tests.factories import CampaignFactory
from scheduling.models import PostInstance, Status
from scheduling.services.content import tray
from scheduling.services.edit import take_out
from scheduling.services.schedule import fill
from scheduling.tests.factories import NOW, BlackoutFactory, ChannelAccountFactory
from scheduling.tests.planning.standing import content_for, standing
from workspaces.errors import Conflict, Invalid
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


def test_filling_a_slot_promises_the_content_at_the_slots_time():
    slot = standing("planned", scheduled_for=EVENING)
    content = content_for(slot)

    post = by_hand(fill, slot, content=content)

    post.refresh_from_db()
    assert (post.status, post.content_item, post.due_at) == (Status.SCHEDULED, content, EVENING)
    assert (post.cadence_slot, post.scheduled_by) == ("2026-11-20T19:00", "cadence")
    assert told() == ["publish_slot_filled", "publish_scheduled_created"]


def test_a_slot_may_be_filled_without_a_promise():
    slot = standing("planned", scheduled_for=EVENING)

    post = by_hand(fill, slot, content=content_for(slot), status=Status.DRAFT)

    assert (post.status, post.due_at) == (Status.DRAFT, None)
    assert told() == ["publish_slot_filled"]


def test_a_filled_slot_takes_its_contents_campaign_and_tells_what_its_time_breaks():
    account = ChannelAccountFactory(platform="instagram")
    slot = standing("planned", channel_account=account, scheduled_for=EVENING - 3 * HOUR)
    campaign = CampaignFactory(brand=account.brand)

    post = by_hand(fill, slot, content=content_for(slot, campaign=campaign))

    assert post.campaign_id == campaign.pk
    assert [one["rule"] for one in post.warnings] == ["window"]


@pytest.mark.parametrize("what", ["over", "another brand", "switched off", "blackout"])
def test_a_slot_that_cannot_take_the_content_stays_empty(what):
    slot = standing("planned", scheduled_for=NOW - HOUR if what == "over" else EVENING)
    content = content_for(standing("planned") if what == "another brand" else slot)
    if what == "switched off":
        type(slot.channel_account).objects.update(is_active=False)
    if what == "blackout":
        BlackoutFactory(channel_account=slot.channel_account, starts_at=NOW, ends_at=NOW + timedelta(days=1))
    before = stored(PostInstance)

    with pytest.raises((Conflict, Invalid)):
        by_hand(fill, slot, content=content)

    assert stored(PostInstance) == before


def test_taking_content_out_empties_the_slot_and_returns_the_content_to_the_tray():
    post = filled_slot()
    content = post.content_item
    PostInstance.objects.filter(pk=post.pk).update(priority=5, metadata={"note": "for the fair"})
    post = PostInstance.objects.with_everything().get(pk=post.pk)

    by_hand(take_out, post)

    post = PostInstance.objects.get(pk=post.pk)
    assert (post.status, post.content_item.title, post.due_at) == (Status.PLANNED, PLACEHOLDER_TITLE, None)
    assert (post.campaign, post.scheduled_window_end, post.priority, post.metadata) == (None, None, 0, {})
    assert (post.scheduled_for, post.cadence_slot, post.scheduled_by) == (EVENING, "2026-11-20T19:00", "cadence")
    assert list(tray(content.brand)) == [content]
