"""Several couriers at once, on PostgreSQL: each event is carried once, in order; looking costs by what is due."""

from contextlib import suppress
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection

from publishing.models import DispatchStatus, WebhookDelivery
from publishing.services.webhooks import bag
from publishing.services.webhooks.bag import WebhookBag
from publishing.services.webhooks.endpoints import replay, switch_off
from publishing.services.webhooks.settling import Tried
from publishing.tests.following import ANA, carry, follow, happen
from scheduling.tests.delivery.side_by_side import side_by_side
from scheduling.tests.factories import NOW
from workspaces.errors import Conflict
from workspaces.models import LedgerEvent
from workspaces.tests.factories import WorkspaceFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
STORED = 3_000


@pytest.fixture
def workspace():
    return WorkspaceFactory()


def claim_all(mine):
    """Claim until nothing is left, as if each call hung; return the ids."""
    taken = []
    while some := mine.claim(now=NOW, limit=3):
        taken += [letter.delivery_id for letter in some]
    return taken


def test_four_couriers_share_what_is_due_and_none_gets_one_twice(workspace, monkeypatch):
    monkeypatch.setattr(bag, "AT_ONCE", 1000)
    follow(workspace)
    for _ in range(60):
        happen(workspace)

    shares = side_by_side(*[partial(claim_all, WebhookBag()) for _ in range(4)])

    taken = [pk for share in shares for pk in share]
    assert len(taken) == len(set(taken)) == 60


def test_four_couriers_at_once_keep_the_order_of_each_thing(workspace, receiver, clock):
    follow(workspace, receiver)
    things = [happen(workspace, "publish_started", "publish_published", "publish_confirmed") for _ in range(12)]

    side_by_side(*[partial(carry, clock)] * 4)
    carry(clock)

    order = {str(thing): [] for thing in things}
    for got in receiver.got:
        order[got.message["data"]["entity_id"]].append(got.message["type"])
    assert set(map(tuple, order.values())) == {("publish_started", "publish_published", "publish_confirmed")}
    assert not WebhookDelivery.objects.exclude(status=DispatchStatus.DELIVERED).exists()


def test_failing_replaying_and_switching_off_at_once_end_in_one_state_each(workspace):
    endpoint = follow(workspace)
    for _ in range(30):
        happen(workspace, "publish_started", "publish_published")

    def fail(mine):
        for _ in range(8):
            for letter in mine.claim(now=NOW, limit=8):
                mine.settle(letter, Tried("It broke off.", is_final=letter.attempt % 2 == 0), now=NOW)

    def send_again():
        WebhookDelivery.objects.filter(pk=first).update(status="failed", next_attempt_at=None, finished_at=NOW)
        with suppress(Conflict):  # It was switched off before.
            replay(deliveries=WebhookDelivery.objects.all(), now=NOW, actor=ANA)

    first = WebhookDelivery.objects.order_by("id").values_list("pk", flat=True)[0]
    off = partial(switch_off, endpoint=endpoint, reason="Enough.", now=NOW, actor=ANA)
    side_by_side(partial(fail, WebhookBag()), partial(fail, WebhookBag()), send_again, off)

    assert set(WebhookDelivery.objects.values_list("status", flat=True)) <= {"failed", "waiting"}
    assert WebhookBag().claim(now=NOW + timedelta(days=2), limit=10) == []


def store(endpoint, number, **values):
    """Store deliveries about as many things, fast."""
    about = {"workspace_id": endpoint.workspace_id, "created_at": NOW}
    facts = {"event_type": "publish_published", "entity_type": "publish_log", "actor": "system"}
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_events DISABLE TRIGGER USER")
    events = LedgerEvent.objects.bulk_create(
        [LedgerEvent(**about, **facts, entity_id=uuid4()) for _ in range(number)], batch_size=5_000
    )
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_events ENABLE TRIGGER USER")
    WebhookDelivery.objects.bulk_create(
        [
            WebhookDelivery(endpoint=endpoint, event=one, entity_id=one.entity_id, **{**about, **values})
            for one in events
        ],
        batch_size=5_000,
    )


def rows_read():
    """Return how many rows of deliveries the plan of a claim's look reads."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE webhook_deliveries")
    explained = []

    def explain(execute, sql, params, many, context):
        if "webhook_deliveries" in sql and sql.startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
                explained.append(cursor.cursor.fetchone()[0][0]["Plan"])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        WebhookBag().claim(now=NOW, limit=16)
    return max(map(_rows_of, explained))


def _rows_of(plan):
    mine = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0) if "Relation Name" in plan else 0
    return mine * plan["Actual Loops"] + sum(map(_rows_of, plan.get("Plans", [])))


@pytest.mark.slow
@pytest.mark.parametrize("state", ["delivered", "tried again later", "due at an endpoint with much to do"])
def test_a_look_costs_by_what_is_taken_and_not_by_what_is_stored(workspace, state):
    busy, quiet = follow(workspace), follow(workspace, url="https://quiet.example/")
    store(quiet, 3, next_attempt_at=NOW)
    values = {
        "delivered": {"status": "delivered", "finished_at": NOW},
        "tried again later": {"next_attempt_at": NOW + timedelta(seconds=1), "attempts": 1},
        "due at an endpoint with much to do": {"next_attempt_at": NOW},
    }
    store(busy, STORED, **values[state])

    assert rows_read() < 100
