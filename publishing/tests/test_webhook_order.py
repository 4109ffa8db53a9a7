"""Events about one thing arrive in their order, whatever their receiver does; other things don't wait for them."""

from datetime import timedelta

import pytest

from publishing.models import WebhookDelivery
from publishing.rules.redelivery import TRIED_FOR
from publishing.services.webhooks.bag import AT_ONCE, WebhookBag
from publishing.tests.following import carry, follow, happen, states, types
from publishing.tests.receivers import answer
from scheduling.tests.factories import NOW
from workspaces.tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return WorkspaceFactory()


@pytest.fixture
def endpoint(workspace, receiver):
    return follow(workspace, receiver)


def claimed(now, limit=100):
    """Return the ids that a new courier takes."""
    return [letter.delivery_id for letter in WebhookBag().claim(now=now, limit=limit)]


def test_what_follows_waits_for_what_was_before_also_if_it_happened_later(workspace, endpoint, receiver, clock):
    receiver.replies = [answer(500), answer(503)]
    entity = happen(workspace, "publish_started", "publish_published")

    carry(clock)
    happen(workspace, "publish_confirmed", entity=entity)
    for _ in range(2):
        clock.move(minutes=1)
        carry(clock)

    assert types(receiver) == ["publish_started"] * 3 + ["publish_published", "publish_confirmed"]
    assert set(states()) == {"delivered"}


def test_another_thing_does_not_wait(workspace, endpoint, receiver, clock):
    receiver.replies = [answer(500)]
    happen(workspace, "publish_started")
    carry(clock)

    happen(workspace, "publish_missed")
    carry(clock)

    assert (types(receiver), states()) == (["publish_started", "publish_missed"], ["waiting", "delivered"])


def test_the_same_thing_does_not_wait_at_another_endpoint(workspace, endpoint, receiver, make_receiver, clock):
    other = make_receiver()
    follow(workspace, other)
    receiver.replies = [answer(500)]

    happen(workspace, "publish_started", "publish_published")
    carry(clock)

    assert types(receiver) == ["publish_started"]
    assert types(other) == ["publish_started", "publish_published"]


def test_what_stands_behind_a_failed_try_is_not_due_before_its_end(workspace, endpoint, receiver, clock):
    receiver.replies = [answer(500)]
    happen(workspace, "publish_started", "publish_published", "publish_confirmed")

    carry(clock)
    first, *behind = WebhookDelivery.objects.order_by("id").values_list("next_attempt_at", flat=True)

    assert NOW < first < NOW + timedelta(seconds=10)
    assert behind == [NOW + TRIED_FOR] * 2


def test_each_of_a_chain_goes_when_the_one_before_it_is_over(workspace, endpoint, receiver, clock):
    receiver.replies = [answer(500), answer(200), answer(500)]
    happen(workspace, "publish_started", "publish_published", "publish_confirmed")

    carry(clock)
    for _ in range(2):
        clock.move(seconds=10)
        carry(clock)

    assert types(receiver) == ["publish_started"] * 2 + ["publish_published"] * 2 + ["publish_confirmed"]


def test_a_late_success_of_an_earlier_try_lets_go_what_a_later_try_held(workspace, endpoint, clock, receiver):
    happen(workspace, "publish_started", "publish_published")
    frozen, other = WebhookBag(), WebhookBag()
    (old,) = frozen.claim(now=NOW, limit=10)
    later = clock.move(minutes=2)
    (new,) = other.claim(now=later, limit=10)
    other.settle(new, "It broke off.", now=later)

    frozen.settle(old, frozen.send(old), now=later)

    assert states() == ["delivered", "waiting"]
    assert len(claimed(later)) == 1


def test_a_backlog_takes_no_room_from_another_endpoint(workspace, endpoint, make_receiver):
    for _ in range(60):
        happen(workspace)
    other = follow(workspace, make_receiver())
    happen(workspace)

    rows = WebhookDelivery.objects.filter(pk__in=claimed(NOW, limit=32))

    assert rows.filter(endpoint=other).count() == 1
    assert rows.filter(endpoint=endpoint).count() == AT_ONCE
