"""Channel accounts: checking and saving their cadence and rules, and the slots that a changed cadence leaves behind."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.models import ContentItem
from scheduling.models import ChannelAccount, PostInstance
from scheduling.models.accounts import LONGEST_GAP_MINUTES, LONGEST_LATENESS_MINUTES
from scheduling.rules import (
    PLATFORMS,
    BadTime,
    Cadence,
    cadence_problems,
    default_times,
    on_grid,
    read_times,
    window_problems,
)
from scheduling.rules.cadence import MOST_A_WEEK
from scheduling.services import rows
from workspaces.errors import Invalid
from workspaces.ledger import record, unit_of_work
from workspaces.phrases import phrased

# A form may have been open for long: what the connection's own services wrote meanwhile is not its to save.
OF_THE_CONNECTION = {"connection", "disconnected_at", "disconnect_reason"}
EDITED = [field.name for field in ChannelAccount._meta.concrete_fields if field.name not in {"id", *OF_THE_CONNECTION}]
NO_MOST = float("inf")
BOUNDS = {
    "gap_minutes": (0, LONGEST_GAP_MINUTES, "gap_is_at_most_a_week"),
    "daily_cap": (1, NO_MOST, "daily_cap_is_positive"),
    "text_limit": (1, NO_MOST, "text_limit_is_positive"),
    "lateness_minutes": (1, LONGEST_LATENESS_MINUTES, "lateness_is_between_a_minute_and_a_week"),
}
"""The least and the most of a number, and the constraint of the table that says so."""
FIXED_WITH_POSTS = ("workspace_id", "brand_id", "platform")


@dataclass(frozen=True)
class SavedAccount:
    """A saved account, how many empty slots are off its grid, and how many of them were removed."""

    account: ChannelAccount
    off_grid: int
    removed: int


def account_problems(account: ChannelAccount) -> dict[str, list[str]]:
    """Return what is wrong with an account's cadence and rules, by field, each as a sentence."""
    found = {**_cadence_problems(account), **_window_problems(account), **_number_problems(account)}
    if account.platform not in PLATFORMS:
        found["platform"] = [_("Choose a platform: one of %(platforms)s.") % {"platforms": ", ".join(PLATFORMS)}]
    if account.brand_id and account.workspace_id and account.brand.workspace_id != account.workspace_id:
        found["brand"] = [_("The brand belongs to another workspace.")]
    found |= _moved_away(account)
    return {name: [phrased(one) for one in said] for name, said in found.items()}


def account_for(*, content: ContentItem, platform: str | None = None) -> ChannelAccount:
    """Return the account that content goes to where none is named: its brand's only active one (of a platform).

    :raises Invalid: listing the choices, if there are several or none.
    """
    active = ChannelAccount.objects.filter(brand_id=content.brand_id, is_active=True).select_related("brand")
    if platform:
        active = active.filter(platform=platform)
    choices = list(active.order_by("platform", "name", "id"))
    if len(choices) == 1:
        return choices[0]
    on = _(" on %(platform)s") % {"platform": PLATFORMS[platform].label} if platform else ""
    if not choices:
        raise Invalid(
            _("%(brand)s has no active account%(on)s. Add one first.") % {"brand": content.brand.name, "on": on}
        )
    names = ", ".join(f"{one.name} ({one.pk})" for one in choices)
    raise Invalid(
        _("%(brand)s has several active accounts%(on)s. Name one of: %(names)s.")
        % {"brand": content.brand.name, "on": on, "names": names}
    )


def off_grid_slots(account: ChannelAccount, *, now: datetime) -> list[PostInstance]:
    """Return the future empty slots that nobody touched and that the account's cadence does not ask for any more."""
    cadence = account.cadence
    ahead = _untouched_slots(account).filter(scheduled_for__gt=now).order_by("scheduled_for", "id")
    return [slot for slot in ahead if not _is_asked_for(slot, cadence)]


