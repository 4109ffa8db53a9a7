"""A campaign's posts, spread naively: 19:00 brand time, evenly over its days, on every account."""

from datetime import date, datetime, timedelta

import pytest

from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from scheduling.models import PostInstance, Schedule
from scheduling.tests.factories import (
    NOW,
    BlackoutFactory,
    ChannelAccountFactory,
    PostInstanceFactory,
    SlotFactory,
)
from scheduling.tests.planning.campaigning import MADRID, add_post, campaign_of, local_times, spread
from workspaces.errors import Invalid
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("posts", "days"),
    [
        (1, ["12-01"]),
        (2, ["12-01", "12-10"]),
        (3, ["12-01", "12-05", "12-10"]),
        (4, ["12-01", "12-04", "12-07", "12-10"]),
        (10, [f"12-{day:02}" for day in range(1, 11)]),
    ],
)
def test_posts_stand_at_19_brand_time_evenly_over_the_days_and_both_ends_count(posts, days):
    campaign = campaign_of(posts)

    done = spread(campaign)

    assert local_times(done) == [f"{day} 19:00" for day in days]
    assert done.refused == []
    in_order = list(campaign.content_items.order_by("created_at"))
    assert [one.content_item for one in done.instances] == in_order


def test_placed_posts_belong_to_the_campaign_and_to_one_complete_batch():
    campaign = campaign_of(3)

    done = spread(campaign)

    assert {(one.status, one.scheduled_by, one.campaign_id) for one in done.instances} == {
        ("scheduled", "campaign_orchestrator", campaign.pk)
    }
    assert {one.schedule for one in done.instances} == {done.schedule}
    assert (done.schedule.status, done.schedule.strategy, done.schedule.timezone) == (
        "completed",
        "naive",
        "Europe/Madrid",
    )
    assert LedgerEvent.objects.filter(event_type="campaign_spread").count() == 1
    assert LedgerEvent.objects.filter(event_type="publish_scheduled_created").count() == 3


def test_every_post_goes_to_every_active_account_of_the_brand():
    campaign = campaign_of(2, accounts=3)
    ChannelAccountFactory(brand=campaign.brand, is_active=False)

    done = spread(campaign)

    assert len(done.instances) == 6
    assert len({(one.content_item_id, one.channel_account_id) for one in done.instances}) == 6


def test_a_campaign_that_names_accounts_goes_to_those_alone_and_the_caller_may_name_others():
    campaign = campaign_of(1, accounts=3)
    one, two, three = campaign.brand.channel_accounts.order_by("pk")
    campaign.channel_accounts.set([one])

    named_by_campaign = spread(campaign)
    named_by_caller = spread(campaign, accounts=[two, three])

    assert [post.channel_account for post in named_by_campaign.instances] == [one]
    assert {post.channel_account for post in named_by_caller.instances} == {one, two, three}


def test_an_account_moves_a_post_within_its_day():
    campaign = campaign_of(1, window_opens=21, window_closes=23)

    done = spread(campaign)

    assert local_times(done) == ["12-01 21:00"]
    assert done.instances[0].reason == "Adjusted 120min forward to respect 21:00–23:00 window"


def test_a_post_that_its_account_would_move_to_another_day_is_refused_with_the_reason_and_the_others_stand():
    campaign = campaign_of(2, window_opens=9, window_closes=12)
    open_all_day = ChannelAccountFactory(brand=campaign.brand)

    done = spread(campaign)

    assert [one.channel_account for one in done.instances] == [open_all_day, open_all_day]
    assert [one["reason"] for one in done.refused] == [
        "There is no time before 2026-12-02 00:00 that respects 09:00–12:00 window.",
        "There is no time before 2026-12-11 00:00 that respects 09:00–12:00 window.",
    ]
    assert set(done.refused[0]) == {"content_item", "channel_account", "title", "reason"}
    assert Schedule.objects.get().refused == done.refused


def test_a_blackout_on_a_day_refuses_that_days_post():
    campaign = campaign_of(2)
    day = datetime(2026, 12, 1, 0, 0, tzinfo=MADRID)
    BlackoutFactory(
        channel_account=None, workspace=campaign.workspace, campaign=campaign, starts_at=day, ends_at=day + 24 * HOUR
    )

    done = spread(campaign)

    assert local_times(done) == ["12-10 19:00"]
    assert len(done.refused) == 1


