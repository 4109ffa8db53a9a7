"""manage.py tick and publish_pending."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.models import OutboxPost
from scheduling.models import PostInstance
from scheduling.tests.factories import ChannelAccountFactory, PostInstanceFactory
from workspaces.tests.commands import run

pytestmark = pytest.mark.django_db


def make_due(number: int) -> list[PostInstance]:
    """Return posts that are due by the real clock, which the commands read."""
    account, now = ChannelAccountFactory(), timezone.now()
    return [
        PostInstanceFactory(channel_account=account, scheduled_for=now - timedelta(seconds=second + 1))
        for second in range(number)
    ]


def states() -> list[str]:
    return sorted(PostInstance.objects.values_list("status", flat=True))


def test_tick_hands_due_posts_over_and_a_second_time_none():
    posts = make_due(2)

    first, second = run("tick", "--json"), run("tick")

    assert (first.document["moved"], first.document["dry_run"]) == (2, False)
    assert sorted(first.document["log_ids"]) == sorted(str(post.pk) for post in posts)
    assert second.out == "Handed 0 due posts to the workers.\n"
    assert states() == ["pending", "pending"]


def test_a_dry_tick_only_counts():
    make_due(1)

    said = run("tick", "--dry-run")

    assert said.out == "Would hand 1 due post over.\n"
    assert states() == ["scheduled"]


def test_tick_misses_what_is_too_late():
    PostInstanceFactory(scheduled_for=timezone.now() - timedelta(hours=2))

    assert run("tick").out == "Handed 0 due posts to the workers.\n"
    assert states() == ["missed"]


def test_publish_pending_sends_what_is_due_and_a_second_time_nothing():
    make_due(3)
    PostInstanceFactory(scheduled_for=timezone.now() + timedelta(hours=1))

    first, second = run("publish_pending"), run("publish_pending")

    assert (first.out, second.out) == ("3 published\n", "Nothing is due.\n")
    assert states() == ["published", "published", "published", "scheduled"]
    assert OutboxPost.objects.count() == 3


def test_publish_pending_keeps_its_limit():
    make_due(3)

    document = run("publish_pending", "--limit", "2", "--json").document

    assert document == {"total": 2, "settled": {"published": 2}}
    assert OutboxPost.objects.count() == 2


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [
        ("0", "Error: argument --limit: 0 is too small: use a whole number from 1 on"),
        ("all", "Error: argument --limit: 'all' is not a whole number"),
    ],
)
def test_a_limit_that_is_no_number_of_posts_is_refused(limit, sentence):
    assert run("publish_pending", "--limit", limit).error == sentence
