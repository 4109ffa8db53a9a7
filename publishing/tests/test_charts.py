"""What went out day by day, for the charts of the admin's index."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.models import Outcome, PublishLog
from publishing.services.charts import day_by_day, summed
from scheduling.models import Status
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TODAY = date(2026, 11, 20)


@pytest.fixture
def account():
    """Return an account of a workspace in Madrid."""
    return ChannelAccountFactory(brand__workspace__timezone="Europe/Madrid")


def went_out(account, at, *, late=timedelta(seconds=0.2), outcomes=(Outcome.ACCEPTED,)):
    """Make a post that was published, with an attempt for each outcome."""
    post = PostInstanceFactory(
        channel_account=account,
        status=Status.PUBLISHED,
        scheduled_for=at,
        published_at=at + late,
        remote_id="outbox-1",
        attempts=len(outcomes),
    )
    for number, outcome in enumerate(outcomes, start=1):
        PublishLog.objects.create(
            workspace=account.workspace,
            post_instance=post,
            number=number,
            idempotency_key=uuid4(),
            claimed_by="here",
            started_at=at,
            finished_at=at + late,
            outcome=outcome,
        )
    return post


def test_the_last_days_are_all_there_the_oldest_first(account):
    went_out(account, NOW - HOUR)

    days = day_by_day(now=NOW, workspaces=[account.workspace_id], days=30)

    assert [one.day for one in days] == [TODAY - n * DAY for n in range(29, -1, -1)]
    assert [one.published for one in days] == [0] * 29 + [1]


def test_a_day_is_that_of_the_workspace(account):
    just_after_midnight = NOW.replace(day=19, hour=23, minute=30)  # 00:30 on the 20th in Madrid.
    went_out(account, just_after_midnight)

    days = day_by_day(now=NOW, workspaces=[account.workspace_id], days=2)

    assert [(one.day.day, one.published, one.attempts) for one in days] == [(19, 0, 0), (20, 1, 1)]


def test_each_workspace_counts_in_its_own_zone(account):
    elsewhere = ChannelAccountFactory(brand__workspace__timezone="America/New_York")
    late_evening = NOW.replace(day=19, hour=23, minute=30)  # Still the 19th in New York.
    went_out(account, late_evening)
    went_out(elsewhere, late_evening)

    days = day_by_day(now=NOW, days=2)

    assert [one.published for one in days] == [1, 1]


def test_what_was_tried_twice_counts_two_attempts_and_no_delay(account):
    went_out(account, NOW - HOUR, outcomes=(Outcome.NOT_SENT, Outcome.ACCEPTED))
    went_out(account, NOW - 2 * HOUR, late=timedelta(seconds=4))

    today = day_by_day(now=NOW, workspaces=[account.workspace_id])[-1]

    assert (today.published, today.accepted, today.attempts) == (2, 2, 3)
    assert today.delays.total == 1
    assert 2 < today.delays.quantile(0.5) <= 5


def test_other_workspaces_and_older_days_are_not_counted(account):
    went_out(ChannelAccountFactory(), NOW - HOUR)
    went_out(account, NOW - 31 * DAY)

    whole = summed(day_by_day(now=NOW, workspaces=[account.workspace_id]))

    assert (whole.published, whole.attempts) == (0, 0)


def test_without_a_workspace_there_are_no_days():
    assert day_by_day(now=NOW, workspaces=[]) == []


def test_queries_do_not_grow_with_posts(account):
    WorkspaceFactory(timezone="Asia/Tokyo")
    went_out(account, NOW - HOUR)
    with CaptureQueriesContext(connection) as few:
        day_by_day(now=NOW)
    for n in range(2, 12):
        went_out(account, NOW - n * HOUR)

    with CaptureQueriesContext(connection) as many:
        day_by_day(now=NOW)

    assert len(many) == len(few) == 3
