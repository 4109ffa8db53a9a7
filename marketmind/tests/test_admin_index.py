"""The admin's index and menu: the lists that people need with their numbers, charts, and the tables in groups."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketmind.admin_charts import charts
from publishing.rules.delays import EDGES, Delays
from publishing.services.charts import Day
from scheduling.models import Status
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.tests.admin_pages import signed_in

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Stop the clock."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def account(cast):
    """Return an account of the workspace of the cast."""
    return ChannelAccountFactory(brand__workspace=cast.workspace)


def test_the_lists_that_people_need_come_first_with_their_numbers(client, cast, account):
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=1))
    PostInstanceFactory(channel_account=account, scheduled_for=NOW - timedelta(days=2), status=Status.FAILED)
    for hours in (30, 31):
        past = NOW - timedelta(hours=hours)
        PostInstanceFactory(channel_account=account, scheduled_for=past, status=Status.UNCONFIRMED)
    ChannelAccountFactory(brand=account.brand)
    PostInstanceFactory(scheduled_for=NOW - timedelta(days=3), status=Status.FAILED)  # Somebody else's.

    tiles = signed_in(client, cast.viewer).get("/admin/").context["tiles"]

    assert [(str(one.title), one.number) for one in tiles] == [
        ("Due today", 1),
        ("Failed", 1),
        ("Unconfirmed", 2),
        ("Accounts without a plan", 1),
    ]


def test_each_list_shows_what_its_number_says(client, cast, account):
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=1))
    PostInstanceFactory(channel_account=account, scheduled_for=NOW - timedelta(days=2), status=Status.FAILED)
    ChannelAccountFactory(brand=account.brand, name="@idle")
    browser = signed_in(client, cast.viewer)

    tiles = browser.get("/admin/").context["tiles"]
    shown = [browser.get(one.link).context["cl"].result_count for one in tiles]

    assert shown == [one.number for one in tiles] == [1, 1, 0, 1]


def test_the_menu_counts_what_waits_for_a_person(client, cast, account):
    PostInstanceFactory(channel_account=account, scheduled_for=NOW - timedelta(days=2), status=Status.FAILED)

    groups = signed_in(client, cast.viewer).get("/admin/scheduling/postinstance/").context["sidebar_navigation"]

    items = {str(item.title): item for group in groups for item in group["items"]}
    assert items["Failed"].count == "1"
    assert items["Unconfirmed"].count == ""
    assert items["Post instances"].active
    assert not items["Failed"].active


def test_the_menu_shows_only_what_the_person_may_see(client, cast):
    viewer = signed_in(client, cast.viewer).get("/admin/").context["sidebar_navigation"]
    owner = signed_in(client, cast.owner).get("/admin/").context["sidebar_navigation"]

    titles = [{str(item.title) for group in groups for item in group["items"]} for groups in (viewer, owner)]

    assert "Webhook endpoints" not in titles[0]
    assert "Webhook endpoints" in titles[1]
    assert "Users" not in titles[1]


def test_queries_of_the_index_do_not_grow_with_posts(client, cast, account):
    browser = signed_in(client, cast.viewer)
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=1))
    browser.get("/admin/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/admin/")
    for n in range(2, 12):
        PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=n))

    with CaptureQueriesContext(connection) as many:
        browser.get("/admin/")

    assert len(many) == len(few) <= 16


def test_a_rate_is_never_rounded_up_to_all():
    days = [Day(TODAY, published=1999, accepted=1999, attempts=2000)]

    success = charts(days)[1]

    assert success.headline == "99.9 %"


def test_a_day_without_attempts_has_no_bar_and_a_dash():
    days = [Day(TODAY - timedelta(days=1)), Day(TODAY, published=1, accepted=1, attempts=1)]

    success = charts(days)[1]

    assert [cells[-1] for _day, cells in success.rows] == ["–", "100 %"]
    assert len(success.bars) == 1


def test_what_was_refused_stands_on_top_of_what_was_accepted():
    success = charts([Day(TODAY, published=3, accepted=3, attempts=4)])[1]

    good, bad = success.bars
    assert (good.kind, bad.kind) == ("good", "bad")
    assert good.height == pytest.approx(3 * bad.height, abs=0.2)
    assert bad.y + bad.height == pytest.approx(good.y)


def test_delays_beyond_the_last_edge_stay_inside_the_drawing():
    slow = Delays((0,) * len(EDGES), total=4)

    delay = charts([Day(TODAY, published=4, delays=slow)])[2]

    assert all(bar.y >= 0 and bar.y + bar.height <= delay.floor + 2 for bar in delay.bars)
    assert delay.headline == "over 1 h"
