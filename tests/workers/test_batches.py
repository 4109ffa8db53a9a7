"""Source 3's schedule, placed by real workers: every state in the ledger, soon after it was asked for."""

import pytest

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance, Schedule
from scheduling.tests.factories import ChannelAccountFactory
from tests.sources.documented import curl
from tests.sources.source_3 import CREATE, STATES
from tests.workers.running import wait_for
from workspaces.models import LedgerEvent
from workspaces.tests.calling import token_of


@pytest.mark.postgres
def test_workers_bring_a_schedule_through_all_of_its_states(workers):
    account = ChannelAccountFactory(platform="youtube")
    content = ContentItemFactory(brand=account.brand, external_ref="content_123")

    made = curl(CREATE, token=token_of(account.workspace))

    batch = Schedule.objects.get(pk=made.json()["id"])
    wait_for(lambda: Schedule.objects.filter(pk=batch.pk, status="completed").exists(), "the batch to be completed")
    told = LedgerEvent.objects.filter(entity_id=batch.pk).exclude(event_type="schedule_progress").order_by("id")
    assert [one.metadata["status"] for one in told] == STATES
    assert PostInstance.objects.get(schedule=batch).content_item == content
    assert workers.stop() == 0
