"""Reading an account's rules and its posts: what every choice of a time looks at."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from scheduling.models import Blackout, ChannelAccount, PostInstance
from scheduling.rules import AccountRules
from scheduling.rules import Blackout as BlackoutRange
from workspaces.prepared import Prepared

REACH = timedelta(days=70)  # A place is looked for on 60 days before and after; the widest gap, a week, still counts.

_LOCKED = ChannelAccount.objects.select_for_update(no_key=True, of=("self",)).select_related("brand")


def locked_account(account_id: UUID) -> ChannelAccount:
    """Return an account whose plan nobody else changes until the transaction ends.

    Two who ask for the next free time would otherwise both get it, or two times closer than the gap.
    """
    return _locked(account=account_id)[0]


def locked_accounts(account_ids: Iterable[UUID]) -> list[ChannelAccount]:
    """Return accounts whose plan nobody else changes until the transaction ends; all lock in one order."""
    return list(_LOCKED.filter(pk__in=list(account_ids)).order_by("pk"))


@Prepared
def _locked(*, account: UUID) -> QuerySet[ChannelAccount]:
    return _LOCKED.filter(pk=account)


def rules_of(account: ChannelAccount, *, now: datetime, campaign_id: UUID | None = None) -> AccountRules:
    """Return an account's rules for posts of a campaign, or of none."""
    return AccountRules(
        zone=account.zone,
        window=account.window,
        gap=account.gap,
        daily_cap=account.daily_cap,
        blackouts=tuple(BlackoutRange(*row) for row in _blackouts(account, campaign_id, now)),
    )


def _blackouts(
    account: ChannelAccount, campaign_id: UUID | None, now: datetime
) -> list[tuple[datetime, datetime, str]]:
    where = {"workspace": account.workspace_id, "brand": account.brand_id, "account": account.pk, "now": now}
    return _of_campaign(**where, campaign=campaign_id) if campaign_id else _of_account(**where)


@Prepared
def _of_account(*, workspace: UUID, brand: UUID, account: UUID, now: datetime) -> QuerySet:
    return _not_over(_levels(brand, account), workspace, now)


@Prepared
def _of_campaign(*, workspace: UUID, brand: UUID, account: UUID, campaign: UUID, now: datetime) -> QuerySet:
    return _not_over(_levels(brand, account) | Q(campaign_id=campaign), workspace, now)


def _not_over(levels: Q, workspace: UUID, now: datetime) -> QuerySet:
    found = Blackout.objects.filter(levels, workspace_id=workspace, ends_at__gt=now)
    return found.values_list("starts_at", "ends_at", "reason")


def _levels(brand: UUID, account: UUID) -> Q:
    whole = Q(brand=None, campaign=None, channel_account=None)
    return whole | Q(brand_id=brand) | Q(channel_account_id=account)


def blackouts_of(account: ChannelAccount, campaign_id: UUID | None = None) -> QuerySet[Blackout]:
    """Return the blackouts of an account's workspace, brand, and of itself, and of a campaign."""
    campaign = Q(campaign_id=campaign_id) if campaign_id else Q(pk=None)
    return Blackout.objects.filter(_levels(account.brand_id, account.pk) | campaign, workspace_id=account.workspace_id)


def blackouts_by_account(accounts: list[ChannelAccount], *, now: datetime) -> dict[UUID, list[BlackoutRange]]:
    """Return the blackouts that are not over of many accounts, by account, in one query; none of a campaign."""
    workspaces = {account.workspace_id for account in accounts}
    rows = list(Blackout.objects.filter(workspace__in=workspaces, campaign=None, ends_at__gt=now))
    return {account.pk: [_range(one) for one in rows if _covers(one, account)] for account in accounts}


def posts_of(
    account: ChannelAccount, *, around: datetime, but: UUID | None = None, reach: timedelta = REACH
) -> list[datetime]:
    """Return the sorted instants that count for gap and cap around a time, without those of one instance."""
    where = {"workspace": account.workspace_id, "account": account.pk, "start": around - reach, "end": around + reach}
    return _busy_but(**where, but=but) if but else _busy(**where)


@Prepared
def _busy(*, workspace: UUID, account: UUID, start: datetime, end: datetime) -> QuerySet:
    busy = PostInstance.objects.filter(workspace_id=workspace, channel_account_id=account).busy().between(start, end)
    return busy.order_by("scheduled_for").values_list("scheduled_for", flat=True)


@Prepared
def _busy_but(*, but: UUID, **where: Any) -> QuerySet:
    return _busy.build(**where).exclude(pk=but)


def _covers(blackout: Blackout, account: ChannelAccount) -> bool:
    return (
        blackout.workspace_id == account.workspace_id
        and blackout.brand_id in (None, account.brand_id)
        and blackout.channel_account_id in (None, account.pk)
    )


def _range(blackout: Blackout) -> BlackoutRange:
    return BlackoutRange(blackout.starts_at, blackout.ends_at, blackout.reason)
