"""Choosing a time looks at nearby posts first: the choice is the one that all posts would give."""

from datetime import timedelta
from random import Random

import pytest

from scheduling.services import choosing
from scheduling.services.account_rules import posts_of, rules_of
from scheduling.services.choosing import adjust, by_the_rules
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.errors import Conflict

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def choices(account, wanted, latest):
    """Return what is chosen, and what would be of all posts; a refusal is its text."""

    def tried(choose):
        try:
            chosen = choose()
        except Conflict as refusal:
            return refusal.message
        return chosen.at, chosen.reason

    rules, posts = rules_of(account, now=NOW), posts_of(account, around=wanted)
    return (
        tried(lambda: by_the_rules(account, wanted, now=NOW, latest=latest)),
        tried(lambda: adjust(wanted, rules=rules, posts=posts, now=NOW, latest=latest)),
    )


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("gap", "cap"), [(30, 40), (24 * 60, 3), (7 * 24 * 60, 1)])
def test_the_choice_is_that_of_all_posts(seed, gap, cap):
    random = Random(seed)
    account = ChannelAccountFactory(gap_minutes=gap, daily_cap=cap)
    for hours in sorted({random.randrange(-200, 500) for _ in range(40)}):
        PostInstanceFactory(channel_account=account, scheduled_for=NOW + hours * HOUR)
    wanted = NOW + random.randrange(1, 300) * HOUR
    latest = random.choice([None, wanted + 3 * HOUR, wanted + 400 * HOUR])

    found, expected = choices(account, wanted, latest)

    assert found == expected


def test_the_posts_of_months_are_not_read_where_a_time_is_free_soon(monkeypatch):
    account = ChannelAccountFactory(gap_minutes=30)
    reaches = []
    read = choosing.posts_of
    monkeypatch.setattr(
        choosing, "posts_of", lambda *args, **given: reaches.append(given.get("reach")) or read(*args, **given)
    )

    by_the_rules(account, NOW + 5 * HOUR, now=NOW)

    assert reaches == [timedelta(days=3)]
