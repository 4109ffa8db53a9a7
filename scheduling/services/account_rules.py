"""Reading an account's rules and its posts: what every choice of a time looks at."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from scheduling.models import Blackout, ChannelAccount, PostInstance
from scheduling.rules import AccountRules
from scheduling.rules import Blackout as BlackoutRange

REACH = timedelta(days=70)  # A place is looked for on 60 days before and after; the widest gap, a week, still counts.


def locked_account(account_id: UUID) -> ChannelAccount:
    """Return an account whose plan nobody else changes until the transaction ends.

    Two who ask for the next free time would otherwise both get it, or two times closer than the gap.
    """
    return locked_accounts([account_id])[0]


def locked_accounts(account_ids: Iterable[UUID]) -> list[ChannelAccount]:
    """Return accounts whose plan nobody else changes until the transaction ends; all lock in one order."""
    accounts = ChannelAccount.objects.select_for_update(no_key=True, of=("self",))
    return list(accounts.select_related("brand").filter(pk__in=list(account_ids)).order_by("pk"))


def rules_of(account: ChannelAccount, *, now: datetime, campaign_id: UUID | None = None) -> AccountRules:
    """Return an account's rules for posts of a campaign, or of none."""
    return AccountRules(
        zone=account.zone,
        window=account.window,
        gap=account.gap,
        daily_cap=account.daily_cap,
        blackouts=tuple(_range(one) for one in blackouts_of(account, campaign_id).filter(ends_at__gt=now)),
    )


def blackouts_of(account: ChannelAccount, campaign_id: UUID | None = None) -> QuerySet[Blackout]:
    """Return the blackouts of an account's workspace, brand, and of itself, and of a campaign."""
    whole = Q(brand=None, campaign=None, channel_account=None)
    campaign = Q(campaign_id=campaign_id) if campaign_id else Q(pk=None)
    levels = whole | Q(brand_id=account.brand_id) | Q(channel_account_id=account.pk) | campaign
    return Blackout.objects.filter(levels, workspace_id=account.workspace_id)


def blackouts_by_account(accounts: list[ChannelAccount], *, now: datetime) -> dict[UUID, list[BlackoutRange]]:
    """Return the blackouts that are not over of many accounts, by account, in one query; none of a campaign."""
    workspaces = {account.workspace_id for account in accounts}
    rows = list(Blackout.objects.filter(workspace__in=workspaces, campaign=None, ends_at__gt=now))
    return {account.pk: [_range(one) for one in rows if _covers(one, account)] for account in accounts}


def posts_of(
    account: ChannelAccount, *, around: datetime, but: UUID | None = None, reach: timedelta = REACH
) -> list[datetime]:
    """Return the sorted instants that count for gap and cap around a time, without those of one instance."""
    found = PostInstance.objects.filter(workspace_id=account.workspace_id, channel_account_id=account.pk).busy()
    if but:
        found = found.exclude(pk=but)
    found = found.between(around - reach, around + reach)
    return list(found.order_by("scheduled_for").values_list("scheduled_for", flat=True))


def _covers(blackout: Blackout, account: ChannelAccount) -> bool:
    return (
        blackout.workspace_id == account.workspace_id
        and blackout.brand_id in (None, account.brand_id)
        and blackout.channel_account_id in (None, account.pk)
    )


def _range(blackout: Blackout) -> BlackoutRange:
    return BlackoutRange(blackout.starts_at, blackout.ends_at, blackout.reason)
