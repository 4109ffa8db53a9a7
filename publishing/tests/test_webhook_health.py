"""A receiver in trouble: it holds up nobody else, and one that is gone for good is switched off."""

from datetime import timedelta

import pytest

from publishing.models import WebhookDelivery, WebhookEndpoint
from publishing.services.courier import Courier
from publishing.services.webhooks import bag
from publishing.services.webhooks.bag import AT_ONCE, WebhookBag
from publishing.services.webhooks.endpoints import delete_endpoint, save_endpoint
from publishing.services.webhooks.settling import GIVEN_UP_AFTER
from publishing.tests.following import ANA, carry, follow, happen, states
from publishing.tests.receivers import answer, hang
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


def a_day_in_vain(clock):
    """Let the courier do its work for a day."""
    for _ in range(26):
        carry(clock)
        clock.move(hours=1)


def test_a_receiver_that_hangs_does_not_hold_up_another(workspace, endpoint, receiver, make_receiver, clock):
    receiver.replies = [hang] * 40
    other = make_receiver()
    follow(workspace, other)
    for _ in range(20):
        happen(workspace)
    courier = Courier(clock=clock, bags=(WebhookBag(),))

    while len(other.got) < 20:
        courier.work(patience=0.1)

    assert len(receiver.got) <= AT_ONCE
    receiver.close()
    courier.finish(stopping=lambda: True)


def test_a_call_ends_after_its_limit(workspace, endpoint, receiver, clock, monkeypatch):
    monkeypatch.setattr(bag, "LIMIT", 0.5)
    receiver.replies = [hang]
    happen(workspace)

    carry(clock)

    assert WebhookDelivery.objects.get().error == "127.0.0.1 took the request, and did not answer in time."


def test_a_call_that_breaks_off_is_a_try(workspace, endpoint, clock, monkeypatch):
    monkeypatch.setattr(bag, "post", lambda *_, **__: 1 / 0)
    happen(workspace)

    carry(clock)

    delivery = WebhookDelivery.objects.get()
    assert (delivery.status, delivery.error) == ("waiting", "It broke off with ZeroDivisionError.")


def test_a_receiver_that_is_gone_switches_its_endpoint_off(workspace, endpoint, receiver, clock):
    receiver.replies = [answer(410)]
    happen(workspace, "publish_started", "publish_published")

    carry(clock)
    happen(workspace)

    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.disabled_reason) == (
        False,
        "The receiver says that it is gone for good (410).",
    )
    assert states() == ["failed", "failed"]
    assert LedgerEvent.objects.get(event_type="webhook_switched_off").actor == "system"


def test_an_endpoint_that_is_deleted_while_its_receiver_answers_breaks_nothing(workspace, endpoint, receiver):
    receiver.replies = [answer(410)]
    happen(workspace)
    mine = WebhookBag()
    (letter,) = mine.claim(now=NOW, limit=1)
    result = mine.send(letter)

    delete_endpoint(endpoint=endpoint, now=NOW, actor=ANA)
    mine.settle(letter, result, now=NOW)

    assert states() == []


def test_trouble_is_noted_with_its_beginning_and_ends_with_the_first_that_is_taken(
    workspace, endpoint, receiver, clock
):
    happen(workspace)
    carry(clock)
    receiver.replies = [answer(500), answer(500)]
    happen(workspace)

    noted = []
    for seconds in (5, 10, 40):
        carry(clock)
        endpoint.refresh_from_db()
        noted.append(endpoint.failing_since)
        clock.move(seconds=seconds)
    carry(clock)

    endpoint.refresh_from_db()
    assert noted == [NOW, NOW, NOW]
    assert (endpoint.failing_since, endpoint.last_taken_at) == (None, clock.now)


def test_an_endpoint_that_took_nothing_for_days_is_switched_off_with_the_reason(workspace, endpoint, receiver, clock):
    receiver.replies = [answer(500)] * 100
    happen(workspace)
    a_day_in_vain(clock)
    first_day = WebhookEndpoint.objects.get().is_active
    clock.now = NOW + GIVEN_UP_AFTER
    happen(workspace, now=clock.now)
    a_day_in_vain(clock)

    endpoint.refresh_from_db()
    assert (first_day, endpoint.is_active) == (True, False)
    assert endpoint.disabled_reason == "It has taken nothing for 5 days."


def test_one_that_took_something_in_between_stays(workspace, endpoint, receiver, clock):
    for _ in range(2):
        receiver.replies = [answer(500)] * 100
        happen(workspace, now=clock.now)
        a_day_in_vain(clock)
        receiver.replies = []
        happen(workspace, now=clock.now)
        carry(clock)
        clock.move(days=6)

    assert WebhookEndpoint.objects.get().is_active


def test_one_failure_after_quiet_days_switches_nothing_off(workspace, endpoint, receiver, clock):
    WebhookEndpoint.objects.update(failing_since=NOW - timedelta(days=9))
    receiver.replies = [answer(500)]
    happen(workspace)

    carry(clock)

    assert WebhookEndpoint.objects.get().is_active


def test_switching_it_on_again_begins_anew(workspace, endpoint):
    WebhookEndpoint.objects.update(is_active=False, disabled_reason="Gone.", failing_since=NOW - timedelta(days=9))
    endpoint.refresh_from_db()

    endpoint.is_active = True
    save_endpoint(endpoint=endpoint, now=NOW, actor=ANA)

    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.disabled_reason, endpoint.failing_since) == (True, "", None)
