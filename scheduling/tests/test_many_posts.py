"""Many posts placed together get the same answers as one by one."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.tests.factories import CampaignFactory, ContentItemFactory
from scheduling.models import PostInstance
from scheduling.services.account_rules import locked_account
from scheduling.services.many import ManyPosts
from scheduling.services.schedule import Terms, schedule_as_stated
from scheduling.tests.factories import NOW, BlackoutFactory, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from workspaces.errors import Refusal
from workspaces.ledger import unit_of_work
from workspaces.models import LedgerEvent

MINUTES = st.lists(st.integers(-3, 40).map(lambda number: number * 20), min_size=1, max_size=12)
NOT_COMPARED = {"id", "content_item_id", "created_at", "updated_at", "metadata"}


def an_account():
    """Return an account that has a rule of every kind, a post, empty slots and a blackout."""
    account = ChannelAccountFactory(window_opens=9, window_closes=18, gap_minutes=45, daily_cap=3)
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(minutes=100))
    for minutes in (40, 240):
        SlotFactory(channel_account=account, scheduled_for=NOW + timedelta(minutes=minutes))
    start = NOW + timedelta(minutes=300)
    BlackoutFactory(channel_account=account, starts_at=start, ends_at=start + timedelta(minutes=60))
    return account


def one_by_one(account, contents, minutes):
    for content, later in zip(contents, minutes, strict=True):
        at = NOW + timedelta(minutes=later)
        try:
            schedule_as_stated(account=account, content=content, at=at, now=NOW, actor="command")
        except Refusal as refusal:
            yield refusal.message
        else:
            yield ""


def together(account, contents, minutes):
    with unit_of_work():
        plan = ManyPosts(
            locked_account(account.pk),
            first=NOW + timedelta(minutes=min(minutes)),
            last=NOW + timedelta(minutes=max(minutes)),
            now=NOW,
            actor="command",
        )
        for content, later in zip(contents, minutes, strict=True):
            try:
                plan.add(content, NOW + timedelta(minutes=later), Terms())
            except Refusal as refusal:
                yield refusal.message
            else:
                yield ""
        plan.write()


def rows_of(account):
    rows = PostInstance.objects.filter(channel_account=account).order_by("scheduled_for").values()
    own = {"channel_account_id", "workspace_id"} | NOT_COMPARED
    return [{name: value for name, value in row.items() if name not in own} for row in rows]


def events_of(account):
    events = LedgerEvent.objects.filter(workspace_id=account.workspace_id).order_by("id")
    facts = [(event.event_type, event.metadata["scheduled_for"], event.metadata["status"]) for event in events]
    return sorted(facts)


@given(minutes=MINUTES)
@settings(max_examples=15)
@pytest.mark.django_db
def test_together_and_one_by_one_answer_and_write_the_same(minutes):
    first, second = an_account(), an_account()
    contents = [[ContentItemFactory(brand=account.brand) for _ in minutes] for account in (first, second)]

    answers = list(one_by_one(first, contents[0], minutes)), list(together(second, contents[1], minutes))

    assert answers[0] == answers[1]
    assert rows_of(first) == rows_of(second)
    assert events_of(first) == events_of(second)


@pytest.mark.django_db
def test_the_blackout_of_a_campaign_holds_for_its_texts_alone():
    account = ChannelAccountFactory()
    campaign = CampaignFactory(brand=account.brand)
    BlackoutFactory(channel_account=None, campaign=campaign, workspace=account.workspace, starts_at=NOW)
    inside, outside = (
        ContentItemFactory(brand=account.brand, campaign=campaign),
        ContentItemFactory(brand=account.brand),
    )
    at = NOW + timedelta(hours=1)
    plan = ManyPosts(account, first=at, last=at, now=NOW, actor="command")

    with pytest.raises(Refusal, match="blackout"):
        plan.add(inside, at, Terms())
    _, choice = plan.add(outside, at, Terms())

    assert choice.at == at
