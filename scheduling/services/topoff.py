"""Top-off: filling a rolling window with the cadence's missing slots."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from scheduling.models import ChannelAccount, PostInstance
from scheduling.rules import Blackout, Slot, iso, later_by_days, slots
from scheduling.services.account_rules import blackouts_by_account, locked_accounts
from scheduling.services.placeholder import placeholder_of
from scheduling.services.recurring.making import repeat
from scheduling.sql import insert_slots
from scheduling.sql.rows import SlotRow
from workspaces.errors import Invalid
from workspaces.ledger import record, unit_of_work
from workspaces.models import Workspace

DEFAULT_DAYS, MOST_DAYS = 28, 90
ACCOUNTS_AT_ONCE = 100  # About 6,000 rows a transaction: large enough to be fast, short enough for others' writes.


@dataclass(frozen=True)
class TopOff:
    """What a top-off did."""

    accounts_processed: int
    instances_created: int
    instances_skipped: int
    window_start: datetime
    window_end: datetime

    @property
    def message(self) -> str:
        """The sentence that people and systems read."""
        numbers = {"created": self.instances_created, "skipped": self.instances_skipped}
        return _("Created %(created)s new slots, skipped %(skipped)s existing") % numbers


def top_off(
    *,
    now: datetime,
    actor: str,
    days: int = DEFAULT_DAYS,
    workspace: Workspace | None = None,
    only: Collection[UUID] | None = None,
) -> TopOff:
    """Make the missing slots of all active accounts of a workspace (none: of all) in [now, the same wall time later).

    It never changes or deletes anything; a slot that somebody moved, filled or skipped is not made again. The posts of
    recurrences are made after the slots, into the slot where one stands at their time.

    :param only: the ids of the accounts to plan for; none takes all.
    :raises Invalid: if `days` is outside 1–90.
    """
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(
            _("days has to be from 1 to %(most)s; %(days)s is not.") % {"most": MOST_DAYS, "days": days},
            errors={"days": [_("Use 1 to %(most)s.") % {"most": MOST_DAYS}]},
        )
    now = now.replace(microsecond=0)  # The window is answered in whole seconds, as all times here are.
    accounts = ChannelAccount.objects.filter(is_active=True)
    if workspace:
        accounts = accounts.filter(workspace=workspace)
    if only is not None:
        accounts = accounts.filter(pk__in=only)
    ids = list(accounts.order_by("pk").values_list("pk", flat=True))
    processed = created = wanted = 0
    end = later_by_days(now, days, workspace.timezone) if workspace else now + timedelta(days=days)
    ends = []
    for begin in range(0, len(ids), ACCOUNTS_AT_ONCE):
        done = _top_off_some(ids[begin : begin + ACCOUNTS_AT_ONCE], days=days, now=now, actor=actor)
        processed, created, wanted = processed + len(done.ends), created + done.made, wanted + done.wanted
        ends += done.ends
    repeat(days=days, now=now, actor=actor, workspace=workspace, only=only)
    return TopOff(processed, created, wanted - created, now, max(ends, default=end))


@dataclass(frozen=True)
class _Done:
    """The numbers of slots that some accounts got and wanted, and the end of each account's window."""

    made: int
    wanted: int
    ends: list[datetime]


def _top_off_some(ids: Sequence[UUID], *, days: int, now: datetime, actor: str) -> _Done:
    """Make the missing slots of some accounts in one transaction.

    The accounts are locked, as for every other choice of a time: whoever places a post at the same moment either sees
    the new slots and fills one, or stands there before them.
    """
    with unit_of_work():
        accounts = [account for account in locked_accounts(ids) if account.is_active]
        ends = {account.pk: later_by_days(now, days, account.zone) for account in accounts}
        grids = {account.pk: slots(account.cadence, now, ends[account.pk]) for account in accounts}
        rows = _missing(accounts, grids, now=now)
        made = insert_slots(rows, now=now) if rows else {}
        for account in accounts:
            if made.get(account.pk):
                _note_made(account, made[account.pk], now=now, end=ends[account.pk], actor=actor)
    return _Done(sum(made.values()), sum(map(len, grids.values())), list(ends.values()))


def _missing(accounts: list[ChannelAccount], grids: dict[UUID, list[Slot]], *, now: datetime) -> list[SlotRow]:
    """Return the rows that the grids lack, in the one order in which everybody inserts them."""
    existing = _existing_keys(grids)
    blackouts = blackouts_by_account(accounts, now=now)
    placeholders = {one: placeholder_of(one).pk for one in sorted({account.workspace_id for account in accounts})}
    return [
        _row(account, slot, placeholders[account.workspace_id])
        for account in accounts
        for slot in _open(grids[account.pk], blackouts[account.pk])
        if (account.pk, slot.key) not in existing
    ]


def _open(grid: list[Slot], blackouts: list[Blackout]) -> Iterator[Slot]:
    """Yield the first slot of each instant that no blackout covers.

    Two that a clock change puts on one instant are one, also when the first was moved or skipped since.
    """
    last = None
    for slot in grid:
        if slot.instant != last and not any(one.start <= slot.instant < one.end for one in blackouts):
            yield slot
        last = slot.instant


def _existing_keys(grids: dict[UUID, list[Slot]]) -> set[tuple[UUID, str]]:
    """Return the cadence slots that have an instance already, whatever became of it."""
    days = [slot.day for grid in grids.values() for slot in grid]
    if not days:
        return set()
    made = PostInstance.objects.filter(channel_account__in=list(grids), cadence_slot__gte=f"{min(days)}T")
    found = made.filter(cadence_slot__lte=f"{max(days)}T24:00")
    return set(found.order_by().values_list("channel_account_id", "cadence_slot"))


def _row(account: ChannelAccount, slot: Slot, placeholder_id: UUID) -> SlotRow:
    return SlotRow(
        workspace_id=account.workspace_id,
        account_id=account.pk,
        placeholder_id=placeholder_id,
        scheduled_for=slot.instant,
        local_time=f"{slot.key}:00",
        timezone=account.zone.key,
        cadence_slot=slot.key,
    )


def _note_made(account: ChannelAccount, count: int, *, now: datetime, end: datetime, actor: str) -> None:
    record(
        "plan_topped_off",
        workspace_id=account.workspace_id,
        entity_type="channel_account",
        entity_id=account.pk,
        actor=actor,
        now=now,
        metadata={"instances_created": count, "window_start": iso(now), "window_end": iso(end)},
    )
