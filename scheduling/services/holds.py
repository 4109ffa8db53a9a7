"""What must not go out at the moment: a pause or a blackout holds it, or its account is switched off."""

from datetime import datetime

from django.db.models import F, Q, QuerySet

from campaigns.models import Campaign
from scheduling.models import Blackout, ChannelAccount, PostInstance, Status
from scheduling.services.history import note
from scheduling.sql.rows import Held
from workspaces.ledger import unit_of_work
from workspaces.models import paused

ROWS_AT_ONCE = 1_000


def held(now: datetime) -> Held:
    """Return the accounts and campaigns whose due posts are held at `now`, at any level."""
    blackouts = list(
        Blackout.objects.filter(starts_at__lte=now, ends_at__gt=now)
        .order_by()
        .values_list("workspace_id", "brand_id", "campaign_id", "channel_account_id")
    )
    whole = [workspace for workspace, *levels in blackouts if not any(levels)]
    accounts = ChannelAccount.objects.filter(
        Q(is_active=False)
        | paused(now)
        | paused(now, "brand__")
        | paused(now, "workspace__")
        | Q(workspace__in=whole)
        | Q(brand__in=[brand for _, brand, _, _ in blackouts if brand])
        | Q(pk__in=[account for _, _, _, account in blackouts if account])
    )
    campaigns = Campaign.objects.filter(paused(now) | Q(pk__in=[one for _, _, one, _ in blackouts if one]))
    return Held(
        frozenset(accounts.order_by().values_list("pk", flat=True)),
        frozenset(campaigns.order_by().values_list("pk", flat=True)),
    )


def not_held(rows: QuerySet[PostInstance], on_hold: Held) -> QuerySet[PostInstance]:
    """Return the rows that nothing holds."""
    if on_hold.account_ids:
        rows = rows.exclude(channel_account__in=on_hold.account_ids)
    if on_hold.campaign_ids:
        rows = rows.exclude(campaign__isnull=False, campaign__in=on_hold.campaign_ids)
    return rows


def release_held(*, now: datetime) -> None:
    """Take pending posts that are held by now back to `scheduled`: they are not about to go out."""
    on_hold = held(now)
    while on_hold and _release_some(on_hold, now=now):
        pass


def _release_some(on_hold: Held, *, now: datetime) -> bool:
    pending = PostInstance.objects.filter(status=Status.PENDING)
    rows = pending.filter(
        Q(channel_account__in=on_hold.account_ids) | Q(campaign__isnull=False, campaign__in=on_hold.campaign_ids)
    )
    with unit_of_work():
        locked = rows.select_for_update(skip_locked=True, of=("self",), no_key=True).select_related("channel_account")
        some = list(locked.order_by("due_at", "id")[:ROWS_AT_ONCE])
        PostInstance.objects.filter(pk__in=[one.pk for one in some]).update(
            status=Status.SCHEDULED, version=F("version") + 1, updated_at=now
        )
        for one in some:
            one.status = Status.SCHEDULED
            note("publish_held", one, actor="system", now=now)
    return len(some) == ROWS_AT_ONCE
