"""What recurrences have ahead: their next times, each with what became of it so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from scheduling.models import Occurrence, PostInstance, Recurrence
from scheduling.rules.recurrence import LONGEST, BadRule, Repeat
from scheduling.services.recurring.making import times_of
from workspaces.models import Workspace

SOON = timedelta(days=40)  # Most rules have three times in it; only the others are looked at for longer.
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Next:
    """A time ahead: its instant, and the post that was made for it, or why it has none, if either is known."""

    at: datetime
    post: PostInstance | None = None
    reason: str = ""


def recurrences_of(workspace: Workspace) -> QuerySet[Recurrence]:
    """Return the recurrences of a workspace with what they post and where, by account."""
    rows = Recurrence.objects.filter(workspace=workspace).select_related("content_item", "channel_account__brand")
    account = ("channel_account__brand__name", "channel_account__platform", "channel_account__name")
    return rows.order_by(*account, "channel_account", "-created_at", "id")


def next_of(some: Sequence[Recurrence], *, count: int, now: datetime) -> dict[Recurrence, list[Next]]:
    """Return the next few times of each recurrence, whether it is switched on or not; one query."""
    since = (now - A_DAY).strftime("%Y-%m-%dT%H:%M:%S")  # In whatever zone.
    lately = Occurrence.objects.filter(recurrence__in=[one.pk for one in some], local_time__gte=since)
    known = {(one.recurrence_id, one.local_time): one for one in lately.select_related("post_instance")}
    return {one: [_told(at, known.get((one.pk, at.key))) for at in _times(one, count, now)] for one in some}


def _times(recurrence: Recurrence, count: int, now: datetime) -> list[Repeat]:
    account = recurrence.channel_account
    try:
        found = times_of(recurrence, account, now, now + SOON)
        if len(found) < count:
            found = times_of(recurrence, account, now, now + LONGEST)
    except BadRule:  # Of a time before this version; its row says what is wrong with it.
        return []
    return found[:count]


def _told(at: Repeat, occurrence: Occurrence | None) -> Next:
    return Next(at.instant, occurrence.post_instance, occurrence.reason) if occurrence else Next(at.instant)
