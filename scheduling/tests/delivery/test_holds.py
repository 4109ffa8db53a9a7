"""What a pause or a blackout holds, at each of its levels, stays where it is; afterwards lateness decides."""

from datetime import timedelta

import pytest

from campaigns.tests.factories import CampaignFactory
from scheduling.models import PostInstance, Status
from scheduling.services.claims import claim
from scheduling.services.handover import anything_due, due_ids, hand_over_due, oldest_due
from scheduling.services.holds import held, release_held
from scheduling.services.lateness import let_time_pass
from scheduling.tests.factories import NOW, BlackoutFactory, ChannelAccountFactory, PendingFactory, PostInstanceFactory
from workspaces.ledger import unit_of_work

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LEVELS = ("workspace", "brand", "campaign", "channel_account")


@pytest.fixture
def account():
    return ChannelAccountFactory()


@pytest.fixture
def campaign(account):
    return CampaignFactory(brand=account.brand)


@pytest.fixture
def post(account, campaign):
    return PostInstanceFactory(channel_account=account, campaign=campaign, scheduled_for=NOW - timedelta(minutes=1))


@pytest.fixture
def other(account):
    """Return a due post that no hold of these tests reaches."""
    return PostInstanceFactory(scheduled_for=NOW - timedelta(minutes=1))


def level_of(post, level):
    return {
        "workspace": post.workspace,
        "brand": post.channel_account.brand,
        "campaign": post.campaign,
        "channel_account": post.channel_account,
    }[level]


def pause(post, level, **fields):
    one = level_of(post, level)
    for name, value in {"paused_at": NOW - HOUR, **fields}.items():
        setattr(one, name, value)
    one.save()


def black_out(post, level, **fields):
    own = {} if level == "workspace" else {level: level_of(post, level)}
    levels = {"channel_account": None, "workspace": post.workspace, **own}
    return BlackoutFactory(**{"starts_at": NOW - HOUR, "ends_at": NOW + HOUR, **levels, **fields})


def hold_by_pause(post, level):
    pause(post, level)


def hold_by_pause_with_an_end(post, level):
    pause(post, level, paused_until=NOW + HOUR)


HOLDS = (hold_by_pause, hold_by_pause_with_an_end, black_out)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("hold", HOLDS)
def test_a_hold_at_any_level_keeps_its_posts_and_no_others(post, other, hold, level):
    hold(post, level)

    counted, moved = due_ids(now=NOW), hand_over_due(now=NOW)

    assert (counted, moved) == ([other.pk], [other.pk])
    assert PostInstance.objects.get(pk=post.pk).status == Status.SCHEDULED
    assert anything_due(now=NOW)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("hold", HOLDS)
def test_a_hold_is_looked_at_again_at_the_claim(account, campaign, hold, level):
    waiting = PendingFactory(channel_account=account, campaign=campaign, scheduled_for=NOW)
    hold(waiting, level)

    with unit_of_work():
        taken = claim(now=NOW, holder="worker-1", lease_ends_at=NOW + HOUR, limit=10)

    assert taken == []


@pytest.mark.parametrize("level", LEVELS)
def test_a_pause_that_has_ended_holds_nothing(post, level):
    pause(post, level, paused_until=NOW)

    assert hand_over_due(now=NOW) == [post.pk]


@pytest.mark.parametrize("level", LEVELS)
def test_a_blackout_that_is_over_or_ahead_holds_nothing(post, level):
    black_out(post, level, ends_at=NOW)
    black_out(post, level, starts_at=NOW + timedelta(seconds=1))

    assert hand_over_due(now=NOW) == [post.pk]


def test_an_account_that_is_switched_off_publishes_nothing(post, account):
    account.is_active = False
    account.save()

    assert hand_over_due(now=NOW) == []


@pytest.mark.parametrize("hold", HOLDS)
def test_what_is_held_is_not_missed_until_the_hold_is_over(post, hold):
    hold(post, "channel_account")
    PostInstance.objects.filter(pk=post.pk).update(scheduled_for=NOW - 2 * HOUR, due_at=NOW - 2 * HOUR)

    let_time_pass(now=NOW)

    assert PostInstance.objects.get(pk=post.pk).status == Status.SCHEDULED


def test_what_is_late_when_its_hold_ends_is_missed(post):
    black_out(post, "brand")
    let_time_pass(now=NOW + HOUR - timedelta(seconds=1))

    let_time_pass(now=NOW + HOUR)

    assert PostInstance.objects.get(pk=post.pk).status == Status.MISSED


def test_a_draft_is_missed_whatever_holds_its_account(account):
    draft = PostInstanceFactory(channel_account=account, status=Status.DRAFT, scheduled_for=NOW)
    hold_by_pause(draft, "channel_account")

    let_time_pass(now=NOW)

    assert PostInstance.objects.get(pk=draft.pk).status == Status.MISSED


def test_pending_posts_that_are_held_by_now_are_taken_back_however_many(account, monkeypatch):
    monkeypatch.setattr("scheduling.services.holds.ROWS_AT_ONCE", 2)
    posts = PendingFactory.create_batch(5, channel_account=account)
    elsewhere = PendingFactory()
    hold_by_pause(posts[0], "channel_account")

    release_held(now=NOW)

    assert PostInstance.objects.filter(status=Status.SCHEDULED).count() == 5
    assert PostInstance.objects.get(pk=elsewhere.pk).status == Status.PENDING


def test_a_held_post_does_not_count_as_waiting(post, other):
    hold_by_pause(post, "workspace")

    assert oldest_due(now=NOW) == other.due_at


def test_nothing_is_held_where_nobody_holds_anything(post):
    assert not held(NOW)