def test_posts_of_one_account_that_meet_keep_the_gap():
    campaign = campaign_of(2, platform="instagram")
    account = campaign.brand.channel_accounts.get()
    PostInstanceFactory(channel_account=account, scheduled_for=datetime(2026, 12, 1, 19, 30, tzinfo=MADRID))
    PostInstanceFactory(channel_account=account, scheduled_for=datetime(2026, 12, 10, 19, 0, tzinfo=MADRID))

    done = spread(campaign)

    assert local_times(done) == ["12-01 20:30", "12-10 20:00"]


def test_two_campaigns_on_one_account_tie_and_the_later_gives_way():
    first = campaign_of(1)
    account = first.brand.channel_accounts.get()
    second = CampaignFactory(brand=first.brand, name="Winter blend")
    add_post(second, 0)

    spread(first)
    done = spread(second)

    assert local_times(done) == ["12-01 19:01"]
    assert account.post_instances.count() == 2


def test_a_post_fills_the_empty_slot_that_stands_at_its_time():
    campaign = campaign_of(1)
    account = campaign.brand.channel_accounts.get()
    slot = SlotFactory(channel_account=account, scheduled_for=datetime(2026, 12, 1, 19, 0, tzinfo=MADRID))

    done = spread(campaign)

    assert done.instances == [slot]
    assert PostInstance.objects.count() == 1


def test_brand_time_is_meant_also_for_an_account_in_another_zone():
    campaign = campaign_of(1, schedule_timezone="America/New_York")

    done = spread(campaign)

    assert local_times(done) == ["12-01 19:00"]
    assert done.instances[0].local_time == "2026-12-01T13:00:00"


def test_a_campaign_that_began_is_spread_over_the_days_that_are_left():
    campaign = campaign_of(3, first=date(2026, 11, 1), last=date(2026, 11, 30))

    done = spread(campaign)

    assert local_times(done) == ["11-20 19:00", "11-25 19:00", "11-30 19:00"]


def test_after_19_the_first_day_is_tomorrow_so_that_nothing_goes_out_at_once():
    campaign = campaign_of(1, first=date(2026, 11, 1), last=date(2026, 11, 30))
    late = datetime(2026, 11, 20, 21, 30, tzinfo=MADRID)

    done = spread(campaign, now=late)

    assert [one.scheduled_for for one in done.instances] == [datetime(2026, 11, 21, 19, tzinfo=MADRID)]


def test_on_its_last_evening_a_campaign_is_over():
    campaign = campaign_of(1, first=date(2026, 11, 1), last=date(2026, 11, 20))

    with pytest.raises(Invalid, match="The campaign is over; it ended on 2026-11-20"):
        spread(campaign, now=datetime(2026, 11, 20, 21, 30, tzinfo=MADRID))


@pytest.mark.parametrize(
    ("campaign", "sentence"),
    [
        (
            lambda: campaign_of(11),
            "11 posts are more than the 10 days from 2026-12-01 to 2026-12-10. Take 10 at most, or more days.",
        ),
        (
            lambda: campaign_of(1, first=date(2026, 11, 1), last=date(2026, 11, 19)),
            "The campaign is over; it ended on 2026-11-19. Choose a later last day.",
        ),
        (
            lambda: campaign_of(2, first=date(2026, 11, 1), last=date(2026, 11, 20)),
            "2 posts are more than the 1 day from 2026-11-20 to 2026-11-20. Take 1 at most, or more days.",
        ),
        (lambda: campaign_of(0), "The campaign Autumn blend has no posts yet. Add content to it first."),
        (lambda: campaign_of(1, accounts=0), "has no active account that the posts could go to. Add one first."),
    ],
    ids=["more posts than days", "over", "more posts than days are left", "no posts", "no account"],
)
def test_a_campaign_that_cannot_be_spread_is_refused_and_nothing_is_half_done(campaign, sentence):
    campaign = campaign()

    with pytest.raises(Invalid) as refused:
        spread(campaign)

    assert str(refused.value).endswith(sentence)
    assert not PostInstance.objects.exists()
    assert not Schedule.objects.exists()
    assert not LedgerEvent.objects.exists()


def test_content_of_another_brand_in_the_campaign_is_refused_by_name():
    campaign = campaign_of(1)
    stray = ContentItemFactory(brand=BrandFactory(workspace=campaign.workspace), campaign=campaign, created_at=NOW)

    done = spread(campaign)

    assert len(done.instances) == 1
    assert done.refused[0]["content_item"] == str(stray.pk)
    assert "another brand" in done.refused[0]["reason"]
