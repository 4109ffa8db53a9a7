"""Many posts by a pattern: what each wants, worked out before the workers place it under the rules."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduling.models import Placing, Schedule
from scheduling.rules import BadTime, read_instant
from scheduling.rules.patterns import CADENCE, OPTIMAL, next_full_hour, pattern_times, read_pattern
from scheduling.rules.recurrence import BadRule
from scheduling.services.batches.asking import understood
from scheduling.services.batches.making import Wanted, make_batch
from workspaces.errors import Invalid
from workspaces.models import Workspace
from workspaces.rules.sentences import sentence

PLACINGS = {CADENCE: Placing.SLOT, OPTIMAL: Placing.BEST}


def schedule_many(
    *,
    workspace: Workspace,
    post_ids: list[str],
    pattern: str,
    now: datetime,
    actor: str,
    start: str | None = None,
    account: str | None = None,
) -> Schedule:
    """Ask for many posts by a pattern; the workers place them in the order in which they are named, under the rules.

    :param start: when the first is wanted; read in the account's zone where it has no offset. None: the next full hour.
    :raises Invalid: naming everything that is wrong; then nothing is made.
    """
    items = _named(workspace, post_ids, account)
    try:
        pattern = read_pattern(pattern)
        items = _timed(items, pattern, start, now)
    except BadRule as error:
        raise Invalid(str(error), errors={"schedule_pattern": [str(error)]}) from error
    except BadTime as error:
        raise Invalid(str(error), errors={"start": [str(error)]}) from error
    return make_batch(
        workspace=workspace,
        title=f"{len(items)} post{'' if len(items) == 1 else 's'}, {pattern}"[:200],
        items=items,
        strategy=pattern if len(pattern) <= 20 and "=" not in pattern else "rrule",
        timezone=items[0].account.zone.key,
        metadata={"schedule_pattern": pattern},
        now=now,
        actor=actor,
    )


def _named(workspace: Workspace, post_ids: list[str], account: str | None) -> list[Wanted]:
    rows = [{"content_id": one, "channel_account": account} for one in post_ids]
    try:
        return understood(workspace, rows, zone=None, field="post_ids")
    except Invalid as error:
        errors = {name.removesuffix(".content_id"): said for name, said in error.errors.items()}
        accounts = {name: said for name, said in errors.items() if name.endswith(".channel_account")}
        if account and accounts:
            errors = {**{name: errors[name] for name in errors.keys() - accounts.keys()}}
            errors["channel_account"] = next(iter(accounts.values()))
        name, said = next(iter(errors.items()))
        raise Invalid(f"{name}: {said[0]}", errors=errors) from error


def _timed(items: list[Wanted], pattern: str, start: str | None, now: datetime) -> list[Wanted]:
    """Return items with what they want: a time, or the next open slot or recommended time from a start on."""
    times: dict[ZoneInfo, list[datetime]] = {}
    found = []
    for number, one in enumerate(items):
        zone = one.account.zone
        if zone not in times:
            times[zone] = _times(pattern, len(items), start, zone, now)
        placing = PLACINGS.get(pattern, Placing.ADJUSTED)
        found.append(replace(one, placing=placing, at=times[zone][number]))
    return found


def _times(pattern: str, count: int, start: str | None, zone: ZoneInfo, now: datetime) -> list[datetime]:
    first = read_instant(start, zone) if start else None
    if first and first < now:
        raise BadTime(sentence(f"{start} is in the past. Choose a later start."))
    if pattern in PLACINGS:
        return [first or now] * count
    return pattern_times(pattern, count=count, start=first or next_full_hour(now, zone), zone=zone)
