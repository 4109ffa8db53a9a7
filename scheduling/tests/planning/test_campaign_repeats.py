"""A repeat of a campaign's spread: the same list, and nothing that a person decided is undone."""

from datetime import datetime, timedelta

import pytest

from scheduling.models import PostInstance, Schedule, Status
from scheduling.services.edit import cancel, move
from scheduling.tests.factories import (
    NOW,
    BlackoutFactory,
    ChannelAccountFactory,
    SlotFactory,
)
from scheduling.tests.planning.campaigning import MADRID, campaign_of, local_times, spread
from workspaces.models import LedgerEvent
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("days_later", [0, 12, 40], ids=["at once", "in the middle", "after its end"])
def test_a_repeat_answers_the_same_list_and_changes_nothing(days_later):
    campaign = campaign_of(10)
    first = spread(campaign)
    rows, events = stored(PostInstance), LedgerEvent.objects.count()

    again = spread(campaign, now=NOW + timedelta(days=days_later))

    assert [one.pk for one in again.instances] == [one.pk for one in first.instances]
    assert (again.refused, again.schedule) == (first.refused, first.schedule)
    assert stored(PostInstance) == rows
    assert LedgerEvent.objects.count() == events


def test_a_repeat_leaves_a_post_where_a_person_moved_it():
    campaign = campaign_of(2)
    post = spread(campaign).instances[0]
    moved_to = post.scheduled_for + 3 * HOUR
    move(instance=post, at=moved_to, now=NOW, actor="user:ana")

    again = spread(campaign)

    assert again.instances[0].scheduled_for == moved_to
    assert len(again.instances) == 2


@pytest.mark.parametrize("slot", [False, True], ids=["of its own", "from a cadence slot"])
def test_a_repeat_places_nothing_that_a_person_canceled(slot):
    campaign = campaign_of(2)
    if slot:
        at = datetime(2026, 12, 1, 19, 0, tzinfo=MADRID)
        SlotFactory(channel_account=campaign.brand.channel_accounts.get(), scheduled_for=at)
    first = spread(campaign)
    cancel(instance=first.instances[0], now=NOW, actor="user:ana")

    again = spread(campaign)

    assert [one.pk for one in again.instances] == [first.instances[1].pk]
    assert PostInstance.objects.filter(status=Status.SCHEDULED).count() == 1


def test_a_campaign_of_which_nothing_stands_any_more_starts_over():
    campaign = campaign_of(2)
    for post in spread(campaign).instances:
        cancel(instance=post, now=NOW, actor="user:ana")

    again = spread(campaign, now=NOW + timedelta(days=15))

    assert local_times(again) == ["12-05 19:00", "12-10 19:00"]
    assert Schedule.objects.count() == 1


def test_a_repeat_places_what_is_new_and_tries_what_was_refused_on_the_day_it_had():
    campaign = campaign_of(3)
    account = campaign.brand.channel_accounts.get()
    day = datetime(2026, 12, 10, 0, 0, tzinfo=MADRID)
    blackout = BlackoutFactory(channel_account=account, starts_at=day, ends_at=day + 24 * HOUR)
    first = spread(campaign)
    blackout.delete()
    ChannelAccountFactory(brand=campaign.brand)

    again = spread(campaign, now=NOW + timedelta(days=12))

    assert (len(first.instances), len(first.refused)) == (2, 1)
    assert local_times(again) == ["12-01 19:00", "12-05 19:00", "12-05 19:00", "12-10 19:00", "12-10 19:00"]
    assert [one["reason"] for one in again.refused] == ["Its day, 2026-12-01, is over."]
