"""Planning with several callers at once, on PostgreSQL: each slot once, each time once, every count true."""

from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest

from campaigns.models import ContentItem
from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.rules import iso
from scheduling.services.accounts import save_account
from scheduling.services.campaigns import spread_campaign
from scheduling.services.edit import cancel, move, skip
from scheduling.services.schedule import fill, schedule_adjusted, schedule_as_stated
from scheduling.services.topoff import top_off
from scheduling.tests.factories import NOW, ChannelAccountFactory, SlotFactory
from scheduling.tests.planning.at_once import at_once
from scheduling.tests.planning.standing import content_for, standing
from workspaces.errors import Conflict
from workspaces.models import LedgerEvent

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
SOON = NOW + timedelta(hours=3)
AGAIN = range(3)  # A race is not lost every time.


def accounts(number, **values):
    brand = BrandFactory()
    return [
        ChannelAccountFactory(brand=brand, posts_per_week=14, schedule_times=["09:00", "18:00"], **values)
        for _ in range(number)
    ]


def top(**values):
    return top_off(**{"now": NOW, "actor": "command", **values})


@pytest.mark.parametrize("callers", [2, 4])
def test_top_offs_at_once_make_each_slot_once_and_every_count_is_true(callers):
    some = accounts(8)

    done = at_once(*[top] * callers)

    assert sum(one.instances_created for one in done) == PostInstance.objects.count() == 8 * 56
    assert all(one.instances_created + one.instances_skipped == 8 * 56 for one in done)
    assert PostInstance.objects.values("channel_account", "cadence_slot").distinct().count() == 8 * 56
    events = LedgerEvent.objects.filter(event_type="plan_topped_off")
    assert sum(event.metadata["instances_created"] for event in events) == 8 * 56
    assert ContentItem.objects.filter(workspace=some[0].workspace, is_placeholder=True).count() == 1


def test_a_top_off_of_one_workspace_beside_one_of_all_makes_each_slot_once():
    mine, _ = accounts(3), accounts(3)

    done = at_once(top, partial(top, workspace=mine[0].workspace), top)

    assert sum(one.instances_created for one in done) == PostInstance.objects.count() == 6 * 56


def test_callers_at_once_get_different_times_that_keep_the_gap():
    account = ChannelAccountFactory(gap_minutes=60)
    contents = [ContentItemFactory(brand=account.brand) for _ in range(4)]

    found = at_once(
        *[partial(schedule_adjusted, account=account, content=one, wanted=SOON, now=NOW, actor="x") for one in contents]
    )

    times = sorted(one.scheduled_for for one in found)
    assert times[0] == SOON
    assert all(later - earlier == timedelta(minutes=60) for earlier, later in pairwise(times))
    assert PostInstance.objects.count() == 4


def test_of_people_who_state_one_time_at_once_one_gets_it():
    account = ChannelAccountFactory()
    contents = [ContentItemFactory(brand=account.brand) for _ in range(3)]

    found = at_once(
        *[partial(schedule_as_stated, account=account, content=one, at=SOON, now=NOW, actor="x") for one in contents]
    )

    assert [type(one) for one in found if isinstance(one, Exception)] == [Conflict, Conflict]
    assert PostInstance.objects.count() == 1
    assert LedgerEvent.objects.filter(event_type="publish_scheduled_created").count() == 1


@pytest.mark.parametrize("_", AGAIN)
def test_of_two_who_fill_one_slot_at_once_one_does_and_the_other_is_told(_):
    slot = SlotFactory(scheduled_for=SOON)
    seen = [PostInstance.objects.with_everything().get(pk=slot.pk) for _ in range(2)]

    found = at_once(*[partial(fill, instance=one, content=content_for(slot), now=NOW, actor="x") for one in seen])

    assert [type(one) for one in found].count(Conflict) == 1
    assert PostInstance.objects.get().status == Status.SCHEDULED


