"""Imports beside others who change the same plan; on PostgreSQL, with real connections."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connections

from campaigns.models import ContentItem
from scheduling.models import PostInstance
from scheduling.services.importing import Result
from scheduling.services.topoff import top_off
from scheduling.tests.factories import NOW, ChannelAccountFactory
from scheduling.tests.importing import bring_in

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROUNDS = 5
POSTS = 40


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make some calls at the same moment, each on a connection of its own, and return what they return or raise."""
    gate, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def make(number: int, call: Callable[[], Any]) -> None:
        gate.wait()
        try:
            answers[number] = call()
        except Exception as error:  # noqa: BLE001  The test looks at it.
            answers[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=make, args=one) for one in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def two_accounts() -> Any:
    """Return a workspace with two accounts that want a slot at 9:30 every day."""
    first = ChannelAccountFactory(external_ref="one", posts_per_week=7, schedule_times=["09:30"])
    ChannelAccountFactory(brand=first.brand, external_ref="two", posts_per_week=7, schedule_times=["09:30"])
    return first.workspace


def posts(order: int) -> list[dict[str, str]]:
    """Return posts for both accounts on the instants of their slots, in either order."""
    days = [(NOW + timedelta(days=day + 1)).date() for day in range(POSTS // 2)]
    names = ("one", "two")
    rows = [
        {"title": f"{name} on {day}", "channel_account": name, "scheduled_for": f"{day}T09:30"}
        for day in days
        for name in names
    ]
    return rows[::order]


def test_the_same_file_twice_at_the_same_moment_is_once():
    for _ in range(ROUNDS):
        workspace = two_accounts()

        answers = at_once(partial(bring_in, workspace, *posts(1)), partial(bring_in, workspace, *posts(-1)))

        results = sorted(report.counts[Result.SCHEDULED] for report in answers)
        assert results == [0, POSTS]
        assert PostInstance.objects.filter(workspace=workspace).count() == POSTS
        assert ContentItem.objects.filter(workspace=workspace).count() == POSTS
        assert [report.is_kept for report in answers] == [True, True]


def test_an_import_beside_a_top_off_loses_no_post_and_no_slot():
    for _ in range(ROUNDS):
        workspace = two_accounts()

        report, done = at_once(
            partial(bring_in, workspace, *posts(-1)),
            partial(top_off, workspace=workspace, now=NOW, actor="system"),
        )

        assert report.counts[Result.SCHEDULED] == POSTS
        rows = PostInstance.objects.filter(workspace=workspace)
        assert rows.filter(status="scheduled").count() == POSTS
        assert done.instances_created + done.instances_skipped == 2 * 28
        assert rows.values("channel_account", "scheduled_for").distinct().count() == rows.count() == 2 * 28
