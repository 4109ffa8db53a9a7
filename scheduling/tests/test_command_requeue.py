"""manage.py requeue."""

from datetime import timedelta

import pytest
from django.utils import timezone

from scheduling.models import PostInstance, Status
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.models import LedgerEvent
from workspaces.tests.commands import run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _it_is_now(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def problem(status=Status.FAILED, **values):
    at = NOW - timedelta(hours=1 + PostInstance.objects.count())
    return PostInstanceFactory(status=status, scheduled_for=at, **values)


def states(*posts):
    return [PostInstance.objects.get(pk=post.pk).status for post in posts]


def test_posts_are_named_by_their_ids():
    named, also, other = problem(), problem(Status.UNCONFIRMED), problem()

    said = run("requeue", str(named.pk), str(also.pk))

    assert (said.code, states(named, also, other)) == (0, [Status.SCHEDULED] * 2 + [Status.FAILED])
    assert LedgerEvent.objects.filter(event_type="publish_requeued", actor="command").count() == 2


def test_all_that_failed_are_sent_again_spread_by_the_gap_and_a_second_time_none():
    account = ChannelAccountFactory(gap_minutes=30)
    posts = [problem(channel_account=account) for _ in range(3)]
    missed = problem(Status.MISSED, channel_account=account)

    first, second = run("requeue", "--all-failed", "--json"), run("requeue", "--all-failed")

    times = [one["scheduled_for"] for one in first.document["posts"]]
    assert times == ["2026-11-20T09:00:00Z", "2026-11-20T09:30:00Z", "2026-11-20T10:00:00Z"]
    assert {key: first.document[key] for key in ("total", "requeued", "refused")} == {
        "total": 3,
        "requeued": 3,
        "refused": 0,
    }
    assert (second.code, second.out) == (0, "No post failed.\n")
    assert states(*posts, missed) == [Status.SCHEDULED] * 3 + [Status.MISSED]


def test_each_post_that_is_refused_is_named_and_the_others_go():
    sent, already = problem(), PostInstanceFactory()

    said = run("requeue", "--json", str(already.pk), "nonsense", str(sent.pk))

    refusals = {one["id"]: one.get("refusal") for one in said.document["posts"]}
    assert refusals == {
        str(sent.pk): None,
        str(already.pk): "It is scheduled already.",
        "nonsense": "There is no such post.",
    }
    assert (said.code, said.error) == (1, "2 of 3 were refused.")
    assert states(sent) == [Status.SCHEDULED]


@pytest.mark.parametrize("arguments", [[], ["--all-failed", "01900000-0000-7000-8000-000000000000"]])
def test_it_has_to_be_said_which_posts(arguments):
    assert "Name the posts by their ids" in run("requeue", *arguments).error
