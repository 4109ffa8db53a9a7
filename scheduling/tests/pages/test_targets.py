"""What days and accounts are to have: open slots, days without a plan, and accounts that run dry."""

from datetime import timedelta

import pytest

from campaigns.tests.factories import BrandFactory
from scheduling.models import Status
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from scheduling.tests.pages.markup import Markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def daily(account):
    """The account, with two posts on each day of the week."""
    account.posts_per_week, account.schedule_times = 14, ["09:00", "18:00"]
    account.save()
    return account


def calendar(client, **query):
    return Markup(client.get("/calendar/", {"month": "2026-11", **query}))


def test_a_day_says_how_many_of_its_slots_are_open(editor, daily):
    for hours in (1, 2):  # Stated: the factory's own times move on with each row that other tests make.
        SlotFactory(channel_account=daily, scheduled_for=NOW + timedelta(hours=hours))

    page = calendar(editor)

    assert "2 open" in page.one(id="day-2026-11-20").text


def test_a_day_for_which_nobody_made_the_plan_says_what_the_cadence_asks_for(editor, daily):
    ChannelAccountFactory(brand=daily.brand, posts_per_week=7, schedule_times=["12:00"], is_active=False)

    page = calendar(editor)

    assert "2 to plan" in page.one(id="day-2026-11-25").text
    assert "to plan" not in page.one(id="day-2026-11-19").text  # It is over.
    assert "0/14" in page.one(id="week-2026-11-23").text


def test_what_somebody_skipped_is_not_asked_for_again(editor, daily):
    PostInstanceFactory(
        channel_account=daily,
        status=Status.SKIPPED,
        scheduled_for=NOW + timedelta(days=5),
        cadence_slot="2026-11-25T09:00",
    )

    page = calendar(editor)

    assert "to plan" not in page.one(id="day-2026-11-25").text


def test_only_the_accounts_shown_are_asked_for_and_none_where_only_a_part_is_shown(editor, daily):
    other = ChannelAccountFactory(brand=BrandFactory(workspace=daily.workspace), posts_per_week=7)

    day = [
        calendar(editor, **query).one(id="day-2026-11-25").text
        for query in ({"brand": other.brand.pk}, {"status": "draft"})
    ]

    assert ["1 to plan" in day[0], "to plan" in day[1]] == [True, False]


def test_an_account_says_how_long_its_posts_last_and_which_run_dry_first(editor, daily):
    full = ChannelAccountFactory(brand=daily.brand, posts_per_week=1, name="@full")
    PostInstanceFactory(channel_account=full, scheduled_for=NOW + timedelta(days=20))
    PostInstanceFactory(channel_account=daily, scheduled_for=NOW + timedelta(days=3))
    slot = SlotFactory(channel_account=daily, scheduled_for=NOW + timedelta(days=12))

    page = calendar(editor)

    states = {one["title"]: one["class"] for one in page.all("span", "side-count")}
    assert states == {"Posts for 3 days": "side-count cover-low", "Posts for 20 days": "side-count cover-ok"}
    box = page.one("ul", "dry-box")
    assert "X @cafelumen runs dry in 3 days." in box.text
    assert "@full" not in box.text
    link = page.inside(box, "a")[0]["href"]
    assert link == f"/calendar/?month=2026-12&channel_account={daily.pk}"
    assert f"/calendar/posts/{slot.pk}/" in editor.get(link).content.decode()


def test_an_account_without_a_post_ahead_is_dry_unless_nothing_is_asked_of_it(editor, daily):
    ChannelAccountFactory(brand=daily.brand, name="@idle")

    page = calendar(editor)

    assert [one["title"] for one in page.all("span", "side-count")] == ["No post ahead", "No cadence"]
    assert "X @cafelumen has run dry." in page.one("ul", "dry-box").text


def test_who_wants_no_warning_gets_no_box(editor, daily):
    daily.workspace.warn_days = 0
    daily.workspace.save()

    assert calendar(editor).all("ul", "dry-box") == []
