"""Watching the coverage: an account that runs dry is noted once, until it was covered in between."""

from datetime import timedelta

import pytest

from scheduling.models import Status
from scheduling.services.coverage import COVERED, RUNS_DRY, watch_coverage
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def account():
    """Return an account with a cadence of a post a day."""
    return ChannelAccountFactory(posts_per_week=7, schedule_times=["18:00"])


def noted(account):
    """Return what the ledger says of an account's coverage."""
    return list(LedgerEvent.objects.filter(entity_id=account.pk).values_list("event_type", flat=True))


def test_an_account_runs_dry_with_the_time_of_its_last_post_and_of_the_empty_slot_after_it(account):
    SlotFactory(channel_account=account, scheduled_for=NOW + DAY)
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + 4 * DAY)
    SlotFactory(channel_account=account, scheduled_for=NOW + 5 * DAY)

    watch_coverage(now=NOW)

    said = LedgerEvent.objects.get(entity_id=account.pk, event_type=RUNS_DRY).metadata
    assert (said["last_post"], said["next_empty_slot"]) == ("2026-11-24T09:00:00Z", "2026-11-25T09:00:00Z")


def test_an_account_without_any_post_runs_dry(account):
    watch_coverage(now=NOW)

    assert noted(account) == [RUNS_DRY]


def test_an_account_with_posts_for_the_days_that_its_workspace_wants_does_not_run_dry(account):
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + 5 * DAY)

    assert watch_coverage(now=NOW) == []


def test_a_draft_covers_nothing_because_nobody_has_promised_it(account):
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + 6 * DAY, status=Status.DRAFT)

    assert watch_coverage(now=NOW) == [RUNS_DRY]


def test_a_dry_spell_is_noted_once(account):
    first = watch_coverage(now=NOW)

    again = watch_coverage(now=NOW + DAY)

    assert (first, again) == ([RUNS_DRY], [])


def test_the_next_dry_spell_is_noted_again(account):
    watch_coverage(now=NOW)
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + 9 * DAY)
    watch_coverage(now=NOW + DAY)

    watch_coverage(now=NOW + 7 * DAY)

    assert noted(account) == [RUNS_DRY, COVERED, RUNS_DRY]


@pytest.mark.parametrize("level", ["account", "brand", "workspace"])
def test_what_is_paused_is_left_alone(account, level):
    row = account if level == "account" else getattr(account, level)
    row.paused_at = NOW - DAY
    row.save()

    assert watch_coverage(now=NOW) == []


@pytest.mark.parametrize("change", [{"posts_per_week": 0}, {"is_active": False}, {"workspace__warn_days": 0}])
def test_what_needs_no_posts_is_left_alone(change):
    ChannelAccountFactory(
        **{"posts_per_week": 7, "brand__workspace__warn_days": change.pop("workspace__warn_days", 5)} | change
    )

    assert watch_coverage(now=NOW) == []


def test_many_accounts_are_looked_at_in_one_query(account, django_assert_num_queries):
    accounts = [account, *ChannelAccountFactory.create_batch(30, brand=account.brand, posts_per_week=7)]
    for one in accounts:
        PostInstanceFactory(channel_account=one, scheduled_for=NOW + 6 * DAY)

    with django_assert_num_queries(1):
        watch_coverage(now=NOW)
