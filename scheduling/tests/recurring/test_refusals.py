"""Times of a recurrence that nobody gets: left out with a reason, and made as soon as they can be had."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scheduling.models import Blackout, PostInstance, Recurrence
from scheduling.services.edit import cancel
from scheduling.services.recurring.saving import save_recurrence
from scheduling.tests.factories import NOW, BlackoutFactory, PostInstanceFactory, RecurrenceFactory
from scheduling.tests.recurring.repeating import ANA, times, top
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=ZoneInfo("Europe/Madrid"))
THE_OTHERS = ["2026-11-23T09:00", "2026-12-07T09:00", "2026-12-14T09:00"]


def told():
    return list(LedgerEvent.objects.filter(event_type="recurrence_refused").order_by("id"))


def closed(recurrence):
    hour = timedelta(hours=1)
    account = recurrence.channel_account
    return BlackoutFactory(channel_account=account, starts_at=MONDAY - hour, ends_at=MONDAY + hour)


@pytest.fixture
def recurrence():
    return RecurrenceFactory()


def test_a_time_in_a_blackout_is_left_out_and_the_reason_can_be_seen(recurrence):
    closed(recurrence)

    top()

    recurrence.refresh_from_db()
    assert times(recurrence) == THE_OTHERS
    assert recurrence.last_refusal.startswith("2026-11-30 09:00 falls in a blackout")
    assert [event.metadata["occurrence"] for event in told()] == ["2026-11-30T09:00:00"]
    assert told()[0].metadata["reason"] == recurrence.last_refusal


def test_a_time_that_is_taken_is_left_out_and_the_post_that_has_it_stays(recurrence):
    other = PostInstanceFactory(channel_account=recurrence.channel_account, scheduled_for=MONDAY)

    top()

    recurrence.refresh_from_db()
    assert times(recurrence) == THE_OTHERS
    assert "taken by another post" in recurrence.last_refusal
    assert PostInstance.objects.get(scheduled_for=MONDAY) == other


def test_a_refusal_is_told_once_and_not_each_night(recurrence):
    closed(recurrence)

    for day in range(3):
        top(NOW + timedelta(days=day))

    assert len(told()) == 1


def test_a_night_asks_as_often_for_many_refused_times_as_for_few(recurrence):
    BlackoutFactory(channel_account=recurrence.channel_account, starts_at=NOW, ends_at=NOW + timedelta(days=99))

    def asked(rule):
        Recurrence.objects.update(rule=rule)
        top()
        with CaptureQueriesContext(connection) as found:
            top()
        return len(found)

    few, many = asked("FREQ=WEEKLY;BYDAY=MO"), asked("FREQ=DAILY")

    assert few == many
    assert recurrence.occurrences.count() == 26


def test_the_post_comes_when_the_blackout_is_lifted(recurrence):
    closed(recurrence)
    top()
    Blackout.objects.all().delete()

    top()

    recurrence.refresh_from_db()
    assert times(recurrence) == sorted([*THE_OTHERS, "2026-11-30T09:00"])
    assert recurrence.last_refusal == ""


def test_the_post_comes_when_the_other_is_gone(recurrence):
    other = PostInstanceFactory(channel_account=recurrence.channel_account, scheduled_for=MONDAY)
    top()
    cancel(instance=other, **ANA)

    top()

    assert "2026-11-30T09:00" in times(recurrence, status="scheduled")


def test_a_refusal_is_forgotten_when_its_time_is_not_asked_for_any_more(recurrence):
    closed(recurrence)
    top()

    recurrence.excluded = ["2026-11-30"]
    save_recurrence(recurrence=recurrence, **ANA)

    assert recurrence.last_refusal == ""
    assert recurrence.occurrences.count() == len(THE_OTHERS)


def test_a_refusal_whose_time_is_over_is_not_tried_any_more_but_still_shown(recurrence):
    blackout = closed(recurrence)
    top()

    blackout.delete()
    top(MONDAY + timedelta(days=1))

    recurrence.refresh_from_db()
    assert "2026-11-30T09:00" not in times(recurrence)
    assert recurrence.last_refusal.startswith("2026-11-30 09:00 falls in a blackout")
