"""Blackouts: saving and lifting them, and the posts that they hold."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from scheduling.models import Blackout, PostInstance, Status
from scheduling.rules import iso
from workspaces.errors import Invalid
from workspaces.ledger import record, unit_of_work

HELD = (Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED, Status.PENDING)
LEVELS = ("brand", "campaign", "channel_account")


def save_blackout(*, blackout: Blackout, now: datetime, actor: str) -> list[PostInstance]:
    """Save a blackout and return the posts that stand in it: they are held, nobody moves them.

    :raises Invalid: with what is wrong, by field.
    """
    problems = _problems(blackout)
    if problems:
        raise Invalid(next(iter(problems.values()))[0], errors=problems)
    blackout.updated_at = now
    with unit_of_work():
        event = "blackout_created" if blackout._state.adding else "blackout_changed"
        blackout.save()
        _note(event, blackout, now=now, actor=actor)
    return list(posts_in(blackout))


def lift_blackout(*, blackout: Blackout, now: datetime, actor: str) -> None:
    """End a blackout for good: what it held goes out when it is due, unless that is too late by then."""
    with unit_of_work():
        _note("blackout_lifted", blackout, now=now, actor=actor)
        blackout.delete()


def posts_in(blackout: Blackout) -> QuerySet[PostInstance]:
    """Return the posts with content that stand in a blackout and are not out yet, by time."""
    rows = PostInstance.objects.filter(workspace_id=blackout.workspace_id, status__in=HELD)
    if blackout.brand_id:
        rows = rows.filter(channel_account__brand=blackout.brand_id)
    if blackout.campaign_id:
        rows = rows.filter(campaign=blackout.campaign_id)
    if blackout.channel_account_id:
        rows = rows.filter(channel_account=blackout.channel_account_id)
    return rows.between(blackout.starts_at, blackout.ends_at).with_everything().order_by("scheduled_for", "id")


def _problems(blackout: Blackout) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    named = [name for name in LEVELS if getattr(blackout, f"{name}_id")]
    if len(named) > 1:
        found[named[1]] = [_("Name a brand, a campaign or an account, not several; none is the whole workspace.")]
    for name in named:
        if getattr(blackout, name).workspace_id != blackout.workspace_id:
            found[name] = [_("That belongs to another workspace.")]
    if blackout.ends_at <= blackout.starts_at:
        found["ends_at"] = [_("A blackout has to end after it starts.")]
    return found


def _note(event: str, blackout: Blackout, *, now: datetime, actor: str) -> None:
    levels = {name: str(getattr(blackout, f"{name}_id")) for name in LEVELS if getattr(blackout, f"{name}_id")}
    record(
        event,
        workspace_id=blackout.workspace_id,
        entity_type="blackout",
        entity_id=blackout.pk,
        actor=actor,
        now=now,
        metadata={
            "starts_at": iso(blackout.starts_at),
            "ends_at": iso(blackout.ends_at),
            "reason": blackout.reason,
            **levels,
        },
    )
