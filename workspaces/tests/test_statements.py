"""Statements whose text is made once store what the ORM would."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from workspaces.models import LedgerEvent, Workspace
from workspaces.statements import ROWS_AT_ONCE, insert_rows, update_where
from workspaces.tests.factories import WorkspaceFactory

NOW = datetime(2026, 11, 20, 9, 0, 0, 123456, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def event(workspace: Workspace, **values: object) -> LedgerEvent:
    """Return an event that is not stored yet."""
    given = {"event_type": "cup_filled", "entity_type": "cup", "entity_id": uuid4(), "actor": "system", **values}
    return LedgerEvent(workspace=workspace, created_at=NOW, **given)


def test_an_inserted_row_reads_back_as_it_was_given():
    workspace = WorkspaceFactory()
    given = event(workspace, metadata={"words": "café ☕", "list": [1, None, True], "quote": 'it\'s 100% "so"'})

    insert_rows(LedgerEvent, [given])

    stored = LedgerEvent.objects.get()
    assert (stored.workspace, stored.entity_id, stored.created_at) == (workspace, given.entity_id, NOW)
    assert stored.metadata == given.metadata


def test_more_rows_than_a_statement_takes_keep_their_order():
    workspace = WorkspaceFactory()
    rows = [event(workspace, metadata={"n": n}) for n in range(ROWS_AT_ONCE + 3)]

    insert_rows(LedgerEvent, rows)

    assert [one.metadata["n"] for one in LedgerEvent.objects.order_by("id")] == list(range(ROWS_AT_ONCE + 3))


def test_an_update_reaches_only_the_rows_that_match_and_returns_their_number():
    workspace, other = WorkspaceFactory(name="Before"), WorkspaceFactory(name="Other")

    hit = update_where(
        Workspace, where={"id": workspace.pk, "paused_at": None}, values={"name": "After", "paused_at": NOW}
    )
    miss = update_where(Workspace, where={"id": other.pk, "name": "Somebody else"}, values={"name": "Never"})

    workspace.refresh_from_db()
    other.refresh_from_db()
    assert (hit, miss) == (1, 0)
    assert (workspace.name, workspace.paused_at, other.name) == ("After", NOW, "Other")


def test_null_is_matched_as_null():
    workspace = WorkspaceFactory(paused_at=NOW)

    changed = update_where(Workspace, where={"id": workspace.pk, "paused_at": None}, values={"name": "Never"})

    assert changed == 0
