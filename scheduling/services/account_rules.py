"""Reading an account's rules and its posts: what every choice of a time looks at."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from scheduling.models import Blackout, ChannelAccount, PostInstance
from scheduling.rules import AccountRules
from scheduling.rules import Blackout as BlackoutRange

LOOK_BACK = timedelta(days=8)  # The widest gap is a week.
LOOK_AHEAD = timedelta(days=70)  # A place is looked for on 60 days; a gap beyond its end still counts.


def locked_account(account_id: UUID) -> ChannelAccount:
    """Return an account whose plan nobody else changes until the transaction ends.

    Two who ask for the next free time would otherwise both get it, or two times closer than the gap.
    """
    accounts = ChannelAccount.objects.select_for_update(no_key=True, of=("self",))
    return accounts.select_related("brand").get(pk=account_id)


def rules_of(account: ChannelAccount, *, now: datetime, campaign_id: UUID | None = None) -> AccountRules:
    """Return an account's rules for posts of a campaign, or of none."""
    return AccountRules(
        zone=account.zone,
        window=account.window,
        gap=account.gap,
        daily_cap=account.daily_cap,
        blackouts=tuple(
            BlackoutRange(start, end, reason)
            for start, end, reason in blackouts_of(account, campaign_id)
            .filter(ends_at__gt=now)
            .values_list("starts_at", "ends_at", "reason")
        ),
    )


def blackouts_of(account: ChannelAccount, campaign_id: UUID | None = None) -> QuerySet[Blackout]:
    """Return the blackouts of an account's workspace, brand, and of itself, and of a campaign."""
    whole = Q(brand=None, campaign=None, channel_account=None)
    campaign = Q(campaign_id=campaign_id) if campaign_id else Q(pk=None)
    levels = whole | Q(brand_id=account.brand_id) | Q(channel_account_id=account.pk) | campaign
    return Blackout.objects.filter(levels, workspace_id=account.workspace_id)


def posts_of(account: ChannelAccount, *, around: datetime, but: UUID | None = None) -> list[datetime]:
    """Return the sorted instants that count for gap and cap around a time, without those of one instance."""
    found = PostInstance.objects.filter(workspace_id=account.workspace_id, channel_account_id=account.pk).busy()
    if but:
        found = found.exclude(pk=but)
    found = found.between(around - LOOK_BACK, around + LOOK_AHEAD)
    return list(found.order_by("scheduled_for").values_list("scheduled_for", flat=True))
