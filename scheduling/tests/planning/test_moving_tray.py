"""Dropping content of the tray: as a draft in the slot, or at the account's next time of the day."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.services.moving_tray import accounts_for, drop_on_day, drop_on_slot
from scheduling.tests.factories import NOW, BlackoutFactory, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from workspaces.errors import Conflict
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
MADRID = ZoneInfo("Europe/Madrid")
WHO = {"now": NOW, "actor": "user:ana"}
MONDAY = date(2026, 11, 23)


@pytest.fixture
def account():
    return ChannelAccountFactory(name="@cafelumen", posts_per_week=14, schedule_times=["09:00", "18:00"])


@pytest.fixture
def content(account):
    return ContentItemFactory(brand=account.brand, title="Gift guide")


def on(day, hour):
    return datetime(day.year, day.month, day.day, hour, tzinfo=MADRID)


def test_on_a_slot_it_fills_the_slot_and_promises_nothing(account, content):
    slot = SlotFactory(channel_account=account, scheduled_for=on(MONDAY, 18))

    post = drop_on_slot(content=content, slot=slot, **WHO)

    post.refresh_from_db()
    assert (post.pk, post.status, post.content_item) == (slot.pk, Status.DRAFT, content)


def test_on_a_day_it_takes_the_first_open_slot(account, content):
    slot = SlotFactory(channel_account=account, scheduled_for=on(MONDAY, 18))

    post = drop_on_day(content=content, account=account, day=MONDAY, **WHO)

    assert (post.pk, post.status) == (slot.pk, Status.DRAFT)


def test_on_a_day_without_slots_it_takes_the_first_free_time_of_the_cadence(account, content):
    PostInstanceFactory(channel_account=account, scheduled_for=on(MONDAY, 9))

    post = drop_on_day(content=content, account=account, day=MONDAY, **WHO)

    assert (post.scheduled_for, post.status) == (on(MONDAY, 18), Status.DRAFT)


def test_today_only_the_times_ahead_count(account, content):
    post = drop_on_day(content=content, account=account, day=NOW.date(), **WHO)

    assert post.scheduled_for == on(NOW.date(), 18)


def test_an_account_without_a_cadence_has_the_usual_time_of_its_platform(content):
    account = ChannelAccountFactory(brand=content.brand, platform="linkedin")

    post = drop_on_day(content=content, account=account, day=MONDAY, **WHO)

    assert post.scheduled_for == on(MONDAY, 9)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (NOW.date() - timedelta(days=1), "2026-11-19 is over. Choose a day ahead."),
        (date(2026, 11, 25), 'falls in a blackout "Inventory"'),
    ],
)
def test_a_day_that_is_over_or_closed_is_refused(account, content, day, sentence):
    BlackoutFactory(channel_account=account, starts_at=on(date(2026, 11, 25), 0), ends_at=on(date(2026, 11, 26), 0))
    before = stored(PostInstance)

    with pytest.raises(Conflict, match=sentence):
        drop_on_day(content=content, account=account, day=day, **WHO)

    assert stored(PostInstance) == before


def test_it_can_go_to_the_active_accounts_of_its_brand(account, content):
    ChannelAccountFactory()
    ChannelAccountFactory(brand=account.brand, is_active=False, name="@old")

    assert accounts_for(content) == [account]
