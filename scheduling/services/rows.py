"""Checking and deleting rows of the plan: what every kind of them has in common."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _

from workspaces.errors import Conflict, Invalid, Overtaken
from workspaces.ledger import record, unit_of_work
from workspaces.services.deleting import why_not


def require_sound(row: Model, problems: dict[str, list[str]]) -> None:
    """Check a row against the rules that were found broken, then against its fields and constraints.

    :raises Invalid: with what is wrong, by field.
    """
    found = problems
    if not found:
        try:
            row.full_clean()
        except ValidationError as error:
            found = error.message_dict
    if found:
        raise Invalid(next(iter(found.values()))[0], errors=found)


def require_unchanged(row: Model, seen: datetime | None) -> None:
    """Lock a row that is about to be saved, and check that it is what its writer looked at; in a transaction.

    :param seen: its `updated_at` then; None: whoever saves last wins.
    :raises Overtaken: if somebody changed it since.
    :raises Conflict: if somebody deleted it.
    """
    if seen is None or row._state.adding:
        return
    same = type(row)._default_manager.select_for_update(of=("self",), no_key=True).filter(pk=row.pk)
    newest = same.values_list("updated_at", flat=True).first()
    if newest is None:
        raise Conflict(_("Somebody deleted this meanwhile."))
    if newest != seen:
        said = _(
            "Somebody else changed this meanwhile. What you typed still stands here: "
            "save again to put it over theirs, or load the page anew to see theirs."
        )
        raise Overtaken(said, newest=newest)


def delete(row: Model, *, event: str, kind: str, now: datetime, actor: str, **metadata: Any) -> None:
    """Delete a row that nothing needs.

    :param kind: what the ledger calls such a row.
    :raises Conflict: if something does, with the way on.
    """
    entity, workspace = row.pk, row.workspace_id
    try:
        with unit_of_work():
            row.delete()
            note(event, kind, entity, workspace, now=now, actor=actor, **metadata)
    except ProtectedError as error:
        raise Conflict(why_not(row)) from error


def note(event: str, kind: str, entity: Any, workspace: Any, *, now: datetime, actor: str, **metadata: Any) -> None:
    """Record an event of a row."""
    record(
        event,
        workspace_id=workspace,
        entity_type=kind,
        entity_id=entity,
        actor=actor,
        now=now,
        metadata=metadata,
    )
