"""Top-off: the plan fills itself, and only ever adds what is missing."""

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from campaigns.models import PLACEHOLDER_TITLE
from campaigns.tests.factories import BrandFactory
from scheduling.models import PostInstance, Status
from scheduling.rules import PLATFORMS
from scheduling.services.topoff import top_off
from scheduling.tests.factories import NOW, BlackoutFactory, ChannelAccountFactory, PostInstanceFactory
from workspaces.errors import Invalid
from workspaces.models import LedgerEvent
from workspaces.tests.factories import WorkspaceFactory
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
MADRID = ZoneInfo("Europe/Madrid")


def account(**values):
    return ChannelAccountFactory(**{"posts_per_week": 7, "schedule_times": ["18:00"], **values})


def top(**values):
    return top_off(**{"now": NOW, "actor": "command", **values})


def test_two_accounts_get_28_days_of_slots_with_source_0s_numbers_and_words():
    first = account(schedule_timezone="UTC", brand__timezone="UTC")
    account(brand=first.brand, schedule_timezone="UTC")

    done = top(workspace=first.workspace)

    assert (done.accounts_processed, done.instances_created, done.instances_skipped) == (2, 56, 0)
    assert done.message == "Created 56 new slots, skipped 0 existing"
    assert (done.window_start, done.window_end) == (NOW, NOW + timedelta(days=28))
    assert PostInstance.objects.count() == 56


def test_the_window_is_in_whole_seconds():
    one = account(schedule_timezone="UTC")

    done = top(now=NOW + timedelta(microseconds=435_807))

    assert (done.window_start, done.window_end) == (NOW, NOW + timedelta(days=28))
    assert LedgerEvent.objects.get(entity_id=one.pk).metadata["window_start"] == "2026-11-20T09:00:00Z"


def test_a_second_run_creates_nothing_and_changes_nothing():
    one = account()
    top()
    before = stored(PostInstance)

    again = top(now=NOW)

    assert again.message == "Created 0 new slots, skipped 28 existing"
    assert stored(PostInstance) == before
    assert LedgerEvent.objects.filter(entity_id=one.pk).count() == 1


def test_a_slot_is_empty_stands_at_its_wall_time_and_remembers_where_it_came_from():
    one = account()

    top(days=1)

    slot = PostInstance.objects.get()
    assert slot.scheduled_for == datetime(2026, 11, 20, 18, 0, tzinfo=MADRID)
    assert (slot.local_time, slot.timezone) == ("2026-11-20T18:00:00", "Europe/Madrid")
    assert (slot.status, slot.scheduled_by, slot.cadence_slot) == (Status.PLANNED, "cadence", "2026-11-20T18:00")
    assert slot.content_item.title == PLACEHOLDER_TITLE
    assert (slot.workspace, slot.channel_account, slot.version) == (one.workspace, one, 1)
    slot.full_clean()


def test_each_accounts_day_ends_up_in_the_ledger_with_the_number_made():
    one = account()

    top(days=7, actor="user:ana")

    event = LedgerEvent.objects.get()
    assert (event.event_type, event.entity_type, event.entity_id) == ("plan_topped_off", "channel_account", one.pk)
    assert (event.actor, event.created_at, event.workspace) == ("user:ana", NOW, one.workspace)
    assert event.metadata == {
        "instances_created": 7,
        "window_start": "2026-11-20T09:00:00Z",
        "window_end": "2026-11-27T09:00:00Z",
    }


def test_a_run_for_one_workspace_leaves_the_others_alone_and_one_without_takes_them_all():
    mine, other = account(), account()

    for_one = top(workspace=mine.workspace, days=7)
    rest = top(days=7)

    assert (for_one.accounts_processed, for_one.instances_created) == (1, 7)
    assert (rest.accounts_processed, rest.instances_created, rest.instances_skipped) == (2, 7, 7)
    assert other.post_instances.count() == 7


def test_a_run_may_be_narrowed_to_some_accounts():
    one = account()
    account(brand=one.brand)

    done = top(workspace=one.workspace, days=7, only=[one.pk])

    assert (done.accounts_processed, done.instances_created) == (1, 7)
    assert one.post_instances.count() == 7


