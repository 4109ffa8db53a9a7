"""A pause of any level holds due posts, says who made it, and ends by itself or by a person."""

from datetime import timedelta

import pytest

from campaigns.tests.factories import CampaignFactory
from scheduling.models import ChannelAccount, Status
from scheduling.services.handover import due_ids
from scheduling.services.pauses import LEVELS, pause, resume
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.errors import Conflict, Invalid
from workspaces.models import LedgerEvent
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=30)
WHO = {"now": NOW, "actor": "user:ana"}


@pytest.fixture
def things():
    """One post that is due, and what it belongs to, by level."""
    account = ChannelAccountFactory()
    campaign = CampaignFactory(brand=account.brand)
    PostInstanceFactory(channel_account=account, campaign=campaign, scheduled_for=NOW, status=Status.SCHEDULED)
    return dict(zip(LEVELS, (account.workspace, account.brand, campaign, account), strict=True))


def events():
    return [(one.event_type, one.entity_type, one.actor, one.metadata) for one in LedgerEvent.objects.order_by("id")]


@pytest.mark.parametrize("level", LEVELS)
def test_each_level_holds_its_due_posts_until_it_is_resumed(things, level):
    pause(thing=things[level], **WHO)
    held = due_ids(now=NOW)
    resume(thing=things[level], **WHO)

    assert held == []
    assert len(due_ids(now=NOW)) == 1


@pytest.mark.parametrize("level", LEVELS)
def test_a_pause_ends_at_its_end(things, level):
    pause(thing=things[level], until=LATER, **WHO)

    assert [len(due_ids(now=at)) for at in (LATER - timedelta(seconds=1), LATER)] == [0, 1]


@pytest.mark.parametrize("level", LEVELS)
def test_the_ledger_says_who_paused_what_why_and_until_when(things, level):
    pause(thing=things[level], reason=" Moving house ", until=LATER, **WHO)
    resume(thing=things[level], now=NOW, actor="user:ben")

    name = things[level].name
    assert events() == [
        (
            f"{level}_paused",
            level,
            "user:ana",
            {"name": name, "reason": "Moving house", "until": "2026-11-20T09:30:00Z"},
        ),
        (f"{level}_resumed", level, "user:ben", {"name": name}),
    ]


def test_a_second_pause_changes_reason_and_end_but_not_its_beginning(things):
    account = things["channel_account"]
    pause(thing=account, reason="Inventory", **WHO)

    pause(thing=account, reason="Inventory, longer", until=LATER, now=NOW + timedelta(minutes=9), actor="user:ben")

    account.refresh_from_db()
    assert (account.paused_at, account.paused_until, account.pause_reason) == (NOW, LATER, "Inventory, longer")


def test_a_repeat_writes_nothing(things):
    pause(thing=things["brand"], reason="Inventory", **WHO)
    before = events()

    pause(thing=things["brand"], reason="Inventory", **WHO)

    assert events() == before


def test_a_pause_after_one_that_is_over_begins_anew(things):
    account = things["channel_account"]
    pause(thing=account, until=NOW + timedelta(minutes=1), **WHO)

    pause(thing=account, now=LATER, actor="user:ana")

    account.refresh_from_db()
    assert (account.paused_at, account.paused_until) == (LATER, None)


@pytest.mark.parametrize("until", [NOW, NOW - timedelta(days=1)])
def test_a_pause_that_is_over_already_is_refused(things, until):
    before = stored(ChannelAccount)

    with pytest.raises(Invalid, match="A pause has to end after now"):
        pause(thing=things["channel_account"], until=until, **WHO)

    assert stored(ChannelAccount) == before


def test_what_is_not_paused_is_not_resumed(things):
    with pytest.raises(Conflict, match="is not paused"):
        resume(thing=things["workspace"], **WHO)


def test_a_second_click_on_resume_is_told(things):
    pause(thing=things["channel_account"], **WHO)
    seen_by_another = ChannelAccount.objects.get(pk=things["channel_account"].pk)
    resume(thing=things["channel_account"], **WHO)

    with pytest.raises(Conflict, match="is not paused"):
        resume(thing=seen_by_another, **WHO)
