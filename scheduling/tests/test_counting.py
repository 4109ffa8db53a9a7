"""Counting posts by state, of few and of very many."""

import pytest
from django.db import connection

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance
from scheduling.services import counting
from scheduling.services.counting import Counts, count_states
from scheduling.sql.sampling import posts_about
from scheduling.tests.factories import ChannelAccountFactory, PendingFactory, PostInstanceFactory, SlotFactory

pytestmark = pytest.mark.django_db


def test_few_posts_are_counted_one_by_one_in_the_workspaces_asked_for(django_assert_num_queries):
    mine = SlotFactory()
    PostInstanceFactory(channel_account=mine.channel_account)
    PendingFactory()

    assert count_states(workspaces=[mine.workspace_id]) == Counts({"planned": 1, "scheduled": 1})
    assert count_states(workspaces=[]) == Counts({})
    with django_assert_num_queries(2 if connection.vendor == "postgresql" else 1):
        assert count_states() == Counts({"pending": 1, "planned": 1, "scheduled": 1})


@pytest.fixture
def many(monkeypatch):
    """Return an account of a table that counts as large, of which a quarter is read."""
    account = ChannelAccountFactory()
    content = ContentItemFactory(brand=account.brand)
    slots = SlotFactory.build_batch(300, channel_account=account)
    posts = PostInstanceFactory.build_batch(100, channel_account=account, content_item=content)
    PostInstance.objects.bulk_create([*slots, *posts])
    PendingFactory.create_batch(2, channel_account=account)
    PostInstanceFactory.create_batch(3, status="failed", channel_account=account)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE post_instances")
    monkeypatch.setattr(counting, "EXACT_UP_TO", 200)
    return account


@pytest.mark.postgres
def test_of_very_many_the_bulk_is_told_from_a_sample_and_what_needs_somebody_exactly(many, monkeypatch):
    monkeypatch.setattr(counting, "SAMPLE", posts_about() / 4)

    found = count_states(workspaces=[many.workspace_id])

    assert found.is_estimated
    assert (found.by_state["pending"], found.by_state["failed"], found.by_state["missed"]) == (2, 3, 0)
    assert found.by_state.get("planned", 0) + found.by_state.get("scheduled", 0) > 0


@pytest.mark.postgres
def test_a_sample_of_everything_is_the_truth(many, monkeypatch):
    monkeypatch.setattr(counting, "SAMPLE", posts_about())

    found = count_states().by_state

    assert found["planned"] == PostInstance.objects.filter(status="planned").count() == 300
    assert found["scheduled"] == 100


@pytest.mark.postgres
def test_a_small_workspace_is_counted_one_by_one_beside_a_large_one(many):
    stranger = PendingFactory()

    assert count_states(workspaces=[stranger.workspace_id]) == Counts({"pending": 1})


@pytest.mark.postgres
def test_a_sample_shows_nothing_of_other_workspaces(many, monkeypatch):
    monkeypatch.setattr(counting, "SAMPLE", posts_about())
    SlotFactory.create_batch(50)

    found = count_states(workspaces=[many.workspace_id])

    assert (found.is_estimated, found.by_state["planned"]) == (True, 300)
