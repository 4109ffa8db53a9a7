"""What a cadence would make of the next two weeks, and of the slots that stand: worked out before anything is saved."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.rules import AccountRules, Slot, day_bounds, local_day, slots, warnings
from scheduling.services.account_rules import rules_of
from scheduling.services.accounts import off_grid_slots

DAYS = 14
DAY = timedelta(days=1)
GONE = (Status.SKIPPED, Status.CANCELED)

Fate = Literal["new", "open", "filled", "gone", "blackout"]


@dataclass(frozen=True)
class PreviewSlot:
    """A place of the grid.

    :param fate: `new` would be made by the next top-off, `open` and `filled` stand already, `gone` was skipped or
        moved and is not made again, a `blackout` covers it.
    :param warnings: what its time breaks of the window, the gap and the cap, a sentence each.
    """

    slot: Slot
    fate: Fate
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class PreviewDay:
    """A local date and its places, in order."""

    date: date
    slots: tuple[PreviewSlot, ...]


@dataclass(frozen=True)
class Preview:
    """Two weeks of a cadence, today first, and the untouched empty slots that it does not ask for (any more)."""

    days: list[PreviewDay]
    off_grid: list[PostInstance]
    fates: Counter[str]

    @property
    def number(self) -> int:
        """How many places there are."""
        return self.fates.total()

    @property
    def broken(self) -> list[str]:
        """What the times break, each sentence once."""
        said = (sentence for day in self.days for one in day.slots for sentence in one.warnings)
        return list(dict.fromkeys(said))


def preview(account: ChannelAccount, *, now: datetime) -> Preview:
    """Return what an account's cadence and rules mean, saved or not; its values have to be sound.

    The grid is the same pure rule that top-off uses; nothing is written.
    """
    zone = account.zone
    today = local_day(now, zone)
    days = [today + number * DAY for number in range(DAYS)]
    grid = slots(account.cadence, now, day_bounds(days[-1], zone)[1])
    found = _judged(grid, _fates(account, grid), rules_of(account, now=now), now)
    by_day = [PreviewDay(day, tuple(one for one in found if local_day(one.slot.instant, zone) == day)) for day in days]
    return Preview(by_day, off_grid_slots(account, now=now), Counter(one.fate for one in found))


def _fates(account: ChannelAccount, grid: list[Slot]) -> dict[str, Fate]:
    """Return what became of the places that were made already, by their key."""
    if account._state.adding or not grid:
        return {}
    made = PostInstance.objects.filter(channel_account=account, cadence_slot__in=[one.key for one in grid])
    rows = made.order_by().values_list("cadence_slot", "status", "scheduled_for")
    instants = {one.key: one.instant for one in grid}
    return {key: _fate(status, moved=at != instants[key]) for key, status, at in rows}


def _fate(status: str, *, moved: bool) -> Fate:
    if moved or status in GONE:
        return "gone"
    return "open" if status == Status.PLANNED else "filled"


def _judged(grid: list[Slot], fates: dict[str, Fate], rules: AccountRules, now: datetime) -> list[PreviewSlot]:
    """Return each place with its fate, and with what it breaks beside the others."""
    instants = sorted({one.instant for one in grid})
    found = []
    for one in grid:
        covered = any(range_.start <= one.instant < range_.end for range_ in rules.blackouts)
        fate = fates.get(one.key) or ("blackout" if covered else "new")
        others = [at for at in instants if at != one.instant]
        broken = [] if covered else warnings(one.instant, rules=rules, posts=others, now=now)
        found.append(PreviewSlot(one, fate, tuple(warning.message for warning in broken)))
    return found
