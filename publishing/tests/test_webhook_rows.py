"""Deliveries are written by the database itself, in the transaction of the event, for who wants to know of it."""

from datetime import timedelta

import pytest
from django.db import transaction

from publishing.models import WebhookDelivery, WebhookEndpoint
from publishing.tests.following import follow, happen
from scheduling.services.handover import hand_over_due
from scheduling.tests.factories import NOW, PostInstanceFactory
from workspaces.models import LedgerEvent
from workspaces.tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return WorkspaceFactory()


def told(endpoint):
    """Return of what an endpoint is told, in order."""
    rows = WebhookDelivery.objects.filter(endpoint=endpoint).order_by("id")
    return list(rows.values_list("event__event_type", flat=True))


def test_an_event_waits_for_each_endpoint_that_wants_it(workspace):
    everything = follow(workspace)
    some = follow(workspace, url="https://some.example/", event_types=["publish_failed", "publish_missed"])

    entity = happen(workspace, "publish_started", "publish_failed")

    assert told(everything) == ["publish_started", "publish_failed"]
    assert told(some) == ["publish_failed"]
    row, event = WebhookDelivery.objects.get(endpoint=some), LedgerEvent.objects.get(event_type="publish_failed")
    assert (row.event, row.entity_id, row.workspace) == (event, entity, workspace)
    assert (row.status, row.attempts, row.next_attempt_at, row.created_at) == ("waiting", 0, NOW, NOW)


def test_an_endpoint_that_is_switched_off_and_one_of_another_workspace_are_told_nothing(workspace):
    off, stranger = follow(workspace), follow(WorkspaceFactory())
    WebhookEndpoint.objects.filter(pk=off.pk).update(is_active=False)

    happen(workspace)

    assert (told(off), told(stranger)) == ([], [])


def test_a_change_that_is_taken_back_leaves_nothing(workspace):
    endpoint = follow(workspace)

    with transaction.atomic():
        happen(workspace)
        before = told(endpoint)
        transaction.set_rollback(True)

    assert (before, told(endpoint)) == (["publish_published"], [])


def test_a_statement_that_hands_many_posts_over_tells_of_each(workspace):
    endpoint = follow(workspace)
    some = PostInstanceFactory.create_batch(
        5, channel_account__brand__workspace=workspace, scheduled_for=NOW - timedelta(seconds=1)
    )

    hand_over_due(now=NOW)

    assert told(endpoint) == ["publish_scheduled_enqueued"] * 5
    assert set(WebhookDelivery.objects.values_list("entity_id", flat=True)) == {one.pk for one in some}


def test_rows_stand_in_the_order_of_their_events(workspace):
    follow(workspace)
    follow(workspace, url="https://some.example/")

    happen(workspace, *["publish_started", "publish_failed", "publish_requeued"] * 5)

    events = WebhookDelivery.objects.order_by("id").values_list("event_id", flat=True)
    assert list(events) == sorted(events)
