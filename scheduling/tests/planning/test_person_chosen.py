"""A time that a person states is kept; what it breaks comes back as warnings, and three things nobody gets."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.services.schedule import Terms, schedule_as_stated
from scheduling.tests.factories import (
    NOW,
    BlackoutFactory,
    ChannelAccountFactory,
    PostInstanceFactory,
    SlotFactory,
)
from workspaces.errors import Conflict, Invalid
from workspaces.models import LedgerEvent
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
MADRID = ZoneInfo("Europe/Madrid")
EVENING = datetime(2026, 11, 20, 19, 0, tzinfo=MADRID)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def state(account, at, **values):
    content = ContentItemFactory(brand=account.brand)
    return schedule_as_stated(
        **{"account": account, "content": content, "at": at, "now": NOW, "actor": "user:ana", **values}
    )


def test_a_time_outside_the_window_is_kept_with_a_warning_and_the_nearest_better_one():
    account = ChannelAccountFactory(platform="instagram")

    post = state(account, EVENING.replace(hour=17, minute=40))

    assert post.scheduled_for == EVENING.replace(hour=17, minute=40)
    assert post.warnings == [
        {
            "rule": "window",
            "message": "17:40 is outside the 18:00–23:00 window.",
            "nearest": "2026-11-20T17:00:00Z",
        }
    ]
    assert post.reason == ""


def test_a_time_too_close_to_another_is_kept_with_a_warning():
    account = ChannelAccountFactory(platform="instagram")
    PostInstanceFactory(channel_account=account, scheduled_for=EVENING)

    post = state(account, EVENING + 20 * MINUTE)

    assert [(one["rule"], one["nearest"]) for one in post.warnings] == [("gap", "2026-11-20T19:00:00Z")]
    assert post.warnings[0]["message"] == "Only 20min after another post; the gap is 60min."


def test_a_time_on_a_full_day_is_kept_with_a_warning():
    account = ChannelAccountFactory(daily_cap=1)
    PostInstanceFactory(channel_account=account, scheduled_for=EVENING)

    post = state(account, EVENING + HOUR)

    assert [(one["rule"], one["nearest"]) for one in post.warnings] == [("daily_cap", "2026-11-20T23:00:00Z")]


def test_every_rule_that_is_broken_is_named():
    account = ChannelAccountFactory(platform="instagram", daily_cap=1)
    PostInstanceFactory(channel_account=account, scheduled_for=EVENING.replace(hour=17, minute=30))

    post = state(account, EVENING.replace(hour=17))

    assert [one["rule"] for one in post.warnings] == ["window", "gap", "daily_cap"]
    assert {one["nearest"] for one in post.warnings} == {"2026-11-21T17:00:00Z"}


def test_the_nearest_better_time_keeps_the_rules_against_posts_of_weeks_before():
    account = ChannelAccountFactory(daily_cap=1)
    first = NOW + 3 * HOUR
    for day in range(30):
        if day != 5:
            PostInstanceFactory(channel_account=account, scheduled_for=first + timedelta(days=day))
    midnight = datetime(2026, 12, 20, 0, 0, tzinfo=MADRID)
    BlackoutFactory(channel_account=account, starts_at=midnight, ends_at=midnight + timedelta(days=80))

    post = state(account, first + timedelta(days=29, minutes=5))

    assert [one["nearest"] for one in post.warnings] == ["2026-11-25T22:59:00Z"]


def test_a_time_that_breaks_nothing_comes_without_warnings_and_is_in_the_ledger():
    account = ChannelAccountFactory()

    post = state(account, EVENING)

    assert (post.status, post.warnings, post.scheduled_by) == (Status.SCHEDULED, [], "manual")
    event = LedgerEvent.objects.get()
    assert (event.event_type, event.actor, event.entity_id) == ("publish_scheduled_created", "user:ana", post.pk)
    assert event.metadata["scheduled_for"] == "2026-11-20T18:00:00Z"


def _taken(account):
    PostInstanceFactory(channel_account=account, scheduled_for=EVENING)


def _in_a_blackout(account):
    BlackoutFactory(channel_account=account, starts_at=EVENING, ends_at=EVENING + HOUR, reason="Inventory")


@pytest.mark.parametrize(
    ("at", "prepare", "sentence"),
    [
        (NOW - 61 * timedelta(seconds=1), lambda account: None, "2026-11-20 09:58 is in the past."),
        (EVENING, _taken, "2026-11-20 19:00 is taken by another post on this account."),
        (EVENING, _in_a_blackout, '2026-11-20 19:00 falls in a blackout "Inventory".'),
    ],
    ids=["over", "taken", "blackout"],
)
def test_nobody_gets_a_time_that_is_over_or_taken_or_in_a_blackout(at, prepare, sentence):
    account = ChannelAccountFactory()
    prepare(account)
    before = stored(PostInstance)

    with pytest.raises(Conflict) as refused:
        state(account, at)

    assert str(refused.value) == sentence
    assert stored(PostInstance) == before
    assert not LedgerEvent.objects.exists()


@pytest.mark.parametrize("seconds", [1, 59, 60])
def test_up_to_a_minute_ago_counts_as_now(seconds):
    now = NOW + timedelta(milliseconds=900)

    post = state(ChannelAccountFactory(), NOW - timedelta(seconds=seconds), now=now)

    assert post.scheduled_for == post.due_at == NOW


def test_what_counts_as_now_is_judged_as_now():
    account = ChannelAccountFactory()
    BlackoutFactory(channel_account=account, starts_at=NOW, ends_at=NOW + HOUR)

    with pytest.raises(Conflict, match="blackout"):
        state(account, NOW - timedelta(seconds=30))


def test_the_end_of_a_blackout_is_free_and_its_start_is_not():
    account = ChannelAccountFactory()
    BlackoutFactory(channel_account=account, starts_at=EVENING, ends_at=EVENING + HOUR)

    post = state(account, EVENING + HOUR)

    assert post.scheduled_for == EVENING + HOUR
    with pytest.raises(Conflict):
        state(account, EVENING)


def test_a_time_after_the_end_that_is_still_wanted_is_refused():
    with pytest.raises(Invalid) as refused:
        state(ChannelAccountFactory(), EVENING, terms=Terms(window_end=EVENING - MINUTE))

    assert list(refused.value.errors) == ["scheduled_window_end"]
    assert not PostInstance.objects.exists()


def test_a_stated_time_on_an_empty_slot_fills_it():
    slot = SlotFactory(scheduled_for=EVENING)

    post = state(slot.channel_account, EVENING)

    assert PostInstance.objects.get() == post == slot
    assert post.status == Status.SCHEDULED
    assert set(LedgerEvent.objects.values_list("event_type", flat=True)) == {
        "publish_slot_filled",
        "publish_scheduled_created",
    }


def test_a_draft_holds_its_time_without_a_promise():
    post = state(ChannelAccountFactory(), EVENING, terms=Terms(status=Status.DRAFT))

    assert (post.status, post.due_at) == (Status.DRAFT, None)
    assert LedgerEvent.objects.get().event_type == "publish_draft_created"
    with pytest.raises(Conflict, match="is taken"):
        state(post.channel_account, EVENING)
