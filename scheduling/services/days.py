"""Reading a range of the calendar by local dates, a few hundred posts at a time, however many there are."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from scheduling.models.instances import PostInstances
from scheduling.rules import day_stretches, local_day

AT_ONCE = 250  # Posts: a fifth of a megabyte of JSON.
DAY = timedelta(days=1)

Range = tuple[datetime, datetime]
Row = dict[str, Any]
Part = list[Row]


def read_by_date(rows: PostInstances, *, start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[Part]:
    """Yield the instances of [start, end) in the order of their local dates, then of their instants.

    Between two parts nothing is held, neither a connection nor a transaction: each part is as it stood when it was
    read.

    :param rows: read as `values()`, `id` and `scheduled_for` among them: building models takes as long as the rest.
    """
    for since, until in ranges_by_date(start, end, zone):
        yield from _parts(rows.order_by("scheduled_for", "id"), since, until)


def ranges_by_date(start: datetime, end: datetime, zone: ZoneInfo) -> list[Range]:
    """Return [start, end) in pieces that are in the order of local dates.

    It is one piece, but where a clock is set back over midnight: there the old date comes once more.
    """
    found: list[Range] = []
    day, last = local_day(start, zone) - DAY, local_day(end, zone) + DAY
    while day <= last:
        for since, until in day_stretches(day, zone):
            since, until = max(since, start), min(until, end)
            if since >= until:
                continue
            if found and found[-1][1] == since:
                since = found.pop()[0]
            found.append((since, until))
        day += DAY
    return found


def _parts(rows: PostInstances, start: datetime, end: datetime) -> Iterator[Part]:
    """Yield the instances of [start, end) in parts, each read from where the one before ended."""
    rest = rows.between(start, end)
    while True:
        part = list(rest[:AT_ONCE])
        if part:
            yield part
        if len(part) < AT_ONCE:
            return
        at, key = part[-1]["scheduled_for"], part[-1]["id"]
        rest = rows.between(at, end).filter(Q(scheduled_for__gt=at) | Q(scheduled_for=at, pk__gt=key))
