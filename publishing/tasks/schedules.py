"""The cluster's own schedule; it makes itself at `migrate`."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connections
from django.utils import timezone
from django_q.models import Schedule

from scheduling.rules import to_instant, to_local

TOPOFF_AT = time(2)


def ensure_schedules(*, using: str = "default", **_: Any) -> None:
    """Make the background schedules that are missing, and leave the others as somebody may have changed them."""
    if Schedule._meta.db_table not in connections[using].introspection.table_names():
        return  # `migrate publishing` alone, on an empty database.
    wanted = _wanted(timezone.now())
    there = set(Schedule.objects.using(using).filter(name__in=wanted).values_list("name", flat=True))
    for name, values in wanted.items():
        if name not in there:
            Schedule.objects.using(using).create(name=name, repeats=-1, **values)


def missing_schedules() -> list[str]:
    """Return the background schedules that somebody has deleted."""
    wanted = _wanted(timezone.now())
    return sorted(wanted.keys() - set(Schedule.objects.filter(name__in=wanted).values_list("name", flat=True)))


def _wanted(now: datetime) -> dict[str, dict[str, Any]]:
    return {
        "tick": {"func": "publishing.tasks.tick", "schedule_type": Schedule.MINUTES, "minutes": 1, "next_run": now},
        "coverage": {"func": "publishing.tasks.coverage", "schedule_type": Schedule.HOURLY, "next_run": now},
        "prune": {"func": "publishing.tasks.prune", "schedule_type": Schedule.DAILY, "next_run": now},
        "topoff": {
            "func": "publishing.tasks.topoff",
            "schedule_type": Schedule.DAILY,
            "next_run": next_topoff(after=now),
            "intended_date_kwarg": "due",
        },
    }


def next_topoff(*, after: datetime) -> datetime:
    """Return the next 02:00 of the server's zone; where a clock change skips it, the moment of the change."""
    zone = ZoneInfo(settings.TIME_ZONE)
    today = to_local(after, zone).date()
    instants = (to_instant(today + timedelta(days=days), TOPOFF_AT, zone) for days in range(2))
    return next(instant for instant in instants if instant > after)


def keep_at_its_hour(due: str, *, now: datetime) -> None:
    """Put the daily top-off back at its hour, if it ran at it: q2 is an hour off for good once its time was skipped.

    A schedule that somebody moved to another hour is left to q2.

    :param due: when q2 meant the run to be, in ISO 8601.
    """
    if not due:
        return
    ran = datetime.fromisoformat(due).astimezone(UTC)
    if next_topoff(after=ran - timedelta(microseconds=1)) == ran:
        mine = Schedule.objects.filter(name="topoff", schedule_type=Schedule.DAILY)
        mine.update(next_run=next_topoff(after=max(ran, now)))
