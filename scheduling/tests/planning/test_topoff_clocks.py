"""Top-off across clock changes: the window and the slots follow the wall clock of each account."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from scheduling.models import PostInstance, Status
from scheduling.services.edit import move, skip
from scheduling.services.topoff import top_off
from scheduling.tests.factories import ChannelAccountFactory

pytestmark = pytest.mark.django_db
MADRID, NEW_YORK = ZoneInfo("Europe/Madrid"), ZoneInfo("America/New_York")
BEFORE_SPRING = datetime(2027, 3, 27, 12, 0, tzinfo=MADRID)  # On the 28th, 02:00 becomes 03:00.
BEFORE_AUTUMN = datetime(2027, 10, 30, 12, 0, tzinfo=MADRID)  # On the 31st, 03:00 becomes 02:00.


def account(*times, zone="Europe/Madrid", **values):
    week = 7 * len(times)
    return ChannelAccountFactory(
        posts_per_week=week, schedule_times=list(times), schedule_timezone=zone, brand__timezone=zone, **values
    )


def top(now, days=2, **values):
    return top_off(now=now, days=days, actor="command", **values)


def made(one):
    rows = one.post_instances.filter(status=Status.PLANNED).order_by("scheduled_for")
    return [(row.cadence_slot, row.scheduled_for.astimezone(UTC).strftime("%dT%H:%M")) for row in rows]


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (BEFORE_SPRING, datetime(2027, 3, 29, 12, 0, tzinfo=MADRID)),
        (BEFORE_AUTUMN, datetime(2027, 11, 1, 12, 0, tzinfo=MADRID)),
    ],
)
def test_the_window_ends_at_the_same_wall_time_so_many_local_days_later(now, end):
    one = account("11:59", "12:00")

    done = top(now)

    assert done.window_end == end
    keys = [key for key, _ in made(one)]
    assert keys[0] == f"{now:%Y-%m-%d}T12:00"
    assert keys[-1] == f"{end:%Y-%m-%d}T11:59"
    assert done.instances_created == len(keys) == 4


def test_each_account_has_the_window_of_its_own_zone():
    european = account("11:59", "12:00")
    american = account("06:59", "07:00", zone="America/New_York")  # It is 07:00 there; its clocks changed weeks ago.

    done = top(BEFORE_SPRING)

    assert [key for key, _ in made(european)] == [
        "2027-03-27T12:00",
        "2027-03-28T11:59",
        "2027-03-28T12:00",
        "2027-03-29T11:59",
    ]
    assert [key for key, _ in made(american)] == [
        "2027-03-27T07:00",
        "2027-03-28T06:59",
        "2027-03-28T07:00",
        "2027-03-29T06:59",
    ]
    assert done.window_end == datetime(2027, 3, 29, 7, 0, tzinfo=NEW_YORK)


def test_slots_keep_their_wall_time_on_both_sides_of_a_change():
    one = account("18:00")

    top(BEFORE_SPRING)

    assert made(one) == [("2027-03-27T18:00", "27T17:00"), ("2027-03-28T18:00", "28T16:00")]


def test_a_slot_in_the_hour_that_is_skipped_stands_an_hour_later():
    one = account("02:30")

    top(BEFORE_SPRING)

    assert made(one) == [("2027-03-28T02:30", "28T01:30"), ("2027-03-29T02:30", "29T00:30")]
    assert PostInstance.objects.first().local_time == "2027-03-28T02:30:00"


def test_a_slot_in_the_hour_that_happens_twice_is_made_once_at_the_first():
    one = account("02:30")

    done = top(BEFORE_AUTUMN)
    again = top(BEFORE_AUTUMN)

    assert made(one) == [("2027-10-31T02:30", "31T00:30"), ("2027-11-01T02:30", "01T01:30")]
    assert (done.instances_created, again.instances_created) == (2, 0)


def test_two_slots_that_the_skipped_hour_puts_on_one_instant_are_one_and_the_later_counts_as_skipped():
    one = account("02:30", "03:30")

    done = top(BEFORE_SPRING)

    assert made(one)[0] == ("2027-03-28T02:30", "28T01:30")
    assert "2027-03-28T03:30" not in dict(made(one))
    assert (done.instances_created, done.instances_skipped) == (3, 1)


@pytest.mark.parametrize("use", ["skip", "move"])
def test_the_later_of_the_two_does_not_appear_when_the_first_leaves(use):
    one = account("02:30", "03:30")
    top(BEFORE_SPRING)
    first = PostInstance.objects.with_everything().get(cadence_slot="2027-03-28T02:30")
    if use == "skip":
        skip(instance=first, now=BEFORE_SPRING, actor="user:ana")
    else:
        move(instance=first, at=datetime(2027, 3, 28, 9, 0, tzinfo=MADRID), now=BEFORE_SPRING, actor="user:ana")

    again = top(BEFORE_SPRING)

    assert (again.instances_created, again.instances_skipped) == (0, 4)
    assert "2027-03-28T03:30" not in dict(made(one))


def test_a_whole_local_day_that_is_skipped_loses_its_slot_to_the_next_day():
    before = datetime(2011, 12, 29, 9, 0, tzinfo=ZoneInfo("Pacific/Apia"))  # Samoa had no 30 December 2011.
    one = account("18:00", zone="Pacific/Apia")

    done = top(before, days=4)

    assert [key for key, _ in made(one)] == ["2011-12-29T18:00", "2011-12-30T18:00", "2012-01-01T18:00"]
    assert (done.instances_created, done.instances_skipped) == (3, 1)
