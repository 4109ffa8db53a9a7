"""What runs by itself: the tick gathers and sends out notices, and the coverage is watched."""

from datetime import timedelta

import pytest

from publishing import tasks
from publishing.models import Notice, NoticeKind
from publishing.services.tick import tick
from publishing.tests.telling import OUT
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory

pytestmark = pytest.mark.django_db


def test_a_tick_gathers_what_it_missed_and_a_later_one_sends_it_out():
    tick(now=NOW)
    PostInstanceFactory(scheduled_for=NOW - timedelta(hours=2))

    tick(now=NOW)
    gathering = Notice.objects.get()
    tick(now=NOW + OUT)

    assert (gathering.kind, gathering.sent_at) == (NoticeKind.MISSED, None)
    assert Notice.objects.get().sent_at == NOW + OUT


def test_the_coverage_is_watched_by_itself():
    ChannelAccountFactory(posts_per_week=7)

    first, again = tasks.coverage(), tasks.coverage()

    assert (first, again) == ("plan_runs_dry: 1", "")


def test_the_daily_topoff_watches_the_coverage():
    ChannelAccountFactory(posts_per_week=7)

    tasks.topoff()

    assert tasks.coverage() == ""
