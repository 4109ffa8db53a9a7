"""The cluster's own schedule; it makes itself at `migrate`."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django_q.models import Schedule

TOPOFF_HOUR = 2


def ensure_schedules(**kwargs: Any) -> None:
    """Make the background schedules that are missing, and leave the others as they stand."""
    now = timezone.now().astimezone(ZoneInfo(settings.TIME_ZONE))
    at_two = now.replace(hour=TOPOFF_HOUR, minute=0, second=0, microsecond=0)
    Schedule.objects.get_or_create(
        name="tick",
        defaults={"func": "publishing.tasks.tick", "schedule_type": Schedule.MINUTES, "minutes": 1, "repeats": -1},
    )
    Schedule.objects.get_or_create(
        name="topoff",
        defaults={
            "func": "publishing.tasks.topoff",
            "schedule_type": Schedule.DAILY,
            "repeats": -1,
            "next_run": at_two if at_two > now else at_two + timedelta(days=1),
        },
    )