@pytest.mark.parametrize("_", AGAIN)
def test_content_placed_beside_a_top_off_stands_in_the_slot_or_in_its_place(_):
    account = ChannelAccountFactory(posts_per_week=7, schedule_times=["18:00"], schedule_timezone="UTC")
    content = ContentItemFactory(brand=account.brand)
    at = NOW.replace(hour=18)

    placed, done = at_once(
        partial(schedule_as_stated, account=account, content=content, at=at, now=NOW, actor="x"), partial(top, days=7)
    )

    there = PostInstance.objects.get(channel_account=account, scheduled_for=at)
    assert (there.pk, there.content_item, there.status) == (placed.pk, content, Status.SCHEDULED)
    assert (there.cadence_slot is None) == (done.instances_created == 6)
    assert PostInstance.objects.count() == 7


@pytest.mark.parametrize("_", AGAIN)
def test_a_campaign_beside_top_offs_neither_locks_up_nor_loses_a_post(_):
    some = accounts(3)
    campaign = CampaignFactory(brand=some[0].brand, number_of_posts=5)
    for _number in range(5):
        ContentItemFactory(brand=campaign.brand, campaign=campaign)
    spread = partial(spread_campaign, campaign=campaign, now=NOW, actor="x")

    first, _, second, _ = at_once(spread, top, spread, top)

    assert [one.pk for one in first.instances] == [one.pk for one in second.instances]
    assert len(first.instances) == 15
    assert PostInstance.objects.filter(status=Status.PLANNED).count() == 3 * 56


@pytest.mark.parametrize("_", AGAIN)
def test_a_changed_cadence_never_removes_what_somebody_is_filling(_):
    account = accounts(1, schedule_timezone="UTC")[0]
    top(days=7)
    slot = PostInstance.objects.with_everything().filter(cadence_slot__endswith="09:00").last()
    account.posts_per_week, account.schedule_times = 7, ["18:00"]

    filled, saved = at_once(
        partial(fill, instance=slot, content=content_for(slot), now=NOW, actor="x"),
        partial(save_account, account=account, now=NOW, actor="x", remove_off_grid=True),
    )

    if isinstance(filled, Conflict):
        assert not PostInstance.objects.filter(pk=slot.pk).exists()
    else:
        assert PostInstance.objects.get(pk=slot.pk).status == Status.SCHEDULED
    assert saved.removed == 14 - PostInstance.objects.count()


@pytest.mark.parametrize("_", AGAIN)
def test_of_two_who_decide_of_one_post_at_once_one_wins(_):
    post = standing("scheduled")
    one, other = (PostInstance.objects.with_everything().get(pk=post.pk) for _number in range(2))

    found = at_once(
        partial(cancel, instance=one, now=NOW, actor="x"), partial(move, instance=other, at=SOON, now=NOW, actor="x")
    )

    after = PostInstance.objects.get()
    assert [type(one) for one in found].count(Conflict) == 1
    assert after.version == 2
    assert after.status == "canceled" or iso(after.scheduled_for) == iso(SOON)


@pytest.mark.parametrize("_", AGAIN)
def test_two_posts_moved_onto_one_empty_slot_at_once_do_not_both_stand_there(_):
    slot = SlotFactory(scheduled_for=SOON)
    posts = [
        standing("scheduled", channel_account=slot.channel_account, scheduled_for=SOON + timedelta(hours=n))
        for n in (1, 2)
    ]

    found = at_once(*[partial(move, instance=one, at=SOON, now=NOW, actor="x") for one in posts])

    assert [type(one) for one in found].count(Conflict) == 1
    assert PostInstance.objects.occupying().filter(scheduled_for=SOON).count() == 1
    assert PostInstance.objects.get(pk=slot.pk).status == Status.SKIPPED


def test_a_slot_that_is_skipped_beside_a_top_off_stays_skipped():
    account = accounts(1)[0]
    top(days=7)
    slot = PostInstance.objects.with_everything().filter(channel_account=account).last()

    _, done = at_once(partial(skip, instance=slot, now=NOW, actor="x"), partial(top, days=7))

    assert done.instances_created == 0
    assert PostInstance.objects.get(pk=slot.pk).status == Status.SKIPPED
