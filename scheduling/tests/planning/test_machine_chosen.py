"""A time that the machine chooses keeps every rule: moved forward, with the reason."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.tests.factories import CampaignFactory, ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.services.schedule import Terms, schedule_adjusted
from scheduling.tests.factories import (
    NOW,
    BlackoutFactory,
    ChannelAccountFactory,
    PostInstanceFactory,
    PublishedFactory,
    SlotFactory,
)

pytestmark = pytest.mark.django_db
MADRID = ZoneInfo("Europe/Madrid")
EVENING = datetime(2026, 11, 20, 19, 0, tzinfo=MADRID)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def instagram(**values):
    """Return an account with a window of 18–23 and a gap of 60 minutes."""
    return ChannelAccountFactory(platform="instagram", **values)


def place(account, wanted, content=None, **values):
    content = content or ContentItemFactory(brand=account.brand)
    return schedule_adjusted(
        **{"account": account, "content": content, "wanted": wanted, "now": NOW, "actor": "key:mm_1", **values}
    )


def test_a_time_that_breaks_nothing_is_kept_without_a_reason():
    post = place(instagram(), EVENING)

    assert (post.scheduled_for, post.status, post.reason, post.warnings) == (EVENING, Status.SCHEDULED, "", [])
    assert post.due_at == EVENING
    assert (post.local_time, post.timezone) == ("2026-11-20T19:00:00", "Europe/Madrid")
    assert PostInstance.objects.get() == post


def test_a_time_too_close_to_another_post_moves_on_by_the_gap_as_source_2_says_it():
    account = instagram()
    PostInstanceFactory(channel_account=account, scheduled_for=EVENING - 55 * MINUTE)

    post = place(account, EVENING)

    assert post.scheduled_for == EVENING + 5 * MINUTE
    assert post.reason == "Adjusted 5min forward to respect 60min gap"


def test_exactly_the_gap_is_allowed_on_both_sides():
    account = instagram()
    PostInstanceFactory(channel_account=account, scheduled_for=EVENING - HOUR)
    PostInstanceFactory(channel_account=account, scheduled_for=EVENING + HOUR)

    post = place(account, EVENING)

    assert post.scheduled_for == EVENING


def test_the_gap_counts_to_the_next_post_too():
    account = instagram()
    PostInstanceFactory(channel_account=account, scheduled_for=EVENING + 30 * MINUTE)

    post = place(account, EVENING)

    assert post.scheduled_for == EVENING + 90 * MINUTE
    assert post.reason == "Adjusted 90min forward to respect 60min gap"


@pytest.mark.parametrize(("hour", "day"), [(10, 20), (23, 21)])
def test_a_time_outside_the_window_moves_to_the_first_opening_after_it(hour, day):
    post = place(instagram(), EVENING.replace(hour=hour, minute=30))

    assert post.scheduled_for == datetime(2026, 11, day, 18, 0, tzinfo=MADRID)
    assert post.reason.endswith("forward to respect 18:00–23:00 window")


def test_a_gap_that_pushes_a_time_out_of_the_window_goes_on_to_the_next_opening():
    account = instagram()
    late = EVENING.replace(hour=22, minute=30)
    PostInstanceFactory(channel_account=account, scheduled_for=late)

    post = place(account, late)

    assert post.scheduled_for == datetime(2026, 11, 21, 18, 0, tzinfo=MADRID)
    assert post.reason == "Adjusted 1170min forward to respect 60min gap and 18:00–23:00 window"


def test_an_account_sets_its_own_window_and_gap():
    account = instagram(window_opens=9, window_closes=11, gap_minutes=10)
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + 20 * MINUTE)

    post = place(account, NOW + 25 * MINUTE)

    assert post.scheduled_for == NOW + 30 * MINUTE


def test_a_full_day_moves_a_post_to_the_next():
    account = ChannelAccountFactory(daily_cap=2)
    for hour in (1, 2):
        PostInstanceFactory(channel_account=account, scheduled_for=NOW + hour * HOUR)

    post = place(account, NOW + 3 * HOUR)

    assert post.scheduled_for == datetime(2026, 11, 21, 0, 0, tzinfo=MADRID)
    assert post.reason == "Adjusted 660min forward to respect daily cap of 2"


def test_a_blackout_moves_a_post_behind_it():
    account = ChannelAccountFactory()
    BlackoutFactory(channel_account=account, starts_at=NOW, ends_at=NOW + 5 * HOUR, reason="Inventory")

    post = place(account, NOW + HOUR)

    assert post.scheduled_for == NOW + 5 * HOUR
    assert post.reason == 'Adjusted 240min forward to respect blackout "Inventory"'


@pytest.mark.parametrize("named", ["by the content", "by the caller"])
def test_the_blackout_of_a_campaign_holds_for_its_posts_alone(named):
    account = ChannelAccountFactory()
    campaign = CampaignFactory(brand=account.brand)
    BlackoutFactory(
        channel_account=None, campaign=campaign, workspace=account.workspace, starts_at=NOW, ends_at=NOW + 5 * HOUR
    )
    of_it = ContentItemFactory(brand=account.brand, campaign=campaign if named == "by the content" else None)
    terms = Terms() if named == "by the content" else Terms(campaign=campaign)

    inside = place(account, NOW + HOUR, of_it, terms=terms)
    outside = place(account, NOW + HOUR)

    assert inside.scheduled_for == NOW + 5 * HOUR
    assert inside.campaign == campaign
    assert outside.scheduled_for == NOW + HOUR


def test_a_taken_instant_moves_on_by_a_minute_where_there_is_no_gap():
    account = ChannelAccountFactory()
    PostInstanceFactory(channel_account=account, scheduled_for=EVENING)

    post = place(account, EVENING)

    assert post.scheduled_for == EVENING + MINUTE
    assert post.reason == "Adjusted 1min forward to respect the post that stands there"


@pytest.mark.parametrize("status", ["canceled", "skipped", "missed", "failed"])
def test_posts_that_occupy_no_time_are_not_kept_away_from(status):
    account = instagram()
    PostInstanceFactory(channel_account=account, scheduled_for=EVENING, status=status)

    assert place(account, EVENING).scheduled_for == EVENING


def test_posts_that_are_out_still_count_for_the_gap():
    account = ChannelAccountFactory(gap_minutes=60)
    PublishedFactory(channel_account=account, scheduled_for=NOW - 20 * MINUTE)

    assert place(account, NOW).scheduled_for == NOW + 40 * MINUTE


def test_empty_slots_count_neither_for_the_gap_nor_for_the_cap():
    account = instagram(daily_cap=1)
    SlotFactory(channel_account=account, scheduled_for=EVENING - 10 * MINUTE)

    assert place(account, EVENING).scheduled_for == EVENING


def test_content_placed_on_the_instant_of_an_empty_slot_fills_that_row():
    account = instagram()
    slot = SlotFactory(channel_account=account, scheduled_for=EVENING)

    post = place(account, EVENING)

    assert PostInstance.objects.get() == post == slot
    assert (post.status, post.cadence_slot, post.version) == (Status.SCHEDULED, "2026-11-20T19:00", 2)
