"""Workers and people reach for the same posts at the same moment: the database picks one winner for each."""

from collections import Counter
from datetime import timedelta
from functools import partial
from random import Random

import pytest

from scheduling.models import PostInstance, Status
from scheduling.services import edit
from scheduling.services.claims import claim
from scheduling.services.handover import hand_over_due
from scheduling.services.lateness import let_time_pass
from scheduling.tests.delivery.side_by_side import side_by_side
from scheduling.tests.factories import (
    NOW,
    ChannelAccountFactory,
    ContentItemFactory,
    PendingFactory,
    PostInstanceFactory,
)
from workspaces.errors import Conflict
from workspaces.ledger import unit_of_work
from workspaces.models import LedgerEvent

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
POSTS = 100


def posts(factory, count=POSTS):
    account = ChannelAccountFactory()
    content = ContentItemFactory(brand=account.brand)
    return [
        factory(channel_account=account, content_item=content, scheduled_for=NOW - timedelta(milliseconds=n))
        for n in range(count)
    ]


def claim_all(holder):
    """Claim what there is, some at a time; return the ids."""
    taken = []
    while True:
        with unit_of_work():
            some = claim(now=NOW, holder=holder, lease_ends_at=NOW + timedelta(minutes=1), limit=7)
        taken += [one.pk for one in some]
        if not some and not PostInstance.objects.filter(status=Status.PENDING).exists():
            return taken


def change_all(change, ids, seed):
    """Change posts in an order of one's own, each as it was seen a moment before; return the ids that were won."""
    won = []
    for pk in Random(seed).sample(ids, len(ids)):
        seen = PostInstance.objects.with_everything().get(pk=pk)
        try:
            change(seen)
        except Conflict:
            continue
        won.append(pk)
    return won


def cancel(seen):
    edit.cancel(instance=seen, now=NOW, actor="user:editor")


def move(seen):
    edit.move(instance=seen, at=seen.scheduled_for + timedelta(days=1), now=NOW, actor="user:approver")


def test_four_workers_share_the_posts_and_none_gets_one_twice():
    wanted = {post.pk for post in posts(PendingFactory)}

    shares = side_by_side(*(partial(claim_all, f"worker-{n}") for n in range(4)))

    assert Counter(pk for share in shares for pk in share) == Counter(wanted)
    assert set(PostInstance.objects.values_list("attempts", flat=True)) == {1}


def test_claim_cancel_and_move_have_one_winner_for_each_post():
    ids = [post.pk for post in posts(PendingFactory)]

    *shares, canceled, moved = side_by_side(
        partial(claim_all, "worker-1"),
        partial(claim_all, "worker-2"),
        partial(change_all, cancel, ids, 1),
        partial(change_all, move, ids, 2),
    )

    claimed = [pk for share in shares for pk in share]
    states = {status: set() for status in Status.values}
    for pk, status in PostInstance.objects.values_list("pk", "status"):
        states[status].add(pk)
    assert len(claimed) == len(set(claimed))
    assert states[Status.PUBLISHING] == set(claimed)
    assert states[Status.CANCELED] == set(canceled)
    assert states[Status.SCHEDULED] == set(moved) - set(canceled)
    assert not set(claimed) & (set(canceled) | set(moved))
    assert set(claimed) | set(canceled) | set(moved) == set(ids)


def test_four_ticks_at_once_hand_each_post_over_once():
    wanted = {post.pk for post in posts(PostInstanceFactory)}

    shares = side_by_side(*(partial(hand_over_due, now=NOW) for _ in range(4)))

    handed = LedgerEvent.objects.filter(event_type="publish_scheduled_enqueued").values_list("entity_id", flat=True)
    assert Counter(pk for share in shares for pk in share) == Counter(wanted)
    assert Counter(handed) == Counter(wanted)


def test_a_post_that_is_canceled_while_it_is_handed_over_is_one_or_the_other():
    ids = [post.pk for post in posts(PostInstanceFactory)]

    _, canceled = side_by_side(partial(hand_over_due, now=NOW), partial(change_all, cancel, ids, 3))
    hand_over_due(now=NOW)

    pending = set(PostInstance.objects.filter(status=Status.PENDING).values_list("pk", flat=True))
    assert pending == set(ids) - set(canceled)


def test_four_ticks_at_once_miss_each_late_post_once():
    ids = [post.pk for post in posts(PostInstanceFactory)]
    later = NOW + timedelta(hours=2)

    side_by_side(*(partial(let_time_pass, now=later) for _ in range(4)))
    let_time_pass(now=later)

    missed = LedgerEvent.objects.filter(event_type="publish_missed").values_list("entity_id", flat=True)
    assert Counter(missed) == Counter(ids)
