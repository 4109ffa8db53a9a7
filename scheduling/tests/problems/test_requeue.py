"""Sending again what failed, is unconfirmed or was missed: the machine's choice of a time, from now on."""

from datetime import timedelta

import pytest

from scheduling.models import PostInstance, Status
from scheduling.rules import violations
from scheduling.services.account_rules import rules_of
from scheduling.services.changing import CHANGED
from scheduling.services.problems import requeue, requeue_many
from scheduling.services.story import story_of
from scheduling.tests.factories import (
    NOW,
    BlackoutFactory,
    ChannelAccountFactory,
    PostInstanceFactory,
    PublishedFactory,
    PublishingFactory,
    SlotFactory,
)
from workspaces.errors import Conflict, Invalid
from workspaces.models import LedgerEvent
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WHO = {"now": NOW, "actor": "user:ana"}
OTHERS = (Status.PLANNED, Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED, Status.PENDING, Status.PUBLISHING)
OTHERS += (Status.PUBLISHED, Status.SKIPPED, Status.CANCELED)
FACTORIES = {Status.PLANNED: SlotFactory, Status.PUBLISHED: PublishedFactory, Status.PUBLISHING: PublishingFactory}


@pytest.fixture
def account():
    return ChannelAccountFactory(gap_minutes=60)


def problem(account, status=Status.FAILED, *, ago=HOUR, **values):
    tried = {"attempts": 3, "retry_count": 2, "first_attempt_at": NOW - ago, "reason": "The platform said no."}
    return PostInstanceFactory(channel_account=account, status=status, scheduled_for=NOW - ago, **{**tried, **values})


def loaded(*rows):
    return [PostInstance.objects.with_everything().get(pk=row.pk) for row in rows]


@pytest.mark.parametrize("status", [Status.FAILED, Status.UNCONFIRMED, Status.MISSED])
def test_a_post_with_a_problem_is_due_now_where_nothing_stands_in_the_way(account, status):
    post = problem(account, status)

    requeue(instance=loaded(post)[0], **WHO)

    post.refresh_from_db()
    assert (post.status, post.scheduled_for, post.due_at) == (Status.SCHEDULED, NOW, NOW)
    assert (post.scheduled_by, post.local_time) == ("rule_engine", "2026-11-20T10:00:00")


def test_an_unconfirmed_post_does_not_stand_in_its_own_way(account):
    post = problem(account, Status.UNCONFIRMED, ago=timedelta(minutes=20))

    requeue(instance=loaded(post)[0], **WHO)

    assert loaded(post)[0].scheduled_for == NOW


def test_retries_and_lateness_begin_anew_and_attempts_are_counted_on(account):
    post = problem(account)

    requeue(instance=loaded(post)[0], **WHO)

    post.refresh_from_db()
    assert (post.retry_count, post.first_attempt_at, post.attempts) == (0, None, 3)


def test_the_time_keeps_the_gap_to_what_stands_there_and_says_so(account):
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(minutes=20))
    post = problem(account)

    requeue(instance=loaded(post)[0], **WHO)

    post.refresh_from_db()
    assert post.scheduled_for == NOW + timedelta(minutes=80)
    assert post.reason == "Adjusted 80min forward to respect 60min gap"


def test_many_at_once_are_spread_by_the_gap_the_oldest_first(account):
    posts = [problem(account, ago=HOUR * hours) for hours in (2, 5, 3)]

    answers = requeue_many(instances=loaded(*posts), **WHO)

    assert [one.refusal for one in answers] == [None] * 3
    assert [one.instance.scheduled_for for one in answers] == [NOW + 2 * HOUR, NOW, NOW + HOUR]


def test_what_is_more_important_goes_first(account):
    old, important = problem(account, ago=5 * HOUR), problem(account, priority=9)

    requeue_many(instances=loaded(old, important), **WHO)

    assert [one.scheduled_for for one in loaded(important, old)] == [NOW, NOW + HOUR]


def test_many_posts_keep_window_gap_cap_and_blackout(account):
    account.window_opens, account.window_closes, account.daily_cap = 9, 12, 2
    account.save()
    BlackoutFactory(channel_account=account)
    posts = [problem(account, status, ago=HOUR * (2 + n)) for n, status in enumerate(["failed", "unconfirmed"] * 4)]

    requeue_many(instances=loaded(*posts), **WHO)

    times = sorted(PostInstance.objects.values_list("scheduled_for", flat=True))
    rules = rules_of(account, now=NOW)
    assert len(set(times)) == 8
    assert [violations(at, rules=rules, posts=[one for one in times if one != at]) for at in times] == [[]] * 8


