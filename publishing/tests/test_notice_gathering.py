"""Gathering: what went wrong becomes one notice for each kind and workspace, however many posts it is about."""

from datetime import timedelta

import pytest
from django.db import transaction

from publishing.models import LedgerCursor, Notice, NoticeDelivery, NoticeKind
from publishing.services.notices import look
from publishing.services.notices.gathering import GATHERS_FOR, MOST_REASONS, OTHER_REASONS, QUIET_FOR
from publishing.tests.telling import NoticeTargetFactory, events, posts
from scheduling.tests.factories import NOW, PostInstanceFactory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk():
    """Have looked once, so that the reader stands at the ledger's end."""
    look(now=NOW)


def killed_before_its_commit(now):
    """Look, and lose all of it."""
    with transaction.atomic():
        look(now=now)
        transaction.set_rollback(True)


def test_fifty_posts_that_miss_at_once_make_one_notice(desk):
    some = posts(50)

    events("publish_missed", *some, now=NOW, reason="It was later than this account allows.")
    look(now=NOW)

    notice = Notice.objects.get()
    assert (notice.kind, notice.count, notice.send_at) == (NoticeKind.MISSED, 50, NOW + GATHERS_FOR)
    assert notice.reasons == {"It was later than this account allows.": 50}
    assert set(notice.posts.all()) == set(some)


def test_what_follows_before_it_is_sent_joins_it(desk):
    first, second = posts(2)
    events("publish_failed", first, now=NOW, reason="Access was revoked.")
    look(now=NOW)

    events("publish_failed", second, now=NOW, reason="The text is too long.")
    look(now=NOW + timedelta(seconds=30))

    notice = Notice.objects.get()
    assert (notice.count, notice.reasons) == (2, {"Access was revoked.": 1, "The text is too long.": 1})
    assert notice.send_at == NOW + GATHERS_FOR


def test_each_kind_and_each_workspace_has_a_notice_of_its_own(desk):
    ours, theirs = PostInstanceFactory(), PostInstanceFactory()

    events("publish_failed", ours, theirs, now=NOW)
    events("publish_unconfirmed", ours, now=NOW)
    look(now=NOW)

    found = set(Notice.objects.values_list("workspace", "kind"))
    assert found == {
        (ours.workspace_id, "failed"),
        (theirs.workspace_id, "failed"),
        (ours.workspace_id, "unconfirmed"),
    }


def test_a_post_that_fails_twice_meanwhile_counts_once(desk):
    (post,) = posts(1)

    events("publish_failed", post, post, now=NOW)
    look(now=NOW)
    events("publish_failed", post, now=NOW)
    look(now=NOW)

    assert Notice.objects.get().count == 1


def test_what_a_person_did_is_not_told(desk):
    events("publish_failed", *posts(1), now=NOW, actor="user:ana")

    look(now=NOW)

    assert not Notice.objects.exists()


def test_what_happened_before_the_first_look_is_not_told():
    events("publish_failed", *posts(1), now=NOW)

    look(now=NOW)
    look(now=NOW)

    assert not Notice.objects.exists()


def test_a_second_outage_within_half_an_hour_waits_until_then(desk):
    first, second = posts(2)
    events("publish_failed", first, now=NOW)
    look(now=NOW)
    look(now=NOW + MINUTE)

    events("publish_failed", second, now=NOW)
    look(now=NOW + 5 * MINUTE)

    notice = Notice.objects.get(sent_at=None)
    assert (notice.count, notice.send_at) == (1, NOW + MINUTE + QUIET_FOR)


def test_another_kind_does_not_wait_for_it(desk):
    (post,) = posts(1)
    events("publish_failed", post, now=NOW)
    look(now=NOW)
    look(now=NOW + MINUTE)

    events("publish_missed", post, now=NOW)
    look(now=NOW + 5 * MINUTE)

    assert Notice.objects.get(sent_at=None).send_at == NOW + 6 * MINUTE


def test_a_process_that_is_killed_before_its_commit_has_told_nothing_and_the_next_tells_it_once(desk):
    NoticeTargetFactory(workspace=(some := posts(3))[0].workspace)
    events("publish_failed", *some, now=NOW)

    for now in (NOW, NOW + MINUTE):
        killed_before_its_commit(now)
        look(now=now)

    assert Notice.objects.get().count == 3
    assert NoticeDelivery.objects.count() == 1


def test_a_look_that_finds_nothing_new_is_one_query(desk, django_assert_num_queries):
    with django_assert_num_queries(1):
        look(now=NOW)


def test_fifty_posts_cost_no_more_queries_than_five(desk, django_assert_max_num_queries):
    for count in (5, 50):
        events("publish_missed", *posts(count), now=NOW)
        with django_assert_max_num_queries(16):
            look(now=NOW)


def test_more_events_than_are_read_at_once_are_read_at_the_next_looks(desk, monkeypatch):
    monkeypatch.setattr("publishing.services.notices.gathering.EVENTS_AT_ONCE", 4)
    events("publish_failed", *posts(10), now=NOW)

    for _ in range(4):
        look(now=NOW)

    assert Notice.objects.get().count == 10


def test_many_different_reasons_are_counted_as_others(desk):
    for number, post in enumerate(posts(MOST_REASONS + 5)):
        events("publish_failed", post, now=NOW, reason=f"Error {number}.")

    look(now=NOW)

    reasons = Notice.objects.get().reasons
    assert (len(reasons), reasons[OTHER_REASONS]) == (MOST_REASONS + 1, 5)


def test_an_event_of_a_post_that_is_gone_is_passed_over(desk):
    gone, there = posts(2)
    events("publish_failed", gone, there, now=NOW)
    gone.delete()

    look(now=NOW)

    assert Notice.objects.get().count == 1
    assert LedgerCursor.objects.get(name="notices").last_event_id > 0
