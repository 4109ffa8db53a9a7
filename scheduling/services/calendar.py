"""Reading the calendar: the filters that every door offers, what can be chosen in them, and the days of a zone."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, gettext_noop

from campaigns.models import Brand, Campaign, ContentItem
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.rules import BadPlatform, platform
from scheduling.services.labels import labelled
from workspaces.errors import Invalid, NotFound
from workspaces.lookup import by_reference, is_storable
from workspaces.models import Workspace
from workspaces.prepared import Prepared

WITHOUT_CONTENT = {Status.PLANNED, Status.SKIPPED, Status.CANCELED}
MOST_ACCOUNTS = 200  # That an address can name.
WITH_CONTENT = [status for status in Status.values if status not in WITHOUT_CONTENT]


@dataclass(frozen=True)
class Filters:
    """What a calendar is narrowed to; empty shows everything. Each is what a URL says."""

    brand: str = ""
    channel_account: str = ""
    platform: str = ""
    status: str = ""
    campaign: str = ""
    label: str = ""


@dataclass(frozen=True)
class Narrowing:
    """What filters turned out to name; None and empty show everything."""

    brand: Brand | None = None
    channel_accounts: tuple[ChannelAccount, ...] = ()
    platform: str = ""
    statuses: tuple[str, ...] = ()
    campaign: Campaign | None = None
    label: str = ""

    @property
    def channel_account(self) -> ChannelAccount | None:
        """The account, where it is one alone."""
        return self.channel_accounts[0] if len(self.channel_accounts) == 1 else None

    def shows(self, account: ChannelAccount) -> bool:
        """Return whether posts of an account can match."""
        return (
            (self.brand is None or account.brand_id == self.brand.pk)
            and (not self.channel_accounts or account in self.channel_accounts)
            and (not self.platform or account.platform == self.platform)
        )

    def rows(self, workspace: Workspace) -> QuerySet[PostInstance]:
        """Return a workspace's instances that match, of every state."""
        rows = PostInstance.objects.filter(workspace=workspace)
        if self.brand:
            rows = rows.filter(channel_account__brand=self.brand)
        if self.channel_accounts:
            rows = rows.filter(channel_account__in=[one.pk for one in self.channel_accounts])
        if self.platform:
            rows = rows.filter(channel_account__platform=self.platform)
        if self.campaign:
            rows = rows.filter(campaign=self.campaign)
        if self.label:
            contents = ContentItem.objects.filter(workspace=workspace)
            rows = rows.filter(content_item__in=labelled(contents, self.label).values("pk"))
        return rows


def resolve(workspace: Workspace, filters: Filters) -> Narrowing:
    """Return what filters name in a workspace.

    :raises NotFound: if a brand, account or campaign does not exist in the workspace.
    :raises Invalid: if a platform or status is unknown.

    Several statuses, and several accounts by their ids, may be named, separated by commas.
    """
    return Narrowing(
        brand=_find(Brand, gettext_noop("brand"), workspace, filters.brand),
        channel_accounts=_accounts(workspace, filters.channel_account),
        platform=_platform(filters.platform) if filters.platform else "",
        statuses=_statuses(filters.status),
        campaign=_find(Campaign, gettext_noop("campaign"), workspace, filters.campaign),
        label=_label(filters.label),
    )


def filtered(workspace: Workspace, filters: Filters) -> QuerySet[PostInstance]:
    """Return a workspace's instances that match.

    :raises NotFound: :raises Invalid: as `resolve` does.
    """
    found = resolve(workspace, filters)
    rows = found.rows(workspace)
    return rows.filter(status__in=found.statuses) if found.statuses else rows


def accounts_of(workspace: Workspace) -> list[ChannelAccount]:
    """Return a workspace's accounts by brand, platform and name."""
    return list(_accounts_in_order(workspace.pk))


def accounts_ahead(workspace: Workspace, *, now: datetime) -> list[ChannelAccount]:
    """Return a workspace's accounts in that order, each with its last promised post and its next empty slot."""
    return _accounts_ahead(workspace=workspace.pk, now=now)


def accounts_by_brand(workspace: Workspace) -> list[tuple[Brand, list[ChannelAccount]]]:
    """Return a workspace's accounts in groups, one a brand."""
    return by_brand(accounts_of(workspace))