def save_account(
    *,
    account: ChannelAccount,
    now: datetime,
    actor: str,
    remove_off_grid: bool = False,
    seen: datetime | None = None,
) -> SavedAccount:
    """Save an account and, if asked, remove the untouched future empty slots that are off its grid.

    That is the only thing that removes slots. Nothing is saved if something is wrong.

    :param seen: the `updated_at` that the writer looked at; a later change by somebody else is not overwritten.
    :raises Invalid: with what is wrong, by field.
    :raises Overtaken: if it was saved since.
    """
    rows.require_sound(account, account_problems(account))
    account.schedule_times = [at.strftime("%H:%M") for at in read_times(account.schedule_times)]
    account.updated_at = now
    with unit_of_work():
        rows.require_unchanged(account, seen)
        is_new = account._state.adding
        account.save(update_fields=None if is_new else EDITED)
        slots = [] if is_new else off_grid_slots(account, now=now)
        removed = _remove(account, slots) if remove_off_grid else 0
        _note(account, is_new=is_new, removed=removed, now=now, actor=actor)
    return SavedAccount(account, len(slots), removed)


def delete_account(*, account: ChannelAccount, now: datetime, actor: str) -> None:
    """Delete an account that never had a post or a slot.

    :raises Conflict: if it has some.
    """
    rows.delete(
        account,
        event="account_deleted",
        kind="channel_account",
        now=now,
        actor=actor,
        name=account.name,
    )


def _cadence_problems(account: ChannelAccount) -> dict[str, list[str]]:
    given, number = account.schedule_times, account.posts_per_week
    if not isinstance(given, list) or any(not isinstance(one, str) for one in given):
        return {"schedule_times": [_('Local times are a list, such as ["09:00", "18:30"].')]}
    if not isinstance(number, int):
        return {"posts_per_week": [_("Use a whole number from 0 to %(most)s.") % {"most": MOST_A_WEEK}]}
    try:
        times = read_times(given)
    except BadTime as error:
        return {"schedule_times": [str(error)]}
    found = {"schedule_times": [_("Each time stands once.")]} if len(times) < len(given) else {}
    if not given and account.platform in PLATFORMS:
        times = default_times(account.platform, min(max(number, 0), MOST_A_WEEK))
    problems = cadence_problems(number, times)
    return {**found, "posts_per_week": problems} if problems else found


def _window_problems(account: ChannelAccount) -> dict[str, list[str]]:
    opens, closes = account.window_opens, account.window_closes
    if opens is None and closes is None:
        return {}
    if opens is None or closes is None:
        return {"window_opens": [_("A window needs both hours, the opening and the closing one, or neither.")]}
    problems = window_problems(opens, closes)
    return {"window_opens": problems} if problems else {}


def _number_problems(account: ChannelAccount) -> dict[str, list[str]]:
    """Return what the table would refuse of single numbers, each at its field."""
    said = {one.name: one.violation_error_message for one in ChannelAccount._meta.constraints}
    return {
        name: [str(said[constraint])]
        for name, (least, most, constraint) in BOUNDS.items()
        if isinstance(value := getattr(account, name), int) and (0 <= value < least or value > most)
    }


def _moved_away(account: ChannelAccount) -> dict[str, list[str]]:
    """Return what an account that has posts cannot change any more: its posts would stand with somebody else."""
    if account._state.adding:
        return {}
    before = ChannelAccount.objects.filter(pk=account.pk).values(*FIXED_WITH_POSTS).first() or {}
    changed = [name for name, value in before.items() if value != getattr(account, name)]
    if not changed or not PostInstance.objects.filter(channel_account=account.pk).order_by().exists():
        return {}
    return {
        name.removesuffix("_id"): [_("This stays: the account has posts. Make another account.")] for name in changed
    }


def _untouched_slots(account: ChannelAccount) -> QuerySet[PostInstance]:
    """Return the empty slots that are as top-off made them: every change counts the version up."""
    made = PostInstance.objects.filter(channel_account=account, cadence_slot__isnull=False, version=1)
    return made.empty_slots()


def _is_asked_for(slot: PostInstance, cadence: Cadence) -> bool:
    return slot.timezone == cadence.zone.key and on_grid(cadence, slot.cadence_slot)


def _remove(account: ChannelAccount, slots: list[PostInstance]) -> int:
    """Delete slots that are still untouched: somebody may be filling one of them right now."""
    same = _untouched_slots(account).filter(pk__in=[slot.pk for slot in slots]).select_for_update(of=("self",))
    return PostInstance.objects.filter(pk__in=[slot.pk for slot in same.order_by("id")]).delete()[0]


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
