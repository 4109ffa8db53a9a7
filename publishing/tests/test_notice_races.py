"""Several processes at the notices' desk at once, on PostgreSQL: nothing is told twice, nothing is passed over."""

from datetime import timedelta
from functools import partial

import pytest

from publishing.models import Notice, NoticeDelivery
from publishing.services.notices import NoticeBag, look
from publishing.tests.telling import NoticeTargetFactory, events, posts
from scheduling.services.coverage import watch_coverage
from scheduling.tests.delivery.side_by_side import side_by_side
from scheduling.tests.factories import NOW, ChannelAccountFactory
from workspaces.models import LedgerEvent

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MINUTE = timedelta(minutes=1)


def test_two_who_gather_at_once_count_each_post_once():
    look(now=NOW)
    events("publish_failed", *posts(40), now=NOW)

    side_by_side(*[partial(look, now=NOW)] * 4)
    look(now=NOW)

    notice = Notice.objects.get()
    assert (notice.count, notice.posts.count()) == (40, 40)


def test_two_who_send_out_at_once_write_each_delivery_once():
    some = posts(3)
    NoticeTargetFactory.create_batch(2, workspace=some[0].workspace)
    look(now=NOW)
    events("publish_failed", *some, now=NOW)
    look(now=NOW)

    side_by_side(*[partial(look, now=NOW + MINUTE)] * 4)

    assert NoticeDelivery.objects.count() == 2


def test_the_very_first_looks_at_once_start_one_reader():
    side_by_side(*[partial(look, now=NOW)] * 4)
    events("publish_failed", *posts(1), now=NOW)
    look(now=NOW)

    assert Notice.objects.get().count == 1


def test_nothing_is_passed_over_while_others_write():
    look(now=NOW)
    some = posts(60)

    def write(mine):
        for post in mine:
            events("publish_failed", post, now=NOW)

    def read():
        for _ in range(30):
            look(now=NOW)

    side_by_side(*[partial(write, some[start::3]) for start in range(3)], read, read)
    look(now=NOW)

    assert Notice.objects.get().count == 60


def test_two_couriers_take_each_letter_once():
    some = posts(1)
    NoticeTargetFactory.create_batch(10, workspace=some[0].workspace)
    look(now=NOW)
    events("publish_failed", *some, now=NOW)
    look(now=NOW)
    look(now=NOW + MINUTE)

    taken = side_by_side(*[partial(NoticeBag().claim, now=NOW + MINUTE, limit=4)] * 4)

    ids = [letter.delivery_id for some in taken for letter in some]
    assert len(ids) == len(set(ids)) == 10


def test_two_who_watch_the_coverage_at_once_note_a_dry_spell_once():
    ChannelAccountFactory.create_batch(3, posts_per_week=7)

    side_by_side(*[partial(watch_coverage, now=NOW)] * 4)

    assert LedgerEvent.objects.filter(event_type="plan_runs_dry").count() == 3
