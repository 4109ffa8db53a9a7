"""Saying an instant to the person of a request: the day, and the time as they are used to read a clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from scheduling.rules import to_local
from scheduling.templatetags.plan import habits_of_request
from workspaces.tongues import day_words


def spoken(request: HttpRequest, at: datetime, zone: ZoneInfo, *, day: str = "D j M") -> str:
    """Return an instant in words: Fri 20 Nov, 18:00.

    :param day: how its day is said, in a format of Django's.
    """
    local = to_local(at, zone)
    return f"{day_words(local, day)}, {habits_of_request(request).clock(local)}"
