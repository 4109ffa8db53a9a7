"""Claim and tick cost by what is due, not by what is stored: each of their queries has a partial index."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scheduling.models import PostInstance, Status
from scheduling.services.claims import claim, lapsed
from scheduling.services.handover import anything_due, hand_over_due, oldest_due
from scheduling.services.lateness import let_time_pass
from scheduling.tests.factories import NOW, PostInstanceFactory
from workspaces.ledger import unit_of_work

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.slow]
STORED = 30_000
DUE = 20


@pytest.fixture
def many():
    """Store many posts, as a workspace of some years has them: most are out, some are ahead, few are due."""
    template = PostInstanceFactory(scheduled_for=NOW - timedelta(days=1000))
    PostInstance.objects.filter(pk=template.pk).delete()
    names = {field.attname for field in PostInstance._meta.concrete_fields} - {"id", "scheduled_for"}
    values = {name: getattr(template, name) for name in names} | {"due_at": None}
    rows = []
    for n in range(STORED):
        at = NOW - timedelta(minutes=STORED - 5_000 - n)
        own = dict(values, scheduled_for=at)
        if n < STORED - 5_000 - DUE:
            own |= {"status": Status.PUBLISHED, "published_at": at, "remote_id": str(n)}
        else:
            status = Status.PENDING if n % 2 and n < STORED - 5_000 else Status.SCHEDULED
            own |= {"status": status, "due_at": at}
        rows.append(PostInstance(**own))
    PostInstance.objects.bulk_create(rows, batch_size=2_000)
    PostInstance.objects.filter(pk=rows[0].pk).update(
        status=Status.PUBLISHING, claim=uuid4(), due_at=NOW, lease_ends_at=NOW, published_at=None, remote_id=""
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def indexes_of(captured, word):
    """Return the plans of the captured statements on posts that contain a word."""
    plans = []
    with connection.cursor() as cursor:
        for query in captured:
            if word in query["sql"] and "post_instances" in query["sql"]:
                cursor.execute(f"EXPLAIN {query['sql']}")
                plans.append("\n".join(row[0] for row in cursor.fetchall()))
    assert plans
    return plans


def test_claim_and_tick_use_their_partial_indexes(many):
    with CaptureQueriesContext(connection) as looked:
        anything_due(now=NOW)
        oldest_due(now=NOW)
    with unit_of_work(), CaptureQueriesContext(connection) as claimed:
        claim(now=NOW, holder="worker-1", lease_ends_at=NOW + timedelta(minutes=1), limit=5)
    with CaptureQueriesContext(connection) as handed:
        hand_over_due(now=NOW)
    with CaptureQueriesContext(connection) as passed:
        let_time_pass(now=NOW)
    with unit_of_work(), CaptureQueriesContext(connection) as freed:
        lapsed(now=NOW, limit=5)

    plans = {
        "look": indexes_of(looked, "SELECT"),
        "claim": indexes_of(claimed, "FOR NO KEY UPDATE"),
        "hand over": indexes_of(handed, "SKIP LOCKED"),
        "pass": indexes_of(passed, "FOR NO KEY UPDATE"),
        "free": indexes_of(freed, "FOR NO KEY UPDATE"),
    }
    text = {name: "\n".join(some) for name, some in plans.items()}
    assert "instances_scheduled" in text["look"]
    assert "instances_pending" in text["claim"]
    assert "Sort" not in text["claim"]
    assert "instances_scheduled" in text["hand over"]
    assert "instances_without_a_promise" in text["pass"]
    assert "instances_leased" in text["free"]
    assert [name for name, plan in text.items() if "Seq Scan on post_instances" in plan] == []
