"""The page of calendar feeds: an address is shown once, renewed and deleted after a question."""

import pytest

from scheduling.models import CalendarFeed
from scheduling.services.feeds import create_feed
from scheduling.tests.factories import NOW, ChannelAccountFactory
from scheduling.tests.pages.markup import Markup
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db
FEEDS = "/settings/feeds/"


@pytest.fixture
def browser(client, cast):
    client.force_login(cast.admin)
    return client


def shown(answer, settings):
    """Return the path of the address that an answer shows."""
    return Markup(answer).one("input", id="secret")["value"].removeprefix(settings.PUBLIC_URL)


def make(workspace, name="Ana's phone"):
    feed = CalendarFeed(workspace=workspace, name=name)
    return feed, f"/feeds/{create_feed(feed=feed, now=NOW, actor='command')}.ics"


def test_a_feed_is_made_its_address_shown_once_and_read_without_signing_in(browser, client, settings):
    answer = browser.post(FEEDS, {"name": "Ana's phone", "shows": ""})

    address = shown(answer, settings)
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (201, True)
    assert address not in browser.get(FEEDS).content.decode()
    client.logout()
    assert client.get(address)["Content-Type"].startswith("text/calendar")


@pytest.mark.parametrize("level", ["brand", "account"])
def test_it_may_show_a_brand_or_an_account_only(browser, cast, level):
    account = ChannelAccountFactory(brand__workspace=cast.workspace)
    wanted = {"brand": account.brand, "account": account}[level]

    browser.post(FEEDS, {"name": "Client", "shows": f"{level}-{wanted.pk}"})

    assert (CalendarFeed.objects.get().channel_account or CalendarFeed.objects.get().brand) == wanted


def test_what_belongs_to_another_workspace_cannot_be_shown(browser, cast):
    foreign = ChannelAccountFactory(brand__workspace=cast.elsewhere)

    answer = browser.post(FEEDS, {"name": "Client", "shows": f"account-{foreign.pk}"})

    assert answer.status_code == 422
    assert not CalendarFeed.objects.exists()


def test_a_new_address_ends_the_old_one(browser, client, cast, settings):
    feed, old = make(cast.workspace)

    asked = browser.get(f"{FEEDS}{feed.pk}/renew/")
    stood = client.get(old).status_code
    new = shown(browser.post(f"{FEEDS}{feed.pk}/renew/"), settings)

    assert "a new address?" in Markup(asked).one("h1").text
    assert (stood, client.get(old).status_code, client.get(new).status_code) == (200, 404, 200)


def test_deleting_asks_first_and_tells_the_ledger(browser, cast):
    feed, _ = make(cast.workspace)

    browser.get(f"{FEEDS}{feed.pk}/delete/")
    stood = CalendarFeed.objects.exists()
    browser.post(f"{FEEDS}{feed.pk}/delete/")

    assert stood
    assert not CalendarFeed.objects.exists()
    assert LedgerEvent.objects.latest("id").event_type == "feed_deleted"


def test_a_feed_of_another_workspace_is_neither_seen_nor_changed(browser, cast):
    feed, _ = make(cast.elsewhere, "Secret project")

    seen = browser.get(FEEDS).content.decode()
    statuses = [browser.post(f"{FEEDS}{feed.pk}/{what}/").status_code for what in ("renew", "delete")]

    assert "Secret project" not in seen
    assert statuses == [404, 404]
