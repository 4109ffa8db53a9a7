"""Checking and deleting rows of the plan: what every kind of them has in common."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, ProtectedError

from workspaces.errors import Conflict, Invalid
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
