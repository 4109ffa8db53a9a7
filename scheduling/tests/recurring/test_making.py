"""Making the posts of recurrences: into the plan as far as it reaches, each once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import Occurrence, PostInstance, Recurrence, Status
from scheduling.tests.factories import NOW, ChannelAccountFactory, RecurrenceFactory
from scheduling.tests.recurring.repeating import posts, times, top
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db
FOUR_MONDAYS = ["2026-11-23T09:00", "2026-11-30T09:00", "2026-12-07T09:00", "2026-12-14T09:00"]


def test_a_top_off_makes_the_posts_of_its_window_at_the_accounts_wall_time():
    recurrence = RecurrenceFactory()

    top()

    made = posts(recurrence)
    assert times(recurrence) == FOUR_MONDAYS
    assert {(one.content_item, one.status) for one in made} == {(recurrence.content_item, Status.SCHEDULED)}
    assert made[0].scheduled_for.isoformat() == "2026-11-23T08:00:00+00:00"
    assert made[0].due_at == made[0].scheduled_for
    assert made[0].reason == "Repeats: FREQ=WEEKLY;BYDAY=MO"


def test_each_is_made_once_however_often_the_plan_is_topped_off():
    recurrence = RecurrenceFactory()

    for day in range(0, 21, 2):
        top(NOW + timedelta(days=day))

    weeks = [f"2026-12-{day}T09:00" for day in ("21", "28")] + ["2027-01-04T09:00"]
    assert times(recurrence) == FOUR_MONDAYS + weeks


def test_the_ledger_tells_of_each_post():
    recurrence = RecurrenceFactory()

    top()

    told = LedgerEvent.objects.filter(event_type="publish_scheduled_created")
    assert {event.entity_id for event in told} == {one.pk for one in posts(recurrence)}
    assert told.count() == 4


def test_a_post_fills_the_empty_slot_that_stands_at_its_time():
    account = ChannelAccountFactory(posts_per_week=1, schedule_times=["09:00"])
    recurrence = RecurrenceFactory(channel_account=account)

    top()

    made = posts(recurrence)
    assert [one.cadence_slot for one in made] == FOUR_MONDAYS
    assert PostInstance.objects.count() == 4


def test_what_breaks_a_rule_is_kept_with_warnings():
    account = ChannelAccountFactory(window_opens=12, window_closes=20)
    recurrence = RecurrenceFactory(channel_account=account)

    top(days=7)

    assert [one["rule"] for one in posts(recurrence)[0].warnings] == ["window"]


def test_left_out_times_and_days_are_not_made():
    recurrence = RecurrenceFactory(excluded=["2026-11-30T09:00:00", "2026-12-07"])

    top()

    assert times(recurrence) == [FOUR_MONDAYS[0], FOUR_MONDAYS[3]]


def test_a_rule_goes_on_however_long_ago_it_began():
    recurrence = RecurrenceFactory(rule="FREQ=DAILY", starts_at="2020-01-01T09:00:00")

    top(days=2)

    assert times(recurrence) == ["2026-11-21T09:00", "2026-11-22T09:00"]


@pytest.mark.parametrize(
    ("on", "values"),
    [
        ("recurrence", {"is_active": False}),
        ("account", {"is_active": False}),
        ("recurrence", {"rule": "FREQ=WEEKLY;UNTIL=20261122"}),
    ],
)
def test_what_is_switched_off_or_over_gets_no_posts(on, values):
    recurrence = RecurrenceFactory()
    model = Recurrence if on == "recurrence" else type(recurrence.channel_account)
    model.objects.update(**values)

    top()

    assert posts(recurrence) == []


def test_a_top_off_of_some_accounts_leaves_the_others_alone():
    mine, other = RecurrenceFactory(), RecurrenceFactory()

    top(only=[mine.channel_account_id])

    assert len(posts(mine)) == 4
    assert posts(other) == []


def test_a_rule_that_cannot_be_read_any_more_keeps_no_other_from_posting():
    broken, sound = RecurrenceFactory(rule="FREQ=NEVER"), RecurrenceFactory()

    top()
    top()

    broken.refresh_from_db()
    assert "FREQ=" in broken.last_refusal
    assert len(posts(sound)) == 4
    assert LedgerEvent.objects.filter(event_type="recurrence_refused").count() == 1


def test_without_recurrences_a_top_off_asks_once_and_without_missing_posts_twice():
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as found:
            top()
        return [one["sql"] for one in found.captured_queries if "recurrence" in one["sql"]]

    none = asked()
    recurrences = RecurrenceFactory.create_batch(5)
    top()
    all_there = asked()

    assert len(none) == 1
    assert len(all_there) == 2
    assert Occurrence.objects.count() == 4 * len(recurrences)


def test_a_post_of_content_of_another_brand_is_refused_with_the_reason():
    recurrence = RecurrenceFactory()
    Recurrence.objects.update(content_item=ContentItemFactory(brand__workspace=recurrence.workspace))

    top(days=7)

    recurrence.refresh_from_db()
    assert "belongs to another brand" in recurrence.last_refusal
