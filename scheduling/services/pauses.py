"""Pauses of a workspace, brand, campaign or account: they hold due posts until an end, or until somebody resumes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from campaigns.models import Brand, Campaign
from scheduling.models import ChannelAccount
from scheduling.rules import iso, local_day
from scheduling.services.calendar import Narrowing
from scheduling.services.campaign_places import campaigns_of
from workspaces.errors import Conflict, Invalid, NotFound
from workspaces.ledger import record, unit_of_work
from workspaces.models import Workspace
from workspaces.roles import ADMIN, WRITE

Thing = Workspace | Brand | Campaign | ChannelAccount
# How each is called in the ledger and in forms; whoever may change a thing may pause it.
LEVELS: dict[str, type] = {
    "workspace": Workspace,
    "brand": Brand,
    "campaign": Campaign,
    "channel_account": ChannelAccount,
}
SCOPES = {Workspace: ADMIN, ChannelAccount: ADMIN, Brand: WRITE, Campaign: WRITE}
LONGEST_REASON = 200
OVER = gettext_noop("A pause has to end after now.")


def pause(*, thing: Thing, now: datetime, actor: str, reason: str = "", until: datetime | None = None) -> Thing:
    """Hold the due posts of a thing; where it is paused already, change the reason and the end.

    :raises Invalid: if the pause would be over already.
    """
    if until is not None and until <= now:
        raise Invalid(gettext(OVER), errors={"paused_until": [gettext(OVER)]})
    reason = reason.strip()[:LONGEST_REASON]
    with unit_of_work():
        _lock(thing)
        same = (thing.paused_until, thing.pause_reason) == (until, reason)
        if not (thing.is_paused(now) and same):
            since = thing.paused_at if thing.is_paused(now) else now
            _write(thing, now=now, paused_at=since, paused_until=until, pause_reason=reason)
            _note("paused", thing, now=now, actor=actor, reason=reason, until=iso(until) if until else None)
    return thing


def resume(*, thing: Thing, now: datetime, actor: str) -> Thing:
    """Let the posts of a thing go out again.

    :raises Conflict: if it is not paused (any more).
    """
    with unit_of_work():
        _lock(thing)
        if not thing.is_paused(now):
            raise Conflict(gettext("%(thing)s is not paused.") % {"thing": thing})
        _write(thing, now=now, paused_at=None, paused_until=None, pause_reason="")
        _note("resumed", thing, now=now, actor=actor)
    return thing


def campaigns_to_pause(workspace: Workspace, *, now: datetime) -> list[Campaign]:
    """Return the campaigns that are not over, or are paused."""
    today = local_day(now, workspace.timezone)
    found = [one for one in campaigns_of(workspace) if one.ends_on >= today or one.is_paused(now)]
    return sorted(found, key=lambda one: (one.name.casefold(), one.pk))


def paused_things(
    workspace: Workspace,
    accounts: Iterable[ChannelAccount],
    campaigns: Iterable[Campaign],
    *,
    narrowing: Narrowing,
    now: datetime,
) -> list[Thing]:
    """Return what is paused of that which a narrowed calendar shows, the widest first."""
    accounts = [one for one in accounts if narrowing.shows(one)]
    brands = {one.brand_id: one.brand for one in accounts}
    shown = [one for one in campaigns if one.brand_id in brands and narrowing.campaign in (None, one)]
    return [one for one in (workspace, *brands.values(), *shown, *accounts) if one.is_paused(now)]


def find_thing(workspace: Workspace, name: str) -> Thing:
    """Return what a form calls `brand:<id>`, among what belongs to a workspace.

    :raises NotFound: if there is no such thing.
    """
    level, _, key = name.partition(":")
    model = LEVELS.get(level)
    own = {"pk": workspace.pk} if model is Workspace else {"workspace": workspace}
    try:
        found = model and model.objects.filter(pk=UUID(key)).filter(**own).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound(gettext("There is nothing like that to pause here."))
    return found


def name_of(thing: Thing) -> str:
    """Return what a form calls a thing: `brand:<id>`."""
    return f"{level_of(thing)}:{thing.pk}"


def level_of(thing: Thing) -> str:
    """Return what a thing is called in the ledger and in forms."""
    return next(name for name, model in LEVELS.items() if isinstance(thing, model))


def _lock(thing: Thing) -> None:
    """Read the pause of a thing as it is now; nobody else changes it until the transaction ends."""
    rows = type(thing).objects.select_for_update(no_key=True, of=("self",)).order_by()
    names = ("paused_at", "paused_until", "pause_reason")
    for name, value in zip(names, rows.values_list(*names).get(pk=thing.pk), strict=True):
        setattr(thing, name, value)


def _write(thing: Thing, *, now: datetime, **values: Any) -> None:
    type(thing).objects.filter(pk=thing.pk).update(updated_at=now, **values)
    for name, value in values.items():
        setattr(thing, name, value)


def _note(what: str, thing: Thing, *, now: datetime, actor: str, **facts: Any) -> None:
    level = level_of(thing)
    workspace_id: UUID = thing.pk if level == "workspace" else thing.workspace_id
    record(
        f"{level}_{what}",
        workspace_id=workspace_id,
        entity_type=level,
        entity_id=thing.pk,
        actor=actor,
        now=now,
        metadata={"name": thing.name, **facts},
    )
