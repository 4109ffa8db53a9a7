"""Moving several posts together: by days, to a day, to an instant, and back; all of them or none."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduling.models import PostInstance
from scheduling.services.moving import Chosen, Step, move_all, move_by_days, move_to, move_to_day, require_quarter
from scheduling.tests.factories import (
    NOW,
    BlackoutFactory,
    ChannelAccountFactory,
    PostInstanceFactory,
    PublishingFactory,
    SlotFactory,
)
from workspaces.errors import Conflict, Invalid, Stale
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
MADRID, TOKYO = ZoneInfo("Europe/Madrid"), ZoneInfo("Asia/Tokyo")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHO = {"now": NOW, "actor": "user:ana"}


@pytest.fixture
def account():
    return ChannelAccountFactory(name="@cafelumen")


def posts(account, *times, **values):
    return [PostInstanceFactory(channel_account=account, scheduled_for=at, **values) for at in times]


def held(*instances):
    rows = PostInstance.objects.with_everything().in_bulk([one.pk for one in instances])
    return [Chosen(rows[one.pk], rows[one.pk].version) for one in instances]


def stands(*instances):
    return [PostInstance.objects.get(pk=one.pk).scheduled_for for one in instances]


def test_each_post_keeps_its_wall_clock_time_when_the_clocks_change():
    sunday_before = datetime(2027, 3, 27, 18, 0, tzinfo=MADRID)
    [post] = posts(ChannelAccountFactory(), sunday_before)

    move_by_days(chosen=held(post), days=1, **WHO)

    post.refresh_from_db()
    assert post.local_time == "2027-03-28T18:00:00"
    assert post.scheduled_for - sunday_before == 23 * HOUR


def test_posts_that_stand_behind_each_other_move_on_together(account):
    some = posts(account, NOW + DAY, NOW + 2 * DAY, NOW + 3 * DAY)

    move_by_days(chosen=held(*some), days=1, **WHO)
    assert stands(*some) == [NOW + 2 * DAY, NOW + 3 * DAY, NOW + 4 * DAY]
    move_by_days(chosen=held(*some), days=-1, **WHO)

    assert stands(*some) == [NOW + DAY, NOW + 2 * DAY, NOW + 3 * DAY]


def test_to_a_day_moves_by_as_many_days_as_the_calendar_shows_in_its_zone(account):
    some = posts(account, NOW + 8 * HOUR, NOW + DAY)  # 18:00 in Madrid, which is the next day in Tokyo.

    move_to_day(chosen=held(*some), day=date(2026, 11, 23), seen_in=TOKYO, **WHO)

    assert stands(*some) == [NOW + 2 * DAY + 8 * HOUR, NOW + 3 * DAY]


def test_the_others_move_as_far_as_the_one_in_the_hand(account):
    some = posts(account, NOW + DAY, NOW + 2 * DAY + HOUR)

    move_to(chosen=held(*some), at=NOW + 2 * DAY + 3 * HOUR, **WHO)

    assert stands(*some) == [NOW + 2 * DAY + 3 * HOUR, NOW + 3 * DAY + 4 * HOUR]


def test_one_that_cannot_be_moved_keeps_all_and_is_named(account):
    some = posts(account, NOW + DAY, NOW + 2 * DAY)
    busy = PublishingFactory(channel_account=account, content_item__title="Meet Ana", content_item__brand=account.brand)
    before = stored(PostInstance)

    with pytest.raises(Conflict) as refusal:
        move_by_days(chosen=held(*some, busy), days=1, **WHO)

    assert refusal.value.message == (
        "Nothing was moved. “Meet Ana” (@cafelumen): Too late: it is being published right now."
    )
    assert stored(PostInstance) == before


def test_a_single_post_is_refused_as_everywhere_else(account):
    [post] = posts(account, NOW + DAY)

    with pytest.raises(Conflict, match=r"^2026-11-19 10:00 is in the past\.$"):
        move_by_days(chosen=held(post), days=-2, **WHO)


def test_what_somebody_else_has_changed_is_not_moved(account):
    [post] = posts(account, NOW + DAY)
    move_by_days(chosen=held(post), days=1, **WHO)
    chosen = [Chosen(one.instance, one.version - 1) for one in held(post)]
    before = stored(PostInstance)

    with pytest.raises(Stale):
        move_by_days(chosen=chosen, days=1, **WHO)

    assert stored(PostInstance) == before


def test_a_time_that_breaks_a_rule_is_kept_with_the_nearest_that_breaks_none(account):
    account.gap_minutes = 60
    account.save()
    some = posts(account, NOW + DAY, NOW + 2 * DAY)

    [moved] = move_to(chosen=held(some[0]), at=NOW + 2 * DAY - HOUR / 2, **WHO)

    [warning] = moved.instance.warnings
    assert warning["rule"] == "gap"
    assert datetime.fromisoformat(warning["nearest"]) == NOW + 2 * DAY - HOUR


def test_posts_that_move_together_are_judged_by_where_the_others_go(account):
    account.gap_minutes = 60
    account.save()
    some = posts(account, NOW + DAY, NOW + DAY + HOUR)

    moved = move_to(chosen=held(*some), at=NOW + DAY + HOUR / 2, **WHO)

    assert [one.instance.warnings for one in moved] == [[], []]


def test_undo_restores_the_former_instants_exactly(account):
    slot = SlotFactory(channel_account=account, scheduled_for=NOW + 2 * DAY)
    some = posts(account, NOW + DAY + timedelta(seconds=7), NOW + DAY + HOUR)
    moved = [
        *move_to(chosen=held(some[0]), at=NOW + 2 * DAY, **WHO),
        *move_by_days(chosen=held(some[1]), days=1, **WHO),
    ]

    move_all(steps=[Step(one.instance, one.before, one.instance.version) for one in moved], **WHO)

    assert stands(*some) == [NOW + DAY + timedelta(seconds=7), NOW + DAY + HOUR]
    slot.refresh_from_db()
    assert (slot.status, slot.scheduled_for) == ("planned", NOW + 2 * DAY)


def test_undo_says_so_if_something_has_changed_meanwhile(account):
    [post] = posts(account, NOW + DAY)
    [moved] = move_by_days(chosen=held(post), days=1, **WHO)
    move_by_days(chosen=held(post), days=1, **WHO)
    seen = PostInstance.objects.with_everything().get(pk=post.pk)

    with pytest.raises(Stale, match="Somebody else changed this post meanwhile"):
        move_all(steps=[Step(seen, moved.before, moved.instance.version - 1)], **WHO)


def test_where_a_post_stands_already_nothing_is_written(account):
    [post] = posts(account, NOW + DAY)
    before = stored(PostInstance)

    move_to(chosen=held(post), at=NOW + DAY, **WHO)

    assert stored(PostInstance) == before


def test_nobody_gets_a_blackout_not_even_together(account):
    BlackoutFactory(channel_account=account, starts_at=NOW + 3 * DAY, ends_at=NOW + 4 * DAY)
    some = posts(account, NOW + DAY, NOW + 2 * DAY)
    before = stored(PostInstance)

    with pytest.raises(Conflict, match=r"^Nothing was moved\. “.*Inventory"):
        move_by_days(chosen=held(*some), days=1, **WHO)

    assert stored(PostInstance) == before


@pytest.mark.parametrize(("minute", "second"), [(5, 0), (0, 1)])
def test_a_drop_lands_on_a_quarter_of_an_hour(minute, second):
    with pytest.raises(Invalid, match="quarter of an hour"):
        require_quarter(NOW.replace(minute=minute, second=second))


@pytest.mark.parametrize("days", [-367, 367])
def test_nothing_moves_by_more_than_a_year(account, days):
    [post] = posts(account, NOW + DAY)

    with pytest.raises(Invalid, match="366 days at most"):
        move_by_days(chosen=held(post), days=days, **WHO)
