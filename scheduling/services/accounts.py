"""Channel accounts: checking and saving their cadence and rules, and the slots that a changed cadence leaves behind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from scheduling.models import ChannelAccount, PostInstance
from scheduling.rules import BadTime, cadence_problems, on_grid, read_times, window_problems
from workspaces.errors import Invalid
from workspaces.ledger import record, unit_of_work


@dataclass(frozen=True)
class SavedAccount:
    """A saved account, how many empty slots are off its grid, and how many of them were removed."""

    account: ChannelAccount
    off_grid: int
    removed: int


def account_problems(account: ChannelAccount) -> dict[str, list[str]]:
    """Return what is wrong with an account's cadence and rules, by field, each as a sentence."""
    found: dict[str, list[str]] = {}
    try:
        times = read_times([str(value) for value in _as_list(account.schedule_times)])
    except BadTime as error:
        found["schedule_times"] = [str(error)]
    else:
        if len(times) < len(account.schedule_times):
            found["schedule_times"] = ["Each time stands once."]
        problems = cadence_problems(account.posts_per_week, times or account.times)
        if problems:
            found.setdefault("posts_per_week", []).extend(problems)
    opens, closes = account.window_opens, account.window_closes
    if (opens is None) != (closes is None):
        found["window_opens"] = ["A window needs both hours, the opening and the closing one, or neither."]
    elif opens is not None:
        problems = window_problems(opens, closes)
        if problems:
            found["window_opens"] = problems
    if account.brand_id and account.workspace_id and account.brand.workspace_id != account.workspace_id:
        found["brand"] = ["The brand belongs to another workspace."]
    return found


def off_grid_slots(account: ChannelAccount, *, now: datetime) -> list[PostInstance]:
    """Return the future empty slots of an account that nobody touched and that its cadence does not ask for any more."""
    cadence = account.cadence
    ahead = PostInstance.objects.filter(channel_account=account, scheduled_for__gt=now, cadence_slot__isnull=False)
    return [
        slot
        for slot in ahead.empty_slots().order_by("scheduled_for", "id")
        if slot.local_time.startswith(slot.cadence_slot) and not _is_asked_for(slot, cadence, account)
    ]


def save_account(*, account: ChannelAccount, now: datetime, actor: str, remove_off_grid: bool = False) -> SavedAccount:
    """Save an account and, if asked, remove the untouched future empty slots that are off its grid.

    That is the only thing that removes slots. Nothing is saved if something is wrong.

    :raises Invalid: with what is wrong, by field.
    """
    problems = account_problems(account)
    if problems:
        first = next(iter(problems.values()))[0]
        raise Invalid(first, errors=problems)
    account.schedule_times = [at.strftime("%H:%M") for at in read_times([str(one) for one in account.schedule_times])]
    account.updated_at = now
    with unit_of_work():
        is_new = account._state.adding
        account.save()
        slots = [] if is_new else off_grid_slots(account, now=now)
        removed = _remove(slots) if remove_off_grid else 0
        _note(account, is_new=is_new, removed=removed, now=now, actor=actor)
    return SavedAccount(account, len(slots), removed)


def _is_asked_for(slot: PostInstance, cadence: Any, account: ChannelAccount) -> bool:
    return slot.timezone == account.zone.key and on_grid(cadence, slot.cadence_slot)


def _remove(slots: list[PostInstance]) -> int:
    """Delete slots that are still empty and untouched: somebody may be filling one of them right now."""
    with transaction.atomic():
        same = [slot.pk for slot in slots]
        versions = {slot.pk: slot.version for slot in slots}
        locked = PostInstance.objects.select_for_update(of=("self",)).filter(pk__in=same).empty_slots()
        untouched = [slot.pk for slot in locked if slot.version == versions[slot.pk]]
        return PostInstance.objects.filter(pk__in=untouched).delete()[0]


def _note(account: ChannelAccount, *, is_new: bool, removed: int, now: datetime, actor: str) -> None:
    record(
        "account_created" if is_new else "account_changed",
        workspace_id=account.workspace_id,
        entity_type="channel_account",
        entity_id=account.pk,
        actor=actor,
        now=now,
        metadata={
            "posts_per_week": account.posts_per_week,
            "schedule_times": account.schedule_times,
            "timezone": account.zone.key,
            "slots_removed": removed,
        },
    )


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
