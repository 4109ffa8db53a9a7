"""Saving and deleting recurrences: the plan follows at once, as far as nobody has touched it."""

from datetime import timedelta

import pytest

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance, Recurrence
from scheduling.services.recurring.saving import delete_recurrence, save_recurrence
from scheduling.tests.factories import NOW, ChannelAccountFactory, PendingFactory
from scheduling.tests.recurring.repeating import ANA, posts, times, top
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db
MONDAYS = ["2026-11-23T09:00", "2026-11-30T09:00", "2026-12-07T09:00", "2026-12-14T09:00"]


@pytest.fixture
def recurrence():
    return made()


def made(**values):
    account = values.pop("account", None) or ChannelAccountFactory()
    content = ContentItemFactory(brand=account.brand)
    terms = {"rule": "FREQ=WEEKLY;BYDAY=MO", "starts_at": "2026-11-23T09:00", **values}
    row = Recurrence(workspace=account.workspace, channel_account=account, content_item=content, **terms)
    return save_recurrence(recurrence=row, **ANA)


def changed(recurrence, **values):
    for name, value in values.items():
        setattr(recurrence, name, value)
    return save_recurrence(recurrence=recurrence, **ANA)


def events(recurrence):
    found = LedgerEvent.objects.filter(entity_type="recurrence", entity_id=recurrence.pk).order_by("id")
    return [(one.event_type, one.metadata["posts_made"], one.metadata["posts_canceled"]) for one in found]


def test_a_new_one_has_the_posts_of_four_weeks_at_once(recurrence):
    assert times(recurrence) == MONDAYS
    assert events(recurrence) == [("recurrence_created", 4, 0)]


def test_another_rule_takes_back_what_it_does_not_ask_for_and_keeps_the_rest(recurrence):
    kept = posts(recurrence)[1]

    changed(recurrence, rule="FREQ=WEEKLY;BYDAY=MO;INTERVAL=2", starts_at="2026-11-30T09:00")

    assert times(recurrence, status="scheduled") == MONDAYS[1::2]
    assert posts(recurrence, status="scheduled")[0].pk == kept.pk
    assert {one.reason for one in posts(recurrence, status="canceled")} == {
        "Its recurrence was changed: it is not posted at this time any more."
    }
    assert events(recurrence)[-1] == ("recurrence_changed", 0, 2)


def test_another_time_of_day_moves_them_all(recurrence):
    changed(recurrence, starts_at="2026-11-23T18:30")

    assert times(recurrence, status="scheduled") == [at.replace("09:00", "18:30") for at in MONDAYS]


def test_other_content_stands_at_the_same_times(recurrence):
    content = ContentItemFactory(brand=recurrence.channel_account.brand)

    changed(recurrence, content_item=content)

    standing = posts(recurrence, status="scheduled")
    assert times(recurrence, status="scheduled") == MONDAYS
    assert {one.content_item for one in standing} == {content}


def test_on_another_account_it_stands_at_that_accounts_wall_time(recurrence):
    account = ChannelAccountFactory(brand=recurrence.channel_account.brand, schedule_timezone="America/New_York")

    changed(recurrence, channel_account=account)

    standing = posts(recurrence, status="scheduled")
    assert {one.channel_account for one in standing} == {account}
    assert times(recurrence, status="scheduled") == MONDAYS
    assert standing[0].scheduled_for.isoformat() == "2026-11-23T14:00:00+00:00"


def test_a_time_that_is_left_out_later_is_taken_back_and_comes_again_when_it_is_not(recurrence):
    changed(recurrence, excluded=["2026-12-07"])
    left = times(recurrence, status="scheduled")

    changed(recurrence, excluded=[])

    assert left == [MONDAYS[0], MONDAYS[1], MONDAYS[3]]
    assert times(recurrence, status="scheduled") == MONDAYS


def test_switched_off_it_takes_its_posts_back_and_switched_on_it_makes_them_again(recurrence):
    changed(recurrence, is_active=False)
    off = times(recurrence, status="scheduled")

    changed(recurrence, is_active=True)

    assert off == []
    assert times(recurrence, status="scheduled") == MONDAYS


def test_deleted_it_takes_its_posts_back(recurrence):
    delete_recurrence(recurrence=recurrence, **ANA)

    assert not Recurrence.objects.exists()
    assert [one.status for one in PostInstance.objects.all()] == ["canceled"] * 4
    event = LedgerEvent.objects.get(event_type="recurrence_deleted")
    assert (event.actor, event.metadata["posts_canceled"]) == ("user:ana", 4)


def test_what_is_on_its_way_is_not_taken_back(recurrence):
    on_its_way = PendingFactory(channel_account=recurrence.channel_account)
    first = recurrence.occurrences.order_by("local_time").first()
    first.post_instance, first.post_version = on_its_way, on_its_way.version
    first.save()

    delete_recurrence(recurrence=recurrence, **ANA)

    on_its_way.refresh_from_db()
    assert on_its_way.status == "pending"


def test_taken_back_from_a_slot_of_the_cadence_it_leaves_the_slot_empty():
    account = ChannelAccountFactory(posts_per_week=1, schedule_times=["09:00"])
    top()
    recurrence = made(account=account)

    changed(recurrence, is_active=False)

    assert [one.status for one in account.post_instances.all()] == ["planned"] * 4


def test_a_change_plans_as_far_as_a_longer_top_off_did(recurrence):
    top(days=60)
    many = len(times(recurrence))

    changed(recurrence, starts_at="2026-11-23T18:30")

    assert many == 9
    assert len(times(recurrence, status="scheduled")) == many


def test_a_zone_that_changed_is_followed_when_it_is_saved_again(recurrence):
    account = recurrence.channel_account
    account.schedule_timezone = "America/New_York"
    account.save()

    changed(Recurrence.objects.get())

    standing = posts(recurrence, status="scheduled")
    assert times(recurrence, status="scheduled") == MONDAYS
    assert standing[0].scheduled_for.isoformat() == "2026-11-23T14:00:00+00:00"


def test_saving_it_unchanged_changes_no_post(recurrence):
    before = posts(recurrence)

    changed(recurrence)

    assert [(one.pk, one.version) for one in posts(recurrence)] == [(one.pk, one.version) for one in before]


def test_a_start_with_an_offset_is_what_the_accounts_clock_shows_then():
    recurrence = made(starts_at="2026-11-23T08:00:00Z")

    assert recurrence.starts_at == "2026-11-23T09:00:00"


def test_one_that_began_before_now_has_posts_from_now_on():
    recurrence = made(rule="FREQ=DAILY", starts_at=f"{NOW - timedelta(days=30):%Y-%m-%d}T08:00")

    assert times(recurrence)[0] == "2026-11-21T08:00"
