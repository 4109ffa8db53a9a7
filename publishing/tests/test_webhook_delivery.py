"""An event reaches who follows along: signed and whole, again for a day if it was not taken, never without its id."""

from datetime import timedelta

import pytest

from publishing.models import WebhookDelivery
from publishing.rules.redelivery import TRIED_FOR
from publishing.services.webhooks.bag import LEASE, WebhookBag
from publishing.tests.following import ANA, carry, follow, happen, states, types
from publishing.tests.receivers import answer, close_after_reading, garbage
from scheduling.tests.factories import NOW
from workspaces.models import LedgerEvent
from workspaces.tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return WorkspaceFactory()


@pytest.fixture
def endpoint(workspace, receiver):
    return follow(workspace, receiver)


def test_an_event_reaches_the_endpoint_signed_and_whole(workspace, endpoint, receiver, clock):
    entity = happen(workspace)

    carry(clock)

    (got,) = receiver.got
    assert receiver.wrong == []
    event = LedgerEvent.objects.latest("id")
    assert (got.id, got.headers["content-type"]) == (f"evt_{event.pk}", "application/json")
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
    assert "remote-" in delivery.response_body


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (answer(500, b"down \0 \xff"), "The receiver answered 500."),
        (answer(302, headers={"Location": "https://elsewhere.example/"}), "The receiver answered 302."),
        (answer(404), "The receiver answered 404."),
        (close_after_reading, "127.0.0.1 took the request, and closed the connection without an answer."),
        (garbage, "127.0.0.1 took the request, and answered something that is not HTTP, or only half an answer."),
    ],
)
def test_what_was_not_taken_comes_again_under_the_same_id_and_body(workspace, endpoint, receiver, clock, reply, error):
    receiver.replies = [reply, reply]
    happen(workspace)

    carry(clock)
    told = WebhookDelivery.objects.get().error
    for seconds in (10, 60):
        clock.move(seconds=seconds)
        carry(clock)

    assert (told, states()) == (error, ["delivered"])
    assert len(receiver.got) == 3
    assert len({(got.id, got.body) for got in receiver.got}) == 1


def test_retry_after_is_obeyed(workspace, endpoint, receiver, clock):
    receiver.replies = [answer(429, headers={"Retry-After": "3600"})]
    happen(workspace)

    carry(clock)

    assert WebhookDelivery.objects.get().next_attempt_at == NOW + timedelta(hours=1)


def test_after_a_day_in_vain_it_is_given_up_and_what_stands_behind_it_goes_on(workspace, endpoint, receiver, clock):
    receiver.replies = [answer(500)] * 100
    happen(workspace, "publish_started", "publish_published")

    while states()[0] == "waiting":
        carry(clock)
        clock.move(hours=1)
    receiver.replies = []
    clock.move(seconds=10)
    carry(clock)

    assert TRIED_FOR - timedelta(hours=3) <= clock.now - NOW <= TRIED_FOR + timedelta(hours=3)
    tries = len(receiver.got) - 2
    assert 8 < tries < 30
    assert states() == ["failed", "delivered"]
    assert types(receiver) == ["publish_started"] * tries + ["publish_published"] * 2


def test_a_killed_couriers_letter_comes_round_again_with_the_same_id(workspace, endpoint, receiver, clock):
    happen(workspace)
    dead = WebhookBag(clock)
    (letter,) = dead.claim(now=NOW, limit=10)
    dead.send(letter)

    carry(clock)
    before = len(receiver.got)
    clock.move(seconds=LEASE.total_seconds())
    carry(clock)

    assert (before, len(receiver.got), len({got.id for got in receiver.got})) == (1, 2, 1)
    assert states() == ["delivered"]


def test_a_courier_that_froze_says_only_that_its_letter_was_taken(workspace, endpoint, receiver, clock):
    happen(workspace)
    frozen, other = WebhookBag(clock), WebhookBag(clock)
    (old,) = frozen.claim(now=NOW, limit=10)
    later = clock.move(minutes=2)
    (new,) = other.claim(now=later, limit=10)

    frozen.settle(old, "It broke off.", now=later)
    after_failure = WebhookDelivery.objects.get()
    frozen.settle(old, frozen.send(old), now=later)
    other.settle(new, "It broke off.", now=later)

    assert (after_failure.next_attempt_at, after_failure.error) == (later + LEASE, "")
    assert states() == ["delivered"]


def test_a_private_address_fails_at_once_also_when_the_name_became_one_later(workspace, endpoint, clock, settings):
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = False
    happen(workspace)

    carry(clock)

    delivery = WebhookDelivery.objects.get()
    assert (delivery.status, delivery.attempts) == ("failed", 1)
    assert delivery.error


def test_a_secret_that_cannot_be_read_costs_only_its_own_endpoint(workspace, endpoint, make_receiver, clock, settings):
    settings.SECRET_KEY = "another"
    other = make_receiver()
    follow(workspace, other)
    happen(workspace)

    carry(clock)

    assert types(other) == ["publish_published"]
    assert WebhookDelivery.objects.get(endpoint=endpoint).error == "Its secret cannot be read: renew it."
