"""What a post costs the database while many are sent."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.services.sending import send_pending
from scheduling.tests.factories import NOW, PendingFactory, PostInstanceFactory

POSTS = 160
BY_THE_SESSION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("factory", [PostInstanceFactory, PendingFactory])
def test_a_post_takes_at_most_four_statements(channel, clock, factory):
    first = factory(channel_account__connection=channel.key, scheduled_for=NOW)
    for n in range(1, POSTS):
        at = NOW - timedelta(milliseconds=n)  # On time: late posts take turns.
        factory(channel_account=first.channel_account, content_item=first.content_item, scheduled_for=at)

    with CaptureQueriesContext(connection) as captured:
        settled = send_pending(holder="worker-1", clock=clock)

    statements = [query["sql"] for query in captured if not query["sql"].startswith(BY_THE_SESSION)]
    savepoints = [query["sql"] for query in captured if query["sql"].startswith("SAVEPOINT")]
    assert settled == {"published": POSTS}
    assert len(statements) / POSTS <= 4
    assert savepoints == []
