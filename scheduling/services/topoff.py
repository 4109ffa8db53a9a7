"""Top-off: filling a rolling window with the cadence's missing slots."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from scheduling.models import ChannelAccount, PostInstance
from scheduling.rules import Slot, iso, later_by_days, slots
from scheduling.services.account_rules import rules_of
from scheduling.services.placeholder import placeholder_of
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
        return f"Created {self.instances_created} new slots, skipped {self.instances_skipped} existing"


def top_off(*, now: datetime, actor: str, days: int = DEFAULT_DAYS, workspace: Workspace | None = None) -> TopOff:
    """Make the missing slots of all active accounts of a workspace (none: of all) in [now, the same wall time later).

    It never changes or deletes anything; a slot that somebody moved, filled or skipped is not made again.

    :raises Invalid: if `days` is outside 1–90.
    """
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(
            f"days has to be from 1 to {MOST_DAYS}; {days} is not.", errors={"days": [f"Use 1 to {MOST_DAYS}."]}
        )
    accounts = ChannelAccount.objects.filter(is_active=True).select_related("brand").order_by("pk")
    if workspace:
        accounts = accounts.filter(workspace=workspace)
    processed = created = wanted = 0
    end = later_by_days(now, days, workspace.timezone) if workspace else now + timedelta(days=days)
    ends = []
    for chunk in _chunks(accounts.iterator(ACCOUNTS_AT_ONCE), ACCOUNTS_AT_ONCE):
        made, asked, chunk_ends = _top_off_chunk(chunk, days=days, now=now, actor=actor)
        processed, created, wanted = processed + len(chunk), created + made, wanted + asked
        ends.append(max(chunk_ends))
    return TopOff(processed, created, wanted - created, now, max(ends, default=end))


def _chunks(accounts: Iterable[ChannelAccount], size: int) -> Iterable[list[ChannelAccount]]:
    chunk: list[ChannelAccount] = []
    for account in accounts:
        chunk.append(account)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _top_off_chunk(
    accounts: Sequence[ChannelAccount], *, days: int, now: datetime, actor: str
) -> tuple[int, int, list[datetime]]:
    """Make the missing slots of some accounts in one transaction; return the numbers made and wanted, and the ends."""
    ends = {account.pk: later_by_days(now, days, account.zone) for account in accounts}
    grids = {account.pk: slots(account.cadence, now, ends[account.pk]) for account in accounts}
    with unit_of_work():
        existing = _existing_keys(grids)
        placeholders = {one: placeholder_of(one).pk for one in {account.workspace_id for account in accounts}}
        rows = [
            _row(account, slot, placeholders[account.workspace_id])
            for account in accounts
            for slot in _open(account, grids[account.pk], now=now)
            if (account.pk, slot.key) not in existing
        ]
        rows.sort(key=lambda row: (row.account_id, row.scheduled_for))  # Two top-offs in one order cannot deadlock.
        made = insert_slots(rows, now=now) if rows else {}
        for account in accounts:
            if made.get(account.pk):
                _note_made(account, made[account.pk], now=now, end=ends[account.pk], actor=actor)
    return sum(made.values()), sum(map(len, grids.values())), list(ends.values())


def _open(account: ChannelAccount, grid: list[Slot], *, now: datetime) -> list[Slot]:
    """Return the slots that no blackout covers: no time falls in one."""
    blackouts = rules_of(account, now=now).blackouts if grid else ()
    if not blackouts:
        return grid
    return [slot for slot in grid if not any(one.start <= slot.instant < one.end for one in blackouts)]


def _existing_keys(grids: dict[UUID, list[Slot]]) -> set[tuple[UUID, str]]:
    """Return the cadence slots that have an instance already, whatever became of it."""
    keys = [slot.key for grid in grids.values() for slot in (grid[:1] + grid[-1:])]
    if not keys:
        return set()
    found = PostInstance.objects.filter(
        channel_account__in=list(grids), cadence_slot__gte=min(keys), cadence_slot__lte=max(keys)
    )
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
