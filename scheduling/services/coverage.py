"""Coverage: which accounts run out of posts, noted in the ledger once for each dry spell."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.rules import iso, runs_dry
from scheduling.services.account_rules import locked_accounts
from workspaces.ledger import record, unit_of_work
from workspaces.models import LedgerEvent, paused

RUNS_DRY, COVERED = "plan_runs_dry", "plan_covered"


def watch_coverage(*, now: datetime) -> list[str]:
    """Note in the ledger which accounts run dry, and which are covered again; return the events' types.

    An account is noted once: again only after it was covered in between. What is paused, has no cadence, or belongs to
    a workspace that wants no warning (`warn_days` 0) is left as it is.
    """
    turned = [one.pk for one in _watched(now) if _turn(one, now)]
    if not turned:
        return []
    with unit_of_work():
        locked_accounts(turned)  # Two who look at once would both note it: the second looks again.
        found = [(one, event) for one in _watched(now, turned) if (event := _turn(one, now))]
        for one, event in found:
            _note(event, one, now=now)
    return [event for _, event in found]


def _turn(account: ChannelAccount, now: datetime) -> str:
    """Return the event that an account's coverage makes, or nothing if it stands as it was noted last."""
    is_dry = runs_dry(account.last_post, now=now, days=account.workspace.warn_days, zone=account.zone)
    if is_dry:
        return "" if account.noted == RUNS_DRY else RUNS_DRY
    return COVERED if account.noted == RUNS_DRY else ""


def _watched(now: datetime, only: Collection[UUID] | None = None) -> QuerySet[ChannelAccount]:
    """Return the accounts with a cadence, each with its last promised post, the empty slot after it, and its last note.

    One query, however many there are.
    """
    accounts = ChannelAccount.objects.filter(is_active=True, posts_per_week__gt=0, workspace__warn_days__gt=0)
    accounts = accounts.exclude(paused(now)).exclude(paused(now, "brand__")).exclude(paused(now, "workspace__"))
    if only is not None:
        accounts = accounts.filter(pk__in=only)
    ahead = PostInstance.objects.filter(
        workspace=OuterRef("workspace"), channel_account=OuterRef("pk"), scheduled_for__gt=now
    )
    promised = ahead.filter(status__in=[Status.SCHEDULED, Status.PENDING]).order_by("-scheduled_for", "-id")
    after = Coalesce(OuterRef("last_post"), Value(now, output_field=DateTimeField()))
    empty = ahead.filter(status=Status.PLANNED, scheduled_for__gt=after).order_by("scheduled_for", "id")
    notes = LedgerEvent.objects.filter(entity_id=OuterRef("pk"), event_type__in=[RUNS_DRY, COVERED]).order_by("-id")
    return (
        accounts.select_related("brand", "workspace")
        .annotate(last_post=Subquery(promised.values("scheduled_for")[:1]))
        .annotate(
            next_empty=Subquery(empty.values("scheduled_for")[:1]), noted=Subquery(notes.values("event_type")[:1])
        )
        .order_by("workspace", "platform", "name", "pk")
    )


def _note(event_type: str, account: ChannelAccount, *, now: datetime) -> None:
    record(
        event_type,
        workspace_id=account.workspace_id,
        entity_type="channel_account",
        entity_id=account.pk,
        actor="system",
        now=now,
        metadata={
            "platform": account.platform,
            "name": account.name,
            "timezone": account.zone.key,
            "last_post": iso(account.last_post) if account.last_post else None,
            "next_empty_slot": iso(account.next_empty) if account.next_empty else None,
        },
    )