def by_brand(accounts: list[ChannelAccount]) -> list[tuple[Brand, list[ChannelAccount]]]:
    """Return accounts that stand in order in groups, one a brand."""
    return [(some[0].brand, some) for _, group in groupby(accounts, lambda one: one.brand_id) if (some := list(group))]


def campaigns_between(workspace: Workspace, first: date, last: date) -> list[Campaign]:
    """Return the campaigns that touch a range of days, each with `placed`: how many of its contents have a time."""
    return _campaigns_between(workspace=workspace.pk, first=first, last=last)


def _accounts_in_order(workspace: UUID) -> QuerySet[ChannelAccount]:
    accounts = ChannelAccount.objects.filter(workspace=workspace).select_related("brand")
    return accounts.order_by("brand__name", "brand_id", "platform", "name", "id")


@Prepared
def _accounts_ahead(*, workspace: UUID, now: datetime) -> QuerySet[ChannelAccount]:
    ahead = PostInstance.objects.filter(
        workspace=OuterRef("workspace"), channel_account=OuterRef("pk"), scheduled_for__gt=now
    )
    promised = ahead.filter(status__in=[Status.SCHEDULED, Status.PENDING]).order_by("-scheduled_for", "-id")
    empty = ahead.empty_slots().order_by("scheduled_for", "id")
    return _accounts_in_order(workspace).annotate(
        last_post=Subquery(promised.values("scheduled_for")[:1]),
        next_empty=Subquery(empty.values("scheduled_for")[:1]),
    )


@Prepared
def _campaigns_between(*, workspace: UUID, first: date, last: date) -> QuerySet[Campaign]:
    touching = Campaign.objects.filter(workspace=workspace, starts_on__lte=last, ends_on__gte=first)
    posts = PostInstance.objects.filter(campaign=OuterRef("pk"), campaign__isnull=False, status__in=WITH_CONTENT)
    contents = posts.order_by().values("campaign").annotate(contents=Count("content_item", distinct=True))
    placed = Coalesce(Subquery(contents.values("contents")), 0)
    return touching.annotate(placed=placed).order_by("starts_on", "name", "id")


def _find(model: type, word: str, workspace: Workspace, reference: str) -> object:
    if not reference:
        return None
    found = by_reference(model.objects.filter(workspace=workspace), reference)
    if found is None:
        raise NotFound(
            gettext("There is no %(word)s '%(reference)s' in %(workspace)s.")
            % {"word": gettext(word), "reference": reference, "workspace": workspace.name}
        )
    return found


def _accounts(workspace: Workspace, references: str) -> tuple[ChannelAccount, ...]:
    """Return the account that is named, or the several whose ids are; a reference of yours may have a comma itself."""
    keys = _keys(references)
    if "," not in references or not keys:
        found = _find(ChannelAccount, gettext_noop("channel account"), workspace, references)
        return (found,) if found else ()
    known = ChannelAccount.objects.filter(workspace=workspace).in_bulk(keys)
    unknown = next((key for key in keys if key not in known), None)
    if unknown:
        raise NotFound(
            gettext("There is no channel account '%(reference)s' in %(workspace)s.")
            % {"reference": unknown, "workspace": workspace.name}
        )
    return tuple(known[key] for key in keys)


def _keys(references: str) -> list[UUID]:
    """Return the ids of a list of ids; nothing if it is none."""
    try:
        return list(dict.fromkeys(UUID(part) for part in references.split(",")[:MOST_ACCOUNTS]))
    except ValueError:
        return []


def _label(text: str) -> str:
    if not is_storable(text):
        raise Invalid(gettext("That is not a label."), errors={"label": [gettext("That is not a label.")]})
    return " ".join(text.split())


def _platform(name: str) -> str:
    try:
        return platform(name).key
    except BadPlatform as error:
        raise Invalid(str(error), errors={"platform": [str(error)]}) from error


def _statuses(names: str) -> tuple[str, ...]:
    wanted = tuple(name.strip().lower() for name in names.split(",") if name.strip())
    unknown = [name for name in wanted if name not in Status.values]
    if unknown:
        said = gettext("'%(name)s' is not a status. Use some of: %(known)s.") % {
            "name": unknown[0],
            "known": ", ".join(Status.values),
        }
        raise Invalid(said, errors={"status": [said]})
    return wanted
