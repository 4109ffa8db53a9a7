"""Whatever the service stored for the machine breaks no rule, by the judge that shares no code with it."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import PostInstance
from scheduling.rules import violations
from scheduling.services.account_rules import posts_of, rules_of
from scheduling.services.schedule import schedule_adjusted
from scheduling.services.topoff import top_off
from scheduling.tests.factories import BlackoutFactory, ChannelAccountFactory
from workspaces.errors import Conflict

ZONES = [
    "Europe/Madrid",
    "America/New_York",
    "Australia/Lord_Howe",  # Half an hour.
    "America/St_Johns",
    "Pacific/Apia",  # Skipped a whole day in 2011.
    "Asia/Kathmandu",
    "America/Santiago",  # Changes at midnight.
    "UTC",
]
YEARS = st.sampled_from([2007, 2011, 2024, 2026, 2027])
WINDOWS = st.sampled_from([(None, None), (18, 23), (16, 24), (22, 3), (0, 24), (2, 3)])


@st.composite
def clock_changes(draw):
    """Return an instant in one of the weeks in which many zones change their clocks, or any other."""
    month, day = draw(st.sampled_from([(3, 8), (3, 28), (4, 4), (10, 3), (10, 29), (11, 3), (12, 29), (6, 15)]))
    return datetime(draw(YEARS), month, day, draw(st.integers(0, 23)), draw(st.integers(0, 59)), tzinfo=UTC)


ACCOUNTS = st.fixed_dictionaries(
    {
        "schedule_timezone": st.sampled_from(ZONES).map(ZoneInfo),
        "gap_minutes": st.sampled_from([None, 0, 1, 30, 90, 1500]),
        "daily_cap": st.sampled_from([None, 1, 2]),
        "posts_per_week": st.sampled_from([0, 7, 14]),
    }
)
WISHES = st.lists(st.integers(0, 5 * 24 * 60), min_size=2, max_size=6)


ANY_PLAN = given(now=clock_changes(), values=ACCOUNTS, window=WINDOWS, wishes=WISHES, dark=st.integers(0, 72))
FEW = settings(max_examples=10)


@pytest.mark.django_db
@FEW
@ANY_PLAN
def test_no_time_that_the_machine_chose_breaks_a_rule(now, values, window, wishes, dark):
    brand = BrandFactory()
    account = ChannelAccountFactory(brand=brand, window_opens=window[0], window_closes=window[1], **values)
    if dark:
        begin = now + timedelta(hours=9)
        BlackoutFactory(channel_account=account, starts_at=begin, ends_at=begin + timedelta(hours=dark))
    top_off(now=now, actor="command", days=5)

    placed = [place(account, now + timedelta(minutes=minutes), now) for minutes in wishes]

    assert any(placed)
    for wanted, post in filter(None, placed):
        others = posts_of(account, around=post.scheduled_for, but=post.pk)
        assert violations(post.scheduled_for, rules=rules_of(account, now=now), posts=others) == []
        assert post.scheduled_for >= wanted
        assert bool(post.reason) == (post.scheduled_for > wanted)
        assert post.local_time == post.scheduled_for.astimezone(account.zone).strftime("%Y-%m-%dT%H:%M:%S")
    taken = PostInstance.objects.filter(channel_account=account).occupying()
    assert taken.values("scheduled_for").distinct().count() == taken.count()


@pytest.mark.soak
@pytest.mark.django_db
@settings(FEW, max_examples=200)
@ANY_PLAN
def test_no_time_of_very_many_that_the_machine_chose_breaks_a_rule(**plan):
    test_no_time_that_the_machine_chose_breaks_a_rule.hypothesis.inner_test(**plan)


def place(account, wanted, now):
    """Return the wish and what it got; None where the rules leave no room at all."""
    content = ContentItemFactory(brand=account.brand)
    with suppress(Conflict):
        return wanted, schedule_adjusted(account=account, content=content, wanted=wanted, now=now, actor="system")
