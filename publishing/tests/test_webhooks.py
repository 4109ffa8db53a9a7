"""Outgoing webhooks: every change reaches who follows along, signed, in order, and again if it was not taken."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from publishing.models import DispatchStatus, WebhookDelivery, WebhookEndpoint
from publishing.rules.redelivery import TRIED_FOR
from publishing.services.courier import Courier
from publishing.services.webhooks import bag
from publishing.services.webhooks.bag import AT_ONCE, LEASE, WebhookBag
from publishing.services.webhooks.endpoints import (
    delete_endpoint,
    renew_secret,
    replay,
    save_endpoint,
    send_test,
    switch_off,
)
from publishing.tests.receivers import Receiver, answer, hang
from scheduling.services.handover import hand_over_due
from scheduling.tests.factories import NOW, PostInstanceFactory
from workspaces.errors import Conflict, Invalid
from workspaces.ledger import record, unit_of_work
from workspaces.models import LedgerEvent
from workspaces.tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db
ANA = "user:ana"


@pytest.fixture(autouse=True)
def on_this_machine(settings):
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = True


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def workspace(db):
    return WorkspaceFactory()


@pytest.fixture
def endpoint(workspace, receiver):
    made = WebhookEndpoint(workspace=workspace, url=receiver.url, created_at=NOW)
    receiver.secret = save_endpoint(endpoint=made, now=NOW, actor=ANA)
    WebhookDelivery.objects.all().delete()  # It has been told of itself.
    return made


def happen(workspace, *, event_type="publish_published", entity_id=None, now=NOW):
    """Record an event; return the id of what it is about."""
    entity_id = entity_id or uuid4()
    with unit_of_work():
        record(
            event_type, workspace_id=workspace.pk, entity_type="publish_log", entity_id=entity_id, actor=ANA, now=now
        )
    return entity_id


def carry(clock):
    """Let the courier do all that is due."""
    courier = Courier(clock=clock, bags=(WebhookBag(),))
    while courier.work(patience=10) or not courier.is_idle:
        pass
    courier.finish()


def types(receiver):
    return [got.message["type"] for got in receiver.got]


def states():
    return list(WebhookDelivery.objects.order_by("id").values_list("status", flat=True))


def test_an_event_reaches_the_endpoint_signed_and_whole(workspace, endpoint, receiver, clock):
    entity = happen(workspace)

    carry(clock)

    (got,) = receiver.got
    event = LedgerEvent.objects.latest("id")
    assert receiver.wrong == []
    assert got.id == f"evt_{event.pk}"
    assert got.message == {
        "type": "publish_published",
        "timestamp": "2026-11-20T09:00:00Z",
        "data": {
            "id": event.pk,
            "event_type": "publish_published",
            "entity_type": "publish_log",
            "entity_id": str(entity),
            "metadata": {},
            "actor": ANA,
            "created_at": "2026-11-20T09:00:00Z",
        },
    }
    delivery = WebhookDelivery.objects.get()
    assert (delivery.status, delivery.attempts, delivery.response_status) == ("delivered", 1, 200)


def test_a_statement_that_hands_many_posts_over_tells_of_each(endpoint, receiver, clock, workspace):
    posts = PostInstanceFactory.create_batch(3, workspace=workspace, scheduled_for=NOW - timedelta(seconds=1))

    hand_over_due(now=NOW)
    carry(clock)

    assert types(receiver) == ["publish_scheduled_enqueued"] * 3
    assert {got.message["data"]["entity_id"] for got in receiver.got} == {str(post.pk) for post in posts}


def test_a_change_that_is_taken_back_leaves_nothing(workspace, endpoint):
    with transaction.atomic():
        happen(workspace)
        transaction.set_rollback(True)

    assert not WebhookDelivery.objects.exists()


def test_only_what_was_asked_for_is_sent_and_only_of_the_own_workspace(workspace, endpoint, receiver, clock):
    endpoint.event_types = ["publish_failed", "publish_missed"]
    save_endpoint(endpoint=endpoint, now=NOW, actor=ANA)
    happen(WorkspaceFactory(), event_type="publish_failed")

    for event_type in ("publish_published", "publish_failed", "publish_started", "publish_missed"):
        happen(workspace, event_type=event_type)
    carry(clock)

    assert types(receiver) == ["publish_failed", "publish_missed"]


def test_what_was_not_taken_comes_again_under_the_same_id(workspace, endpoint, receiver, clock):
    receiver.replies = [answer(500, b"down"), answer(503)]
    happen(workspace)

    carry(clock)
    assert (states(), WebhookDelivery.objects.get().response_body) == (["waiting"], "down")
    for seconds in (10, 60):
        clock.move(seconds=seconds)
        carry(clock)

    assert states() == ["delivered"]
    assert len({got.id for got in receiver.got}) == 1
    assert len(receiver.got) == 3


def test_retry_after_is_obeyed(workspace, endpoint, receiver, clock):
    receiver.replies = [answer(429, headers={"Retry-After": "3600"})]
    happen(workspace)

    carry(clock)

    assert WebhookDelivery.objects.get().next_attempt_at == NOW + timedelta(hours=1)


def test_after_a_day_in_vain_it_is_given_up_and_what_follows_goes_on(workspace, endpoint, receiver, clock):
    receiver.replies = [answer(500)] * 100
    entity = happen(workspace, event_type="publish_started")
    happen(workspace, event_type="publish_published", entity_id=entity)

    tries = 0
    while states()[0] == "waiting":
        carry(clock)
        tries += 1
        clock.move(hours=1)
    receiver.replies = []
    carry(clock)

    assert clock.now - NOW <= TRIED_FOR + timedelta(hours=3)
    assert 8 < tries < 30
    assert states() == ["failed", "delivered"]


def test_events_of_one_thing_arrive_in_their_order(workspace, endpoint, receiver, clock):
    receiver.replies = [answer(500)]
    entity = happen(workspace, event_type="publish_started")
    happen(workspace, event_type="publish_published", entity_id=entity)

    carry(clock)
    happen(workspace, event_type="publish_confirmed", entity_id=entity)
    clock.move(seconds=10)
    carry(clock)

    assert types(receiver) == ["publish_started", "publish_started", "publish_published", "publish_confirmed"]


def test_two_couriers_at_once_deliver_once(workspace, endpoint, receiver, clock):
    happen(workspace)
    first, second = WebhookBag(), WebhookBag()

    letters = first.claim(now=NOW, limit=10), second.claim(now=NOW, limit=10)

    assert [len(some) for some in letters] == [1, 0]


def test_a_killed_couriers_letter_comes_round_again_with_the_same_id(workspace, endpoint, receiver, clock):
    happen(workspace)
    dead = WebhookBag()
    (letter,) = dead.claim(now=NOW, limit=10)
    dead.send(letter)

    carry(clock)
    assert len(receiver.got) == 1
    clock.move(seconds=LEASE.total_seconds())
    carry(clock)

    assert len({got.id for got in receiver.got}) == 1
    assert states() == ["delivered"]


def test_a_receiver_that_hangs_does_not_hold_up_another(workspace, endpoint, receiver, clock, monkeypatch):
    monkeypatch.setattr(bag, "LIMIT", 1.0)
    other = Receiver()
    quick = WebhookEndpoint(workspace=workspace, url=other.url, created_at=NOW)
    other.secret = save_endpoint(endpoint=quick, now=NOW, actor=ANA)
    WebhookDelivery.objects.all().delete()
    receiver.replies = [hang] * 40
    for _ in range(20):
        happen(workspace)
    courier = Courier(clock=clock, bags=(WebhookBag(),))

    while len(other.got) < 20:
        courier.work(patience=0.1)

    assert len(receiver.got) <= 2 * AT_ONCE
    other.close()
    receiver.close()
    courier.finish()


def test_a_receiver_that_is_gone_switches_its_endpoint_off(workspace, endpoint, receiver, clock):
    receiver.replies = [answer(410)]
    entity = happen(workspace)
    happen(workspace, entity_id=entity)

    carry(clock)

    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.disabled_reason) == (
        False,
        "The receiver says that it is gone for good (410).",
    )
    assert states() == ["failed", "failed"]
    happen(workspace)
    assert WebhookDelivery.objects.count() == 2


def test_a_replay_goes_out_once_more_under_the_same_id(workspace, endpoint, receiver, clock):
    happen(workspace)
    carry(clock)

    count = replay(deliveries=WebhookDelivery.objects.filter(event__event_type="publish_published"), now=NOW, actor=ANA)
    carry(clock)

    ids = [got.id for got in receiver.got if got.message["type"] == "publish_published"]
    assert (count, len(ids), len(set(ids))) == (1, 2, 1)
    with pytest.raises(Conflict, match="Nothing to send again"):
        replay(deliveries=WebhookDelivery.objects.none(), now=NOW, actor=ANA)


def test_a_private_address_is_refused_also_when_it_becomes_one_later(workspace, endpoint, clock, settings):
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = False
    happen(workspace)

    carry(clock)

    assert states() == ["failed"]
    with pytest.raises(Invalid):
        save_endpoint(endpoint=WebhookEndpoint(workspace=workspace, url="https://127.0.0.1/x"), now=NOW, actor=ANA)


@pytest.mark.parametrize("wrong", ["publish_failed", [1], ["drop table"]])
def test_event_types_that_are_none_are_refused_with_a_sentence(workspace, wrong):
    made = WebhookEndpoint(workspace=workspace, url="https://example.com/hook", event_types=wrong)

    with pytest.raises(Invalid, match="Write event types like this"):
        save_endpoint(endpoint=made, now=NOW, actor=ANA)


def test_a_new_secret_signs_from_then_on_and_a_test_event_goes_out(workspace, endpoint, receiver, clock):
    receiver.secret = renew_secret(endpoint=endpoint, now=NOW, actor=ANA)

    send_test(endpoint=endpoint, now=NOW, actor=ANA)
    carry(clock)

    assert receiver.wrong == []
    assert types(receiver) == ["webhook_secret_renewed", "webhook_test"]
    assert WebhookEndpoint.objects.get().secret == receiver.secret


def test_who_is_switched_off_gets_nothing_and_what_waited_is_given_up(workspace, endpoint, receiver, clock):
    happen(workspace)

    switch_off(endpoint=endpoint, reason="Enough.", now=NOW, actor=ANA)
    carry(clock)

    assert receiver.got == []
    assert set(states()) == {DispatchStatus.FAILED}
    with pytest.raises(Conflict, match="switched off"):
        send_test(endpoint=WebhookEndpoint.objects.get(), now=NOW, actor=ANA)


def test_what_is_deleted_takes_its_log_along(workspace, endpoint):
    happen(workspace)

    delete_endpoint(endpoint=endpoint, now=NOW, actor=ANA)

    assert not WebhookDelivery.objects.exists()
    assert LedgerEvent.objects.filter(event_type="webhook_deleted", actor=ANA).count() == 1
