"""Three posts a day across both clock changes of a year: each goes out once, at the right instant."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from publishing.services.sending import send_pending
from publishing.services.tick import tick
from scheduling.models import PostInstance
from scheduling.services.schedule import fill
from scheduling.services.topoff import top_off
from scheduling.tests.factories import ChannelAccountFactory, ContentItemFactory

pytestmark = pytest.mark.django_db
DAYS = 3
STEP = timedelta(hours=6)  # A look now and then also when nothing is due; ahead of each post, one just before it.

# The first of the simulated days; the clock changes on the second. Two of the times fall into what is skipped or
# repeated there.
CHANGES = [
    ("America/New_York", date(2027, 3, 13), ("01:30", "02:30", "18:00")),
    ("America/New_York", date(2027, 11, 6), ("01:30", "02:30", "18:00")),
    ("Australia/Lord_Howe", date(2027, 4, 3), ("01:45", "02:15", "18:00")),
    ("Australia/Lord_Howe", date(2027, 10, 2), ("01:45", "02:15", "18:00")),
    ("Antarctica/Troll", date(2027, 3, 27), ("01:30", "02:30", "18:00")),
    ("Antarctica/Troll", date(2027, 10, 30), ("01:30", "02:30", "18:00")),
]


def instant(day: date, at: str, zone: ZoneInfo) -> datetime:
    """Find an instant by looking at the zone's clock minute by minute: the first that shows it, else past the skip."""
    wall = datetime.combine(day, time.fromisoformat(at))
    midnight = datetime.combine(day, time(), tzinfo=UTC) - timedelta(hours=14)
    minutes = [midnight + timedelta(minutes=n) for n in range(60 * 52)]
    shown = [(one, one.astimezone(zone).replace(tzinfo=None)) for one in minutes]
    for one, clock in shown:
        if clock == wall:
            return one
    last, before = max((one, clock) for one, clock in shown if clock < wall)
    return last + (wall - before)


def looks(start: datetime, end: datetime) -> list[datetime]:
    """Return when the workers look: every six hours, at each post's time, and a second before it."""
    due = list(PostInstance.objects.values_list("due_at", flat=True))
    steps = [start + n * STEP for n in range(int((end - start) / STEP))]
    return sorted({*steps, *due, *(one - timedelta(seconds=1) for one in due)})


@pytest.mark.parametrize(("name", "first", "times"), CHANGES)
def test_each_post_goes_out_once_at_its_instant(name, first, times, channel, clock):
    zone = ZoneInfo(name)
    account = ChannelAccountFactory(
        connection="fake",
        brand__timezone=name,
        posts_per_week=21,
        schedule_times=list(times),
        window_opens=0,
        window_closes=24,
        gap_minutes=0,
    )
    content = ContentItemFactory(brand=account.brand)
    clock.now = datetime.combine(first, time(), tzinfo=zone).astimezone(UTC)
    end = datetime.combine(first + timedelta(days=DAYS), time(), tzinfo=zone).astimezone(UTC)
    top_off(now=clock.now, actor="system", days=DAYS)
    for slot in PostInstance.objects.empty_slots():
        fill(instance=slot, content=content, now=clock.now, actor="user:editor")

    for moment in looks(clock.now, end):
        clock.now = moment
        tick(now=clock.now)
        send_pending(holder="worker-1", clock=clock)

    days = [first + timedelta(days=n) for n in range(DAYS)]
    assert [one.started_at for one in channel.received] == [instant(day, at, zone) for day in days for at in times]
    assert len({one.instance_id for one in channel.received}) == DAYS * len(times)


def test_the_changes_are_where_they_are_said_to_be():
    for name, first, _ in CHANGES:
        zone, second = ZoneInfo(name), datetime.combine(first + timedelta(days=1), time(12))
        offsets = {(second + timedelta(days=n)).replace(tzinfo=zone).utcoffset() for n in (-1, 0)}

        assert len(offsets) == 2, (name, first)