def test_a_refusal_for_one_does_not_stop_the_others(account):
    closed = ChannelAccountFactory(brand=account.brand)
    BlackoutFactory(channel_account=closed, starts_at=NOW - HOUR, ends_at=NOW + timedelta(days=70), reason="Moving")
    posts = [problem(closed), problem(account)]

    answers = requeue_many(instances=loaded(*posts), **WHO)

    assert answers[0].refusal.message == 'There is no time within 60 days that respects blackout "Moving".'
    assert answers[1].refusal is None
    assert [one.status for one in loaded(*posts)] == [Status.FAILED, Status.SCHEDULED]


def test_a_refused_post_leaves_no_event_and_no_change(account):
    BlackoutFactory(channel_account=account, starts_at=NOW - HOUR, ends_at=NOW + timedelta(days=70))
    before = (problem(account), stored(PostInstance))[1]

    requeue_many(instances=PostInstance.objects.with_everything(), **WHO)

    assert stored(PostInstance) == before
    assert not LedgerEvent.objects.exists()


def test_an_account_that_is_switched_off_refuses(account):
    post = problem(account)
    account.is_active = False
    account.save()

    with pytest.raises(Invalid, match="is switched off"):
        requeue(instance=loaded(post)[0], **WHO)


def test_the_latest_time_that_is_wanted_still_binds_unless_it_is_over(account):
    PostInstanceFactory(channel_account=account, scheduled_for=NOW)
    over = problem(account, scheduled_window_end=NOW - timedelta(minutes=5))
    ahead = problem(account, ago=2 * HOUR, scheduled_window_end=NOW + timedelta(minutes=30))

    answers = requeue_many(instances=loaded(over, ahead), **WHO)

    assert answers[0].instance.scheduled_window_end is None
    assert "There is no time up to 2026-11-20 10:30" in answers[1].refusal.message


def test_an_empty_slot_at_the_new_time_gives_way(account):
    slot, post = SlotFactory(channel_account=account, scheduled_for=NOW), problem(account)

    requeue(instance=loaded(post)[0], **WHO)

    slot.refresh_from_db()
    assert slot.status == Status.SKIPPED


@pytest.mark.parametrize("status", OTHERS)
def test_only_a_problem_is_sent_again(account, status):
    row = FACTORIES.get(status, PostInstanceFactory)(channel_account=account, status=status)
    before = stored(PostInstance)

    with pytest.raises(Conflict):
        requeue(instance=loaded(row)[0], **WHO)

    assert stored(PostInstance) == before


def test_a_second_click_gets_a_clear_sentence(account):
    post = problem(account)
    first, second = loaded(post, post)
    requeue(instance=first, **WHO)

    with pytest.raises(Conflict, match=CHANGED):
        requeue(instance=second, **WHO)
    with pytest.raises(Conflict, match=r"It is scheduled already\."):
        requeue(instance=loaded(post)[0], **WHO)


def test_a_post_that_is_named_twice_is_answered_once(account):
    post = loaded(problem(account))[0]

    assert [one.refusal for one in requeue_many(instances=[post, post], **WHO)] == [None]


def test_the_history_says_who_did_it_and_what_it_was(account):
    post = problem(account, Status.UNCONFIRMED)

    requeue(instance=loaded(post)[0], **WHO)

    event = LedgerEvent.objects.get(event_type="publish_requeued")
    assert (event.actor, event.metadata["was"], event.metadata["why"]) == (
        "user:ana",
        "unconfirmed",
        "The platform said no.",
    )
    said = [f"{entry.who} {entry.did}" for entry in story_of(post, account.zone)]
    assert said == ["ana scheduled it for 20 November 2026, 10:00", "ana sent it again; it was unconfirmed"]


def test_the_statements_for_many_grow_by_a_few_each(account, django_assert_max_num_queries):
    posts = loaded(*[problem(account, ago=timedelta(minutes=n)) for n in range(1, 41)])

    with django_assert_max_num_queries(9 + 40 * 5):
        requeue_many(instances=posts, **WHO)
