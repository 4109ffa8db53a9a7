"""The ledger's ids become visible in their order: whoever remembers the last one misses nothing."""

from functools import partial
from random import Random
from time import sleep
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from scheduling.tests.delivery.side_by_side import side_by_side
from scheduling.tests.factories import NOW
from workspaces.ledger import record, unit_of_work
from workspaces.models import LedgerEvent, Workspace
from workspaces.tests.factories import WorkspaceFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WRITERS, UNITS = 8, 25
LAST = UUID(int=0)


def write(workspace, seed):
    """Record one to three events in each of many units of work, which last differently long; return how many."""
    random, count = Random(seed), 0
    for unit in range(UNITS):
        size = random.randint(1, 3)
        with unit_of_work():
            Workspace.objects.filter(pk=workspace.pk).exists()
            for _ in range(size):
                note(workspace, uuid4())
            sleep(random.choice((0, 0, 0.001, 0.005)))
        count += size
        if unit % 10 == 0:
            forget(workspace)
    return count


def forget(workspace):
    """Take a number and give it back: a gap in the ids is not something that is still to come."""
    with transaction.atomic():
        LedgerEvent.objects.create(
            workspace=workspace, event_type="never", entity_type="test", entity_id=uuid4(), created_at=NOW
        )
        transaction.set_rollback(True)


def note(workspace, entity_id):
    record("test_noted", workspace_id=workspace.pk, entity_type="test", entity_id=entity_id, actor="system", now=NOW)


def tail():
    """Read what is after the last id seen, until the mark of the end; return the ids in the order of reading."""
    seen, last = [], 0
    while True:
        some = list(LedgerEvent.objects.filter(id__gt=last).values_list("id", "entity_id"))
        seen += [number for number, entity in some if entity != LAST]
        if any(entity == LAST for _, entity in some):
            return seen
        last = max([last, *(number for number, _ in some)])


def test_a_tail_misses_nothing_and_sees_nothing_twice():
    workspaces = [WorkspaceFactory() for _ in range(WRITERS)]
    left = list(range(WRITERS))

    def write_and_maybe_close(workspace, seed):
        count = write(workspace, seed)
        left.pop()
        if not left:
            with unit_of_work():
                note(workspace, LAST)
        return count

    *counts, first, second = side_by_side(
        *(partial(write_and_maybe_close, workspace, seed) for seed, workspace in enumerate(workspaces)), tail, tail
    )

    written = list(LedgerEvent.objects.exclude(entity_id=LAST).order_by("id").values_list("id", flat=True))
    assert len(written) == sum(counts)
    assert first == second == written
