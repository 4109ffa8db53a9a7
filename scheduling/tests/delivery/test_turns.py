"""After a pause or an outage nothing bursts out: at most one late post of an account in each of its gaps."""

from datetime import timedelta

import pytest

from scheduling.models import PostInstance, Status
from scheduling.services.claims import Published, claim, settle
from scheduling.services.handover import hand_over_due
from scheduling.services.lateness import let_time_pass
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, PublishedFactory
from workspaces.ledger import unit_of_work
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def late_posts(account, *ages):
    """Make posts that were due so many minutes before NOW."""
    return [PostInstanceFactory(channel_account=account, scheduled_for=NOW - age * MINUTE) for age in ages]


def publish_what_is_due(now):
    """Do what a lane does at `now`; return the posts that went out."""
    let_time_pass(now=now)
    hand_over_due(now=now)
    with unit_of_work():
        taken = claim(now=now, holder="worker-1", lease_ends_at=now + MINUTE, limit=32)
    for one in taken:
        with unit_of_work():
            settle(instance=one, result=Published("17", "", now), now=now)
    return [one.pk for one in taken]


def day_of(account, minutes, every=5):
    """Look at the table every few minutes, and a minute before; return after how many minutes which post went out."""
    out = {}
    for minute in (one for one in range(minutes) if one % every in (0, every - 1)):
        for key in publish_what_is_due(NOW + minute * MINUTE):
            out[key] = minute
    return out


def test_late_posts_of_an_account_go_out_one_in_each_gap_the_oldest_first():
    account = ChannelAccountFactory(gap_minutes=10, lateness_minutes=60)
    posts = late_posts(account, 30, 20, 10)

    out = day_of(account, 40, every=10)

    assert out == {posts[0].pk: 0, posts[1].pk: 10, posts[2].pk: 20}


def test_what_gets_too_late_while_it_waits_its_turn_is_missed():
    account = ChannelAccountFactory(gap_minutes=30, lateness_minutes=60)
    posts = late_posts(account, 55, 50, 5)

    out = day_of(account, 80, every=10)

    assert out == {posts[0].pk: 0, posts[2].pk: 30}
    assert PostInstance.objects.get(pk=posts[1].pk).status == Status.MISSED


def test_an_account_without_a_gap_sends_one_late_post_a_minute():
    account = ChannelAccountFactory(gap_minutes=0)
    posts = late_posts(account, 4, 3, 2)

    out = day_of(account, 10, every=1)

    assert out == {posts[0].pk: 0, posts[1].pk: 1, posts[2].pk: 2}


def test_a_late_post_keeps_the_gap_to_what_has_just_gone_out():
    account = ChannelAccountFactory(gap_minutes=20)
    PublishedFactory(channel_account=account, scheduled_for=NOW - 15 * MINUTE, published_at=NOW - 15 * MINUTE)
    (post,) = late_posts(account, 10)

    out = day_of(account, 10)

    assert out == {post.pk: 5}


def test_a_post_on_time_is_not_held_back_by_those_that_are_late():
    account = ChannelAccountFactory(gap_minutes=20)
    late = late_posts(account, 30, 10)
    on_time = PostInstanceFactory(channel_account=account, scheduled_for=NOW + 5 * MINUTE)

    out = day_of(account, 40)

    assert out == {late[0].pk: 0, on_time.pk: 5, late[1].pk: 25}


def test_each_account_has_a_turn_of_its_own():
    accounts = ChannelAccountFactory.create_batch(3, gap_minutes=30)
    posts = [late_posts(account, 20, 10)[0].pk for account in accounts]

    assert publish_what_is_due(NOW) == posts


def test_a_late_post_waits_while_another_of_its_account_is_being_sent():
    account = ChannelAccountFactory(gap_minutes=15)
    late_posts(account, 10, 5)
    hand_over_due(now=NOW)
    with unit_of_work():
        (first,) = claim(now=NOW, holder="worker-1", lease_ends_at=NOW + MINUTE, limit=1)

    again = publish_what_is_due(NOW + timedelta(seconds=1))

    waiting = PostInstance.objects.exclude(pk=first.pk).get()
    assert again == []
    assert waiting.status == Status.SCHEDULED
    assert waiting.due_at == NOW + timedelta(seconds=1) + 15 * MINUTE
    assert waiting.reason == "It is late and waits its turn: on this account one late post goes out every 15 min."
    assert LedgerEvent.objects.filter(event_type="publish_waits_its_turn", entity_id=waiting.pk).count() == 1


def test_when_all_that_waits_is_late_the_claim_ends_and_others_are_found():
    account = ChannelAccountFactory(gap_minutes=30)
    late_posts(account, *range(2, 42))
    other = PostInstanceFactory(scheduled_for=NOW - timedelta(seconds=5))

    out = publish_what_is_due(NOW)
    out += publish_what_is_due(NOW)

    assert len(out) == 2
    assert other.pk in out


def waiting():
    """Return the posts that wait, with the minute at which each is looked at again."""
    rows = PostInstance.objects.filter(status=Status.SCHEDULED).order_by("scheduled_for")
    return [(one, (one.due_at - NOW) / MINUTE) for one in rows]


def test_each_that_waits_is_told_its_own_turn_and_is_left_alone_until_then():
    account = ChannelAccountFactory(gap_minutes=5)
    late_posts(account, 10, 9, 8, 7)

    publish_what_is_due(NOW)
    told = [(one.version, minute) for one, minute in waiting()]
    for minute in (1, 2, 3, 4):
        publish_what_is_due(NOW + minute * MINUTE)

    assert [minute for _, minute in told] == [5, 10, 15]
    assert [(one.version, minute) for one, minute in waiting()] == told


def test_turns_go_on_behind_those_that_were_told_theirs_before():
    account = ChannelAccountFactory(gap_minutes=5)
    late_posts(account, *range(41, 2, -1))
    for _ in range(3):  # A claim looks at 32 of them at once.
        publish_what_is_due(NOW)

    turns = [minute for one, minute in waiting() if "waits its turn" in one.reason]

    assert turns == [5 * number for number in range(1, len(turns) + 1)]


def test_a_post_whose_turn_comes_too_late_is_told_so_and_missed_at_its_limit():
    account = ChannelAccountFactory(gap_minutes=30, lateness_minutes=60)
    posts = late_posts(account, 55, 50, 5)

    publish_what_is_due(NOW)
    told = {one.pk: one.reason for one, _ in waiting()}
    publish_what_is_due(NOW + 11 * MINUTE)

    assert (
        told[posts[1].pk]
        == "It is late, and its turn on this account would come later than its limit: then it is missed."
    )
    assert PostInstance.objects.get(pk=posts[1].pk).status == Status.MISSED
    assert publish_what_is_due(NOW + 30 * MINUTE) == [posts[2].pk]


def test_who_is_pushed_from_its_turn_is_not_put_behind_all_others():
    account = ChannelAccountFactory(gap_minutes=5)
    late = late_posts(account, 12, 11, 10)
    on_time = PostInstanceFactory(channel_account=account, scheduled_for=NOW + 4 * MINUTE)

    out = day_of(account, 30)

    assert out[on_time.pk] == 4
    assert sorted(late, key=lambda one: out[one.pk]) == late
