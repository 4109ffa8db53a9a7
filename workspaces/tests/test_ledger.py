"""The ledger tells exactly what happened: nothing that was rolled back, in an order that readers may rely on."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import uuid4

import pytest
from django.db import connection

from workspaces.ledger import record, unit_of_work
from workspaces.models import LedgerEvent, Workspace
from workspaces.tests.factories import NOW, WorkspaceFactory


def note(event_type, workspace):
    record(
        event_type, workspace_id=workspace.pk, entity_type="workspace", entity_id=workspace.pk, actor="system", now=NOW
    )


def told():
    return list(LedgerEvent.objects.order_by("id").values_list("event_type", flat=True))


class Failure(Exception):
    """Something that goes wrong in the middle."""


def rename_and_fail(workspace):
    """Change a row and note it, then fail."""
    with unit_of_work():
        Workspace.objects.filter(pk=workspace.pk).update(name="Changed")
        note("lost", workspace)
        raise Failure


def rename_and_fail_later(workspace):
    """The same, but the inner unit succeeds and the outer one fails."""
    with unit_of_work():
        with unit_of_work():
            Workspace.objects.filter(pk=workspace.pk).update(name="Changed")
            note("lost", workspace)
        raise Failure


@pytest.mark.django_db
def test_an_event_says_what_happened_to_what_by_whom_and_when():
    workspace = WorkspaceFactory()
    thing = uuid4()

    with unit_of_work():
        record(
            "brand_created",
            workspace_id=workspace.pk,
            entity_type="brand",
            entity_id=thing,
            actor="user:ana",
            now=NOW,
            metadata={"name": "Café Lumen"},
        )

    event = LedgerEvent.objects.get()
    assert (event.event_type, event.entity_type, event.entity_id) == ("brand_created", "brand", thing)
    assert (event.workspace, event.actor, event.created_at) == (workspace, "user:ana", NOW)
    assert event.metadata == {"name": "Café Lumen"}


@pytest.mark.django_db
def test_events_are_written_last_and_in_their_order():
    workspace = WorkspaceFactory()

    with unit_of_work():
        note("first", workspace)
        with unit_of_work():
            note("second", workspace)
        note("third", workspace)
        told_before_the_end = told()

    assert told_before_the_end == []
    assert told() == ["first", "second", "third"]


@pytest.mark.django_db
def test_the_events_of_an_inner_unit_that_failed_vanish_with_its_rows():
    workspace = WorkspaceFactory()

    with unit_of_work():
        note("before", workspace)
        with pytest.raises(Failure):
            rename_and_fail(workspace)
        note("after", workspace)

    assert told() == ["before", "after"]
    assert Workspace.objects.get(pk=workspace.pk).name == workspace.name


@pytest.mark.django_db
def test_a_unit_that_failed_leaves_neither_rows_nor_events():
    workspace = WorkspaceFactory()

    with pytest.raises(Failure):
        rename_and_fail_later(workspace)

    assert told() == []
    assert Workspace.objects.get(pk=workspace.pk).name == workspace.name


@pytest.mark.django_db
def test_a_failed_unit_does_not_spoil_the_next():
    workspace = WorkspaceFactory()
    with pytest.raises(Failure):
        rename_and_fail(workspace)

    with unit_of_work():
        note("kept", workspace)

    assert told() == ["kept"]


@pytest.mark.django_db
def test_recording_outside_of_a_unit_of_work_is_a_bug():
    workspace = WorkspaceFactory()

    with pytest.raises(RuntimeError, match="unit_of_work"):
        note("homeless", workspace)

    assert told() == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_reader_who_remembers_the_last_id_misses_nothing():
    workspace = WorkspaceFactory()
    writers, units = 4, 40
    finished = Event()

    def write(number):
        try:
            for unit in range(units):
                with unit_of_work():
                    for part in range(1 + unit % 3):
                        note(f"{number}-{unit}-{part}", workspace)
        finally:
            connection.close()

    def tail():
        try:
            seen, last, ending = [], 0, False
            while True:
                new = list(LedgerEvent.objects.filter(id__gt=last).order_by("id").values_list("id", "event_type"))
                seen += [event_type for _, event_type in new]
                last = new[-1][0] if new else last
                if ending:
                    return seen
                ending = finished.is_set()
        finally:
            connection.close()

    with ThreadPoolExecutor(writers + 1) as pool:
        reader = pool.submit(tail)
        list(pool.map(write, range(writers)))
        finished.set()
        seen = reader.result()

    assert seen == told()
    assert len(seen) == writers * sum(1 + unit % 3 for unit in range(units))
