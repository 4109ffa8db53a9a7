"""Where the machine finds no time, or may not look for one, it says why; and what the ledger tells of its choice."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import PostInstance
from scheduling.services.schedule import Terms, schedule_adjusted
from scheduling.tests.factories import (
    NOW,
    BlackoutFactory,
    ChannelAccountFactory,
    PostInstanceFactory,
    SlotFactory,
)
from workspaces.errors import Conflict, Invalid
from workspaces.models import LedgerEvent

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


def test_a_place_after_the_end_that_is_still_wanted_is_refused_with_the_rule_that_binds():
    account = instagram()
    PostInstanceFactory(channel_account=account, scheduled_for=EVENING)

    with pytest.raises(Conflict) as refused:
        place(account, EVENING, terms=Terms(window_end=EVENING + 30 * MINUTE))

    assert str(refused.value) == "There is no time up to 2026-11-20 19:30 that respects 60min gap."
    assert PostInstance.objects.count() == 1


def test_a_place_at_the_end_that_is_still_wanted_is_given():
    account = instagram()
    PostInstanceFactory(channel_account=account, scheduled_for=EVENING)

    post = place(account, EVENING, terms=Terms(window_end=EVENING + HOUR))

    assert post.scheduled_for == post.scheduled_window_end == EVENING + HOUR


def test_rules_that_leave_no_room_in_60_days_are_refused_with_the_rule_that_binds():
    account = ChannelAccountFactory()
    BlackoutFactory(channel_account=account, starts_at=NOW, ends_at=NOW + timedelta(days=90), reason="Rebuilding")

    with pytest.raises(Conflict, match='There is no time within 60 days that respects blackout "Rebuilding"'):
        place(account, NOW)

    assert not PostInstance.objects.exists()


@pytest.mark.parametrize("ago", [0, 1, 60])
def test_a_minute_ago_still_means_now(ago):
    now = NOW + timedelta(milliseconds=900)

    post = place(ChannelAccountFactory(), NOW - timedelta(seconds=ago), now=now)

    assert (post.scheduled_for, post.reason) == (NOW, "")


def test_a_time_that_is_over_is_refused():
    with pytest.raises(Conflict, match="2026-11-20 09:58 is in the past"):
        place(ChannelAccountFactory(), NOW - timedelta(seconds=61))

    assert not PostInstance.objects.exists()


@pytest.mark.parametrize("case", ["switched off", "another brand", "another workspace", "placeholder"])
def test_content_that_cannot_go_to_an_account_is_refused(case):
    account = ChannelAccountFactory(is_active=case != "switched off")
    content = {
        "another brand": lambda: ContentItemFactory(brand=BrandFactory(workspace=account.workspace)),
        "another workspace": ContentItemFactory,
        "placeholder": lambda: SlotFactory(channel_account=account).content_item,
    }.get(case, lambda: ContentItemFactory(brand=account.brand))()
    there = PostInstance.objects.count()

    with pytest.raises(Invalid):
        place(account, EVENING, content)

    assert PostInstance.objects.count() == there
    assert not LedgerEvent.objects.exists()


def test_times_are_whole_seconds():
    post = place(ChannelAccountFactory(), NOW + timedelta(seconds=90, microseconds=7))

    assert post.scheduled_for == NOW + timedelta(seconds=90)


def test_the_ledger_tells_of_it_with_source_2s_names_and_metadata():
    account = instagram()
    PostInstanceFactory(channel_account=account, scheduled_for=EVENING - 55 * MINUTE)
    end = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)

    post = place(account, EVENING, terms=Terms(window_end=end))

    created, adjusted = LedgerEvent.objects.order_by("id")
    assert {(one.entity_type, one.entity_id, one.actor) for one in (created, adjusted)} == {
        ("publish_log", post.pk, "key:mm_1")
    }
    assert (created.event_type, adjusted.event_type) == ("publish_scheduled_created", "publish_scheduled_adjusted")
    assert created.metadata == {
        "clip_id": str(post.content_item_id),
        "platform": "instagram",
        "social_account_id": str(account.pk),
        "scheduled_for": "2026-11-20T18:00:00Z",
        "scheduled_window_end": "2026-11-20T22:00:00Z",
        "scheduled_by": "manual",
        "status": "scheduled",
    }
    assert adjusted.metadata == {
        "clip_id": str(post.content_item_id),
        "platform": "instagram",
        "original_time": "2026-11-20T18:00:00Z",
        "adjusted_time": "2026-11-20T18:05:00Z",
        "reason": "Adjusted 5min forward to respect 60min gap",
    }