def test_an_inactive_account_and_one_without_a_cadence_get_no_slots():
    account(is_active=False)
    account(posts_per_week=0)

    done = top()

    assert (done.accounts_processed, done.instances_created, done.instances_skipped) == (1, 0, 0)


def test_a_workspace_without_accounts_is_answered_with_zeros():
    workspace = WorkspaceFactory(timezone="Europe/Madrid")

    done = top(workspace=workspace)

    assert (done.accounts_processed, done.message) == (0, "Created 0 new slots, skipped 0 existing")
    assert done.window_end == NOW + timedelta(days=28)


@pytest.mark.parametrize("days", [1, 90])
def test_the_shortest_and_the_longest_horizon_are_kept(days):
    account(schedule_timezone="UTC")

    done = top(days=days)

    assert done.instances_created == days
    last = PostInstance.objects.order_by("-scheduled_for").first()
    assert last.scheduled_for < NOW + timedelta(days=days)


@pytest.mark.parametrize("days", [-1, 0, 91, 10_000])
def test_a_horizon_outside_1_to_90_days_is_refused_and_nothing_is_made(days):
    account()

    with pytest.raises(Invalid, match=f"days has to be from 1 to 90; {days} is not") as refused:
        top(days=days)

    assert list(refused.value.errors) == ["days"]
    assert not PostInstance.objects.exists()


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_account_that_names_no_times_uses_its_platforms_inside_its_window(platform):
    one = account(platform=platform, schedule_times=[], posts_per_week=14, schedule_timezone="UTC")

    done = top(days=28)

    assert done.instances_created == 56
    window, gap = one.window, one.gap
    instants = list(one.post_instances.order_by("scheduled_for").values_list("scheduled_for", flat=True))
    assert all(window is None or window.covers(instant, one.zone) for instant in instants)
    assert all(later - earlier >= gap for earlier, later in pairwise(instants))


def test_no_slot_is_made_in_a_blackout_of_any_level_and_the_rest_is():
    one = account(schedule_timezone="UTC", schedule_times=["18:00"])
    day = {"starts_at": NOW + timedelta(days=1), "ends_at": NOW + timedelta(days=2)}
    BlackoutFactory(channel_account=one, **day)
    nowhere = {"channel_account": None, "workspace": one.workspace}
    BlackoutFactory(**nowhere, starts_at=day["ends_at"], ends_at=day["ends_at"] + timedelta(days=1))
    BlackoutFactory(**nowhere, brand=one.brand, starts_at=NOW + timedelta(days=4), ends_at=NOW + timedelta(days=5))
    BlackoutFactory(channel_account=None, workspace=one.workspace, brand=BrandFactory(workspace=one.workspace))

    done = top(days=7)

    days = [at.day for at in one.post_instances.order_by("scheduled_for").values_list("scheduled_for", flat=True)]
    assert days == [20, 23, 25, 26]
    assert (done.instances_created, done.instances_skipped) == (4, 3)


def test_another_workspaces_blackout_stops_nothing():
    account()
    BlackoutFactory(channel_account=None, workspace=WorkspaceFactory())

    done = top(days=7)

    assert done.instances_created == 7


def test_a_post_that_stands_on_an_instant_of_the_grid_keeps_it():
    one = account()
    at = datetime(2026, 11, 21, 18, 0, tzinfo=MADRID)
    post = PostInstanceFactory(channel_account=one, scheduled_for=at)

    done = top(days=7)

    assert (done.instances_created, done.instances_skipped) == (6, 1)
    assert one.post_instances.get(scheduled_for=at) == post


@pytest.mark.parametrize("status", ["canceled", "skipped", "missed", "failed"])
def test_a_post_that_occupies_no_time_leaves_room_for_the_slot(status):
    one = account()
    at = datetime(2026, 11, 21, 18, 0, tzinfo=MADRID)
    PostInstanceFactory(channel_account=one, scheduled_for=at, status=status)

    done = top(days=7)

    assert done.instances_created == 7
    assert set(one.post_instances.filter(scheduled_for=at).values_list("status", flat=True)) == {status, "planned"}


def test_a_hundred_and_more_accounts_are_processed_in_several_transactions():
    brand = BrandFactory()
    for _ in range(103):
        account(brand=brand)

    done = top(days=1)

    assert (done.accounts_processed, done.instances_created) == (103, 103)
    assert top(days=1).instances_created == 0
