"""Handing over what is due, unless a pause or a blackout holds it."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from campaigns.models import Campaign
from scheduling.models import Blackout, ChannelAccount, PostInstance, Status
from scheduling.services.history import note
from scheduling.services.lateness import late_rows
from scheduling.sql import enqueue
from scheduling.sql.rows import Held
from workspaces.ledger import unit_of_work
from workspaces.models import Workspace, paused

ROWS_AT_ONCE = 10_000  # Of one statement in tick: the ledger's turn is held for its length, a fraction of a second.


def held(now: datetime) -> Held:
    """Return the accounts and campaigns whose due posts are held at `now`, by a pause or a blackout at any level."""
    blackouts = list(
        Blackout.objects.filter(starts_at__lte=now, ends_at__gt=now).values_list(
            "workspace_id", "brand_id", "campaign_id", "channel_account_id"
        )
    )
    whole = [workspace for workspace, *levels in blackouts if not any(levels)]
    accounts = ChannelAccount.objects.filter(
        paused(now)
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


def anything_due(*, now: datetime) -> bool:
    """Return whether something waits to be handed over or claimed: the cheap look of an idle worker."""
    due = PostInstance.objects.filter(due_at__lte=now).order_by()
    return due.filter(status=Status.SCHEDULED).exists() or due.filter(status=Status.PENDING).exists()


def hand_over_due(*, now: datetime, workspace: Workspace | None = None, most: int | None = None) -> list[UUID]:
    """Move what is due and not held from `scheduled` to `pending`; return the ids.

    Posts later than their account's limit are the caller's to miss before; the claim looks again.

    :param most: how many at most; none moves everything.
    """
    on_hold = held(now)
    workspace_id = workspace.pk if workspace else None
    ids: list[UUID] = []
    while True:
        limit = min(ROWS_AT_ONCE, most - len(ids)) if most is not None else ROWS_AT_ONCE
        with unit_of_work():
            some = enqueue(now=now, held=on_hold, workspace_id=workspace_id, limit=limit) if limit else []
        ids += some
        if not some:
            return ids


def due_ids(*, now: datetime, workspace: Workspace | None = None) -> list[UUID]:
    """Return the ids of what `hand_over_due` would move, and change nothing."""
    rows = PostInstance.objects.filter(status=Status.SCHEDULED, due_at__lte=now)
    if workspace:
        rows = rows.filter(workspace=workspace)
    late = late_rows(now, (Status.SCHEDULED,)).values("pk")
    return list(not_held(rows, held(now)).exclude(pk__in=late).order_by("due_at", "id").values_list("pk", flat=True))


def not_held(rows: QuerySet[PostInstance], on_hold: Held) -> QuerySet[PostInstance]:
    """Return the rows that no pause and no blackout holds."""
    if on_hold.account_ids:
        rows = rows.exclude(channel_account__in=on_hold.account_ids)
    if on_hold.campaign_ids:
        rows = rows.exclude(campaign__isnull=False, campaign__in=on_hold.campaign_ids)
    return rows


def release_held(*, now: datetime) -> None:
    """Take pending posts that a pause or a blackout holds by now back to `scheduled`: they are not about to go out."""
    on_hold = held(now)
    if not on_hold:
        return
    with unit_of_work():
        pending = PostInstance.objects.filter(status=Status.PENDING)
        rows = pending.filter(
            Q(channel_account__in=on_hold.account_ids) | Q(campaign__isnull=False, campaign__in=on_hold.campaign_ids)
        )
        locked = rows.select_for_update(skip_locked=True, of=("self",), no_key=True).select_related("channel_account")
        some = list(locked.order_by("due_at", "id")[:ROWS_AT_ONCE])
        PostInstance.objects.filter(pk__in=[one.pk for one in some]).update(
            status=Status.SCHEDULED, version=F("version") + 1, updated_at=now
        )
        for one in some:
            one.status = Status.SCHEDULED
            note("publish_held", one, actor="system", now=now)


def oldest_due(*, now: datetime) -> datetime | None:
    """Return since when the longest-waiting due post waits that nothing holds."""
    due = PostInstance.objects.filter(status__in=[Status.SCHEDULED, Status.PENDING], due_at__lte=now)
    return not_held(due, held(now)).order_by("due_at").values_list("due_at", flat=True).first()
