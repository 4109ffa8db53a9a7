"""Several people decide about the same problems at once, on PostgreSQL: one wins, and every rule is kept."""

from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest

from scheduling.models import PostInstance, Status
from scheduling.services.edit import skip
from scheduling.services.pauses import pause, resume
from scheduling.services.problems import confirm, requeue, requeue_many
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from scheduling.tests.planning.at_once import at_once
from workspaces.errors import Conflict
from workspaces.models import LedgerEvent

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WHO = {"now": NOW, "actor": "user:ana"}
AGAIN = range(3)  # A race is not lost every time.


def problems(account, number, status=Status.FAILED):
    return [
        PostInstanceFactory(channel_account=account, status=status, scheduled_for=NOW - timedelta(hours=1, minutes=n))
        for n in range(number)
    ]


def loaded(*posts):
    return [PostInstance.objects.with_everything().get(pk=post.pk) for post in posts]


@pytest.mark.parametrize("_", AGAIN)
def test_posts_of_one_account_keep_the_gap_whoever_sends_them_again(_):
    account = ChannelAccountFactory(gap_minutes=30)
    posts = problems(account, 8)

    at_once(*[partial(requeue_many, instances=loaded(*posts[n::4]), **WHO) for n in range(4)])

    times = sorted(PostInstance.objects.filter(status=Status.SCHEDULED).values_list("scheduled_for", flat=True))
    assert [b - a for a, b in pairwise(times)] == [timedelta(minutes=30)] * 7


@pytest.mark.parametrize("_", AGAIN)
def test_of_many_decisions_about_one_post_one_wins_and_the_others_are_told(_):
    (post,) = problems(ChannelAccountFactory(), 1, Status.UNCONFIRMED)
    seen = loaded(*[post] * 4)

    answers = at_once(
        partial(requeue, instance=seen[0], **WHO),
        partial(requeue, instance=seen[1], **WHO),
        partial(confirm, instance=seen[2], url="https://example.com/1", **WHO),
        partial(skip, instance=seen[3], **WHO),
    )

    refused = [one for one in answers if isinstance(one, Conflict)]
    decisions = LedgerEvent.objects.filter(event_type__in=["publish_requeued", "publish_confirmed", "publish_skipped"])
    assert (len(refused), decisions.count()) == (3, 1)
    assert loaded(post)[0].status == decisions.get().metadata["status"]


def test_the_same_bulk_twice_at_once_sends_each_post_again_once():
    account = ChannelAccountFactory(gap_minutes=10)
    posts = problems(account, 20)

    both = at_once(*[partial(requeue_many, instances=loaded(*posts), **WHO)] * 2)

    done = sum(one.refusal is None for answers in both for one in answers)
    assert done == 20 == LedgerEvent.objects.filter(event_type="publish_requeued").count()


def test_a_pause_is_resumed_once():
    account = ChannelAccountFactory()
    pause(thing=account, **WHO)
    seen = [type(account).objects.get(pk=account.pk) for _ in range(4)]

    answers = at_once(*[partial(resume, thing=one, **WHO) for one in seen])

    assert sum(isinstance(one, Conflict) for one in answers) == 3
    assert LedgerEvent.objects.filter(event_type="channel_account_resumed").count() == 1
