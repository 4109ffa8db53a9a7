"""What went out day by day: how much, how surely, and how late."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, DateField, F, Q, When
from django.db.models.functions import TruncDate

from publishing.models import Outcome, PublishLog
from publishing.rules.delays import EDGES, Delays
from publishing.services.status.scope import Scope, named, within
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.rules import day_bounds, local_day
from workspaces.models import Workspace

DAYS = 30


@dataclass(frozen=True)
class Day:
    """A local day.

    :param published: how many posts went out.
    :param accepted: how many of the `attempts` that began on it, and have ended, were accepted.
    :param delays: from the time that was chosen to publication, of posts that went out at their first attempt.
    """

    day: date
    published: int = 0
    accepted: int = 0
    attempts: int = 0
    delays: Delays = field(default_factory=Delays)


def day_by_day(*, now: datetime, workspaces: Scope = None, days: int = DAYS) -> list[Day]:
    """Return the last local days up to today, the oldest first; three queries.

    A day is that of each workspace's own zone; where they are at two dates just now, the later one is the last.
    """
    rows = Workspace.objects.filter(within(workspaces, "pk")).order_by()
    zones = sorted(set(rows.values_list("timezone", flat=True).distinct()), key=str)
    if not zones:
        return []
    last = max(local_day(now, zone) for zone in zones)
    first = last - timedelta(days=days - 1)
    since = min(day_bounds(first, zone)[0] for zone in zones)
    published, attempts = _published(since, workspaces, zones), _attempts(since, workspaces, zones)
    found = []
    for day in (first + timedelta(days=n) for n in range(days)):
        number, delays = published.get(day, (0, Delays()))
        accepted, tried = attempts.get(day, (0, 0))
        found.append(Day(day, number, accepted, tried, delays))
    return found


def summed(days: list[Day]) -> Day:
    """Return days added up, under the date of the last."""
    return Day(
        days[-1].day,
        sum(one.published for one in days),
        sum(one.accepted for one in days),
        sum(one.attempts for one in days),
        sum((one.delays for one in days), Delays()),
    )


def _published(since: datetime, workspaces: Scope, zones: list[ZoneInfo]) -> dict[date, tuple[int, Delays]]:
    first_try = Q(attempts=1)
    counts = {
        f"at_most_{n}": Count(
            "id", filter=first_try & Q(published_at__lte=F("scheduled_for") + timedelta(seconds=edge))
        )
        for n, edge in enumerate(EDGES)
    }
    accounts = ChannelAccount.objects.filter(within(workspaces)).order_by()
    rows = PostInstance.objects.filter(channel_account__in=accounts, status=Status.PUBLISHED, published_at__gte=since)
    found = rows.order_by().annotate(day=_local_date("published_at", zones)).values_list("day")
    numbers = found.annotate(number=Count("id"), tried_once=Count("id", filter=first_try), **counts)
    return {day: (number, Delays(tuple(at_most), once)) for day, number, once, *at_most in numbers}


def _attempts(since: datetime, workspaces: Scope, zones: list[ZoneInfo]) -> dict[date, tuple[int, int]]:
    closed = PublishLog.objects.filter(named(workspaces), started_at__gte=since, finished_at__isnull=False)
    found = closed.order_by().annotate(day=_local_date("started_at", zones)).values_list("day")
    numbers = found.annotate(accepted=Count("id", filter=Q(outcome=Outcome.ACCEPTED)), number=Count("id"))
    return {day: (accepted, number) for day, accepted, number in numbers}


def _local_date(moment: str, zones: list[ZoneInfo]) -> Case:
    """Return the date of a moment in its workspace's zone."""
    return Case(
        *(When(workspace__timezone=zone, then=TruncDate(moment, tzinfo=zone)) for zone in zones),
        output_field=DateField(),
    )
