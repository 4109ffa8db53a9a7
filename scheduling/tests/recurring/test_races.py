"""Recurrences with several callers at once, on PostgreSQL: each post once."""

from functools import partial

import pytest

from scheduling.models import Occurrence, PostInstance, Recurrence
from scheduling.services.edit import move
from scheduling.services.recurring.saving import delete_recurrence, save_recurrence
from scheduling.tests.factories import NOW, ChannelAccountFactory, RecurrenceFactory
from scheduling.tests.planning.at_once import at_once
from scheduling.tests.recurring.repeating import ANA, posts, top
from workspaces.errors import Conflict
from workspaces.models import LedgerEvent

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AGAIN = range(3)  # A race is not lost every time.


def fresh(recurrence, **values):
    found = Recurrence.objects.select_related("channel_account__brand", "content_item").get(pk=recurrence.pk)
    for name, value in values.items():
        setattr(found, name, value)
    return found


@pytest.mark.parametrize("callers", [2, 4])
def test_top_offs_at_once_make_each_post_once(callers):
    accounts = ChannelAccountFactory.create_batch(3)
    for account in accounts:
        RecurrenceFactory.create_batch(1, channel_account=account)
        RecurrenceFactory(channel_account=account, rule="FREQ=DAILY", starts_at="2026-11-21T18:00:00")

    done = at_once(*[top] * callers)

    assert not [one for one in done if isinstance(one, Exception)]
    assert PostInstance.objects.count() == Occurrence.objects.count() == 3 * (4 + 27)
    assert LedgerEvent.objects.filter(event_type="publish_scheduled_created").count() == 3 * (4 + 27)


@pytest.mark.parametrize("_", AGAIN)
def test_two_recurrences_that_want_one_time_at_once_do_not_both_get_it(_):
    first = RecurrenceFactory()
    RecurrenceFactory(channel_account=first.channel_account)

    at_once(top, top)

    assert PostInstance.objects.count() == 4
    assert Occurrence.objects.filter(post_version=None).count() == 4


@pytest.mark.parametrize("_", AGAIN)
def test_a_change_beside_top_offs_leaves_the_plan_as_the_new_rule_says(_):
    recurrence = RecurrenceFactory()
    top()
    other = fresh(recurrence, rule="FREQ=WEEKLY;BYDAY=TU")

    done = at_once(top, partial(save_recurrence, recurrence=other, **ANA), top)

    assert not [one for one in done if isinstance(one, Exception)]
    standing = posts(recurrence, status="scheduled")
    assert [one.local_time[:10] for one in standing] == ["2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15"]


@pytest.mark.parametrize("_", AGAIN)
def test_a_deletion_beside_top_offs_leaves_no_post_behind(_):
    recurrence = RecurrenceFactory()

    done = at_once(top, partial(delete_recurrence, recurrence=fresh(recurrence), **ANA), top)

    assert not [one for one in done if isinstance(one, Exception)]
    assert posts(recurrence, status="scheduled") == []


@pytest.mark.parametrize("_", AGAIN)
def test_a_post_that_is_moved_while_its_recurrence_is_deleted_is_moved_or_taken_back_and_never_both(_):
    recurrence = RecurrenceFactory()
    top()
    post = posts(recurrence)[0]
    later = NOW.replace(day=29)

    moved, deleted = at_once(
        partial(move, instance=post, at=later, **ANA), partial(delete_recurrence, recurrence=fresh(recurrence), **ANA)
    )

    after = PostInstance.objects.get(pk=post.pk)
    assert deleted is None
    assert after.status == ("canceled" if isinstance(moved, Conflict) else "scheduled")
    assert (after.scheduled_for == later) == (after.status == "scheduled")
