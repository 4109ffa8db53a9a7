"""Ripple: the rest of a queue moves on by one slot each, and the first place is free for something new."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduling.models import PostInstance
from scheduling.services.moving import Chosen, Step, move_all
from scheduling.services.moving_queue import ripple
from scheduling.tests.factories import (
    NOW,
    BlackoutFactory,
    ChannelAccountFactory,
    PostInstanceFactory,
    PublishingFactory,
    SlotFactory,
)
from workspaces.errors import Conflict
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
EVENING = datetime(2026, 11, 20, 18, 0, tzinfo=ZoneInfo("Europe/Madrid"))
WHO = {"now": NOW, "actor": "user:ana"}


@pytest.fixture
def account():
    return ChannelAccountFactory(name="@cafelumen", posts_per_week=7, schedule_times=["18:00"])


def queue(account, pattern):
    """Make a row a day from today's evening on: a letter is a post of that title, a dash an open slot."""
    for day, letter in enumerate(pattern):
        at = EVENING + day * DAY
        if letter == "-":
            SlotFactory(channel_account=account, scheduled_for=at)
        else:
            words = {"content_item__title": letter, "content_item__brand": account.brand}
            PostInstanceFactory(channel_account=account, scheduled_for=at, **words)


def shown(account):
    """Return what stands on the account as `queue` writes it; a dot is a day on which nothing does."""
    found = {(row.scheduled_for - EVENING).days: row for row in account.post_instances.occupying().with_everything()}
    letters = (found.get(day) for day in range(max(found) + 1))
    return "".join(
        "." if row is None else "-" if row.status == "planned" else row.content_item.title for row in letters
    )


def held(account, title):
    row = account.post_instances.with_everything().get(content_item__title=title)
    return Chosen(row, row.version)


@pytest.mark.parametrize(
    ("before", "first", "after"),
    [
        ("abc-", "a", "-abc"),
        ("abc-", "b", "a-bc"),
        ("a-b-", "a", "-a-b"),
        ("a--b-", "a", "-a--b"),
        ("ab-c--", "a", "-ab-c-"),
        ("abc", "a", ".abc"),
        ("a-b", "a", "-a.b"),
    ],
)
def test_each_post_moves_on_by_a_slot_and_what_it_leaves_is_open(account, before, first, after):
    queue(account, before)

    ripple(first=held(account, first), **WHO)

    assert shown(account) == after


@pytest.mark.parametrize("pattern", ["abc-", "a-b-", "ab-c--", "abc"])
def test_the_way_back_leads_exactly_to_where_everything_stood(account, pattern):
    queue(account, pattern)
    moved = ripple(first=held(account, "a"), **WHO)

    move_all(steps=[Step(one.instance, one.before, one.instance.version) for one in moved], **WHO)

    assert shown(account) == pattern


def test_without_a_cadence_the_last_post_goes_a_day_on(account):
    account.posts_per_week = 0
    account.save()
    queue(account, "ab")

    ripple(first=held(account, "a"), **WHO)

    assert shown(account) == ".ab"


def test_what_is_being_published_stays_and_so_do_other_accounts(account):
    other = PostInstanceFactory(scheduled_for=EVENING)
    busy = PublishingFactory(channel_account=account)
    queue(account, "ab")

    ripple(first=held(account, "a"), **WHO)

    for row in (other, busy):
        before = row.scheduled_for
        row.refresh_from_db()
        assert row.scheduled_for == before


def test_one_post_that_would_fall_in_a_blackout_stops_all_and_is_named(account):
    queue(account, "abc-")
    BlackoutFactory(channel_account=account, starts_at=EVENING + 3 * DAY, ends_at=EVENING + 4 * DAY)
    before = stored(PostInstance)

    with pytest.raises(Conflict, match=r"^Nothing was moved\. “c” .*Inventory"):
        ripple(first=held(account, "a"), **WHO)

    assert stored(PostInstance) == before


def test_an_open_slot_starts_no_ripple(account):
    queue(account, "-a")
    slot = account.post_instances.with_everything().get(status="planned")

    with pytest.raises(Conflict, match="Choose the first post of the queue"):
        ripple(first=Chosen(slot), **WHO)
