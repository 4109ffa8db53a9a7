"""Recurrences across clock changes: a weekly post neither vanishes nor comes twice."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from scheduling.tests.factories import ChannelAccountFactory, RecurrenceFactory
from scheduling.tests.recurring.repeating import posts, top

pytestmark = pytest.mark.django_db
MADRID = ZoneInfo("Europe/Madrid")


@pytest.mark.parametrize(
    ("now", "wall", "instants"),
    [  # On 28 March 2027 02:00 becomes 03:00; on 31 October 2027 03:00 becomes 02:00.
        ("2027-03-20T12:00", "02:30", ["03-21T01:30", "03-28T01:30", "04-04T00:30"]),
        ("2027-03-20T12:00", "09:00", ["03-21T08:00", "03-28T07:00", "04-04T07:00"]),
        ("2027-10-23T12:00", "02:30", ["10-24T00:30", "10-31T00:30", "11-07T01:30"]),
        ("2027-10-23T12:00", "09:00", ["10-24T07:00", "10-31T08:00", "11-07T08:00"]),
    ],
)
def test_a_weekly_post_keeps_its_wall_time_over_a_clock_change(now, wall, instants):
    account = ChannelAccountFactory(schedule_timezone="Europe/Madrid")
    start = f"{now[:10]}T{wall}:00"
    recurrence = RecurrenceFactory(channel_account=account, rule="FREQ=WEEKLY;BYDAY=SU", starts_at=start)
    at = datetime.fromisoformat(now).replace(tzinfo=MADRID)

    top(at, days=16)
    top(at, days=16)

    assert [one.scheduled_for.strftime("%m-%dT%H:%M") for one in posts(recurrence)] == instants


def test_a_skipped_time_shows_where_it_went_and_is_made_once():
    account = ChannelAccountFactory(schedule_timezone="Europe/Madrid")
    recurrence = RecurrenceFactory(channel_account=account, rule="FREQ=DAILY", starts_at="2027-03-27T02:30:00")
    now = datetime(2027, 3, 27, 12, tzinfo=MADRID)

    top(now, days=1)
    top(now, days=2)

    assert [one.local_time for one in posts(recurrence)] == ["2027-03-28T03:30:00", "2027-03-29T02:30:00"]
    assert [one.metadata["occurrence"] for one in posts(recurrence)] == ["2027-03-28T02:30:00", "2027-03-29T02:30:00"]
