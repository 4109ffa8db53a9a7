"""Reading the calendar: the filters that every door offers, and the days of a zone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from campaigns.models import Brand, Campaign
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.rules import BadPlatform, local_day, platform
from workspaces.errors import Invalid, NotFound
from workspaces.lookup import by_reference
from workspaces.models import Workspace


@dataclass(frozen=True)
class Filters:
    """What a calendar is narrowed to; empty shows everything. Each is what a URL says."""

    brand: str = ""
    channel_account: str = ""
    platform: str = ""
    status: str = ""
    campaign: str = ""


def filtered(workspace: Workspace, filters: Filters) -> QuerySet[PostInstance]:
    """Return a workspace's instances that match.

    :raises NotFound: if a brand, account or campaign does not exist in the workspace.
    :raises Invalid: if a platform or status is unknown; several statuses may be named, separated by commas.
    """
    rows = PostInstance.objects.filter(workspace=workspace)
    if filters.brand:
        rows = rows.filter(channel_account__brand=_find(Brand, "brand", workspace, filters.brand))
    if filters.channel_account:
        rows = rows.filter(channel_account=_find(ChannelAccount, "channel account", workspace, filters.channel_account))
    if filters.campaign:
        rows = rows.filter(campaign=_find(Campaign, "campaign", workspace, filters.campaign))
    if filters.platform:
        rows = rows.filter(channel_account__platform=_platform(filters.platform))
    if filters.status:
        rows = rows.filter(status__in=_statuses(filters.status))
    return rows


def by_day(rows: Iterable[PostInstance], zone: ZoneInfo) -> dict[date, list[PostInstance]]:
    """Return instances, in their order, by their local date in a zone."""
    days: dict[date, list[PostInstance]] = {}
    for row in rows:
        days.setdefault(local_day(row.scheduled_for, zone), []).append(row)
    return days


def _find(model: type, word: str, workspace: Workspace, reference: str) -> object:
    found = by_reference(model.objects.filter(workspace=workspace), reference)
    if found is None:
        raise NotFound(f"There is no {word} '{reference}' in {workspace.name}.")
    return found


def _platform(name: str) -> str:
    try:
        return platform(name).key
    except BadPlatform as error:
        raise Invalid(str(error), errors={"platform": [str(error)]}) from error


def _statuses(names: str) -> list[str]:
    wanted = [name.strip().lower() for name in names.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in Status.values]
    if unknown:
        said = f"'{unknown[0]}' is not a status. Use some of: {', '.join(Status.values)}."
        raise Invalid(said, errors={"status": [said]})
    return wanted
