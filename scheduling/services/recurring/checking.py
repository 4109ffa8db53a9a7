"""What a recurrence has to be before it is saved."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from scheduling.models import Recurrence
from scheduling.rules import BadTime, read_instant, to_local
from scheduling.rules.recurrence import LONGEST, BadRule, occurrences, repeats
from scheduling.rules.wall_clock import SHAPE
from scheduling.services.schedule import require_fit
from workspaces.errors import Invalid
from workspaces.rules.sentences import sentence

DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST_EXCLUDED = 1_000  # As many as a rule has times.
Problems = dict[str, list[str]]


def settle(recurrence: Recurrence, zone: ZoneInfo) -> Problems:
    """Write the local times of a recurrence as they are kept; return what cannot be read, by field.

    A time with an offset is taken for what the clock of the account shows then.
    """
    given = recurrence.excluded
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given) or len(given) > MOST_EXCLUDED:
        return {
            "excluded": [sentence(f'Use a list of times, such as ["2026-12-25T09:00"], {MOST_EXCLUDED:,} at most.')]
        }
    recurrence.rule = recurrence.rule.strip()
    try:
        recurrence.starts_at = _wall(recurrence.starts_at, zone)
    except BadTime as error:
        return {"starts_at": [str(error)]}
    try:
        recurrence.excluded = sorted({_day(one) or _wall(one, zone) for one in given})
    except BadTime as error:
        return {"excluded": [str(error)]}
    return {}


def problems_of(recurrence: Recurrence, before: Recurrence | None, *, now: datetime) -> Problems:
    """Return what is wrong with a recurrence whose times are settled, by field, each as a sentence."""
    account, content = recurrence.channel_account, recurrence.content_item
    for name, row in (("content_item", content), ("channel_account", account)):
        if row.workspace_id != recurrence.workspace_id:
            return {name: [_("That belongs to another workspace.")]}
    try:
        if before is None or _parts(before) != _parts(recurrence):
            require_fit(account, content)
    except Invalid as error:
        return {"channel_account": [error.message]}
    return _start_problems(recurrence, before, now=now) or _rule_problems(recurrence, before, now=now)


def _parts(recurrence: Recurrence) -> tuple[object, ...]:
    return recurrence.content_item_id, recurrence.channel_account_id, recurrence.is_active


def _start_problems(recurrence: Recurrence, before: Recurrence | None, *, now: datetime) -> Problems:
    if before and before.starts_at == recurrence.starts_at:
        return {}  # Once saved, it may be as long ago as it likes.
    first = datetime.fromisoformat(recurrence.starts_at).replace(tzinfo=recurrence.channel_account.zone)
    if abs(first - now) > LONGEST:
        return {"starts_at": [_("It has to start within 24 months from now, or to have started within the last 24.")]}
    return {}


def _rule_problems(recurrence: Recurrence, before: Recurrence | None, *, now: datetime) -> Problems:
    zone, first = recurrence.channel_account.zone, datetime.fromisoformat(recurrence.starts_at)
    terms = {"first": first, "excluded": recurrence.excluded, "zone": zone}
    try:
        if not occurrences(recurrence.rule, first, zone):
            return {"rule": [_("It gives no time within 24 months from its start.")]}
        is_over = before is None and not repeats(recurrence.rule, **terms, start=now, end=now + 2 * LONGEST)
    except BadRule as error:
        return {"rule": [str(error)]}
    return {"rule": [_("None of its times is ahead.")]} if is_over else {}


def _day(text: str) -> str:
    """Return a text that is a whole day, else nothing.

    :raises BadTime: if there is no such day.
    """
    wanted = text.strip()
    if not DATE.fullmatch(wanted):
        return ""
    read_instant(f"{wanted}T00:00", ZoneInfo("UTC"))
    return wanted


def _wall(text: str, zone: ZoneInfo) -> str:
    """Return a local time as it is kept; also one that the clock skips, for it is a rule's, not an instant.

    :raises BadTime: if it cannot be read.
    """
    instant = read_instant(text, ZoneInfo("UTC"))
    wall = to_local(instant, zone) if SHAPE.fullmatch(text.strip())["offset"] else instant
    return wall.replace(tzinfo=None).isoformat(timespec="seconds")
