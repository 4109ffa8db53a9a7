"""Several hands on the same posts at once, on PostgreSQL: one of them moves all, the others none."""

from datetime import timedelta
from functools import partial

import pytest

from scheduling.models import PostInstance, Status
from scheduling.services.edit import cancel
from scheduling.services.moving import Chosen, Moved, move_by_days
from scheduling.services.moving_queue import ripple
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from scheduling.tests.planning.at_once import at_once
from workspaces.errors import Conflict
from workspaces.models import LedgerEvent

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)
WHO = {"now": NOW, "actor": "user:ana"}
AGAIN = range(3)  # A race is not lost every time.


@pytest.fixture
def posts():
    account = ChannelAccountFactory()
    return [PostInstanceFactory(channel_account=account, scheduled_for=NOW + n * DAY) for n in range(1, 6)]


def held(posts):
    rows = PostInstance.objects.with_everything().in_bulk([one.pk for one in posts])
    return [Chosen(rows[one.pk], rows[one.pk].version) for one in posts]


def days_of(posts):
    rows = PostInstance.objects.in_bulk([one.pk for one in posts])
    return [(rows[one.pk].scheduled_for - NOW).days for one in posts]


@pytest.mark.parametrize("_", AGAIN)
def test_two_who_move_the_same_posts_do_not_move_them_twice(posts, _):
    mine, theirs = held(posts), held(list(reversed(posts)))

    found = at_once(
        partial(move_by_days, chosen=mine, days=1, **WHO), partial(move_by_days, chosen=theirs, days=1, **WHO)
    )

    assert sorted(isinstance(one, Conflict) for one in found) == [False, True]
    assert days_of(posts) == [2, 3, 4, 5, 6]
    assert LedgerEvent.objects.filter(event_type="publish_moved").count() == 5


@pytest.mark.parametrize("_", AGAIN)
def test_a_group_moves_whole_or_not_at_all_beside_who_cancels_one_of_it(posts, _):
    chosen, third = held(posts), held(posts)[2].instance

    moved, canceled = at_once(
        partial(move_by_days, chosen=chosen, days=1, **WHO), partial(cancel, instance=third, **WHO)
    )

    assert days_of(posts) == ([1, 2, 3, 4, 5] if isinstance(moved, Conflict) else [2, 3, 4, 5, 6])
    assert isinstance(moved, Conflict) != isinstance(canceled, Conflict)


@pytest.mark.parametrize("_", AGAIN)
def test_two_ripples_at_once_move_the_queue_by_one_slot(posts, _):
    SlotFactory(channel_account=posts[0].channel_account, scheduled_for=NOW + 6 * DAY)
    mine, theirs = held(posts)[0], held(posts)[0]

    found = at_once(partial(ripple, first=mine, **WHO), partial(ripple, first=theirs, **WHO))

    assert sorted(isinstance(one, Conflict) for one in found) == [False, True]
    assert days_of(posts) == [2, 3, 4, 5, 6]
    slot = PostInstance.objects.get(status=Status.PLANNED)
    assert slot.scheduled_for == NOW + DAY
    assert all(isinstance(one, Moved) for answer in found if isinstance(answer, list) for one in answer)
