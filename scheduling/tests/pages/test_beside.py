"""Beside the calendar: accounts that are ticked and unticked, and the tray of what has no time yet."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from scheduling.services import untimed
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from scheduling.tests.pages.markup import Markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts(account):
    """Three accounts with a post each."""
    found = [account, *(ChannelAccountFactory(brand=account.brand, name=f"@more{n}") for n in range(2))]
    for one in found:
        PostInstanceFactory(channel_account=one, scheduled_for=NOW + timedelta(hours=2), content_item__title=one.name)
    return found


def ticks(page):
    return {one.text: (one.has_class("ticked"), one["href"]) for one in page.all("a", "tickbox")}


def shown(page):
    return sorted(chip["data-account"] for chip in page.all("a", "chip"))


def test_an_account_is_taken_out_and_in_again_without_a_script(editor, accounts):
    page = Markup(editor.get("/calendar/?month=2026-11&status=scheduled"))
    (without,) = [link for text, (_, link) in ticks(page).items() if "@more0" in text]

    fewer = Markup(editor.get(without))
    ((is_ticked, back),) = [found for text, found in ticks(fewer).items() if "@more0" in text]

    assert shown(fewer) == sorted(str(one.pk) for one in (accounts[0], accounts[2]))
    assert not is_ticked
    assert back == "/calendar/?month=2026-11&status=scheduled"


def test_an_account_is_shown_alone_and_all_again(editor, accounts):
    page = Markup(editor.get("/calendar/?month=2026-11"))
    (alone,) = [one["href"] for one in page.all("a", "side-link") if "@more1" in one.text]

    one = Markup(editor.get(alone))

    assert shown(one) == [str(accounts[2].pk)]
    assert one.one("a", "side-link", **{"aria-current": "true"})["href"] == "/calendar/?month=2026-11"


def test_several_accounts_may_be_named_by_a_form_that_repeats_the_name(editor, accounts):
    chosen = [str(one.pk) for one in accounts[:2]]

    page = Markup(editor.get("/calendar/", {"month": "2026-11", "channel_account": chosen}))

    assert shown(page) == sorted(chosen)
    query = parse_qs(urlsplit(page.one("a", rel="next")["href"]).query)
    assert query["channel_account"] == [",".join(chosen)]


def test_one_unknown_account_of_several_is_a_sentence(editor, accounts):
    unknown = "01900000-0000-7000-8000-000000000000"

    page = Markup(editor.get("/calendar/", {"channel_account": f"{accounts[0].pk},{unknown}"}))

    assert f"There is no channel account '{unknown}'" in page.one(role="alert").text


def test_an_accounts_own_zone_is_offered_while_it_is_shown(editor, account):
    account.schedule_timezone = "Asia/Tokyo"
    account.save()

    page = Markup(editor.get("/calendar/", {"channel_account": account.pk}))

    offered = [link.text for link in page.inside(page.one("details", "zone-menu"), "a")]
    assert "Asia/Tokyo @cafelumen" in offered


def test_the_tray_is_closed_until_it_is_opened_and_stays_open_on_the_way(editor, account):
    ContentItemFactory(brand=account.brand, title="Not yet")
    closed = Markup(editor.get("/calendar/?month=2026-11"))

    button = closed.one("a", "tray-button")
    opened = Markup(editor.get(button["href"]))

    assert button.text == "Unscheduled 1"
    assert closed.all("aside", "tray") == []
    assert "Not yet" in opened.one("aside", "tray").text
    assert "tray=1" in opened.one("a", rel="next")["href"]
    assert opened.one("a", "tray-close")["href"] == "/calendar/?month=2026-11"


def test_a_card_says_brand_campaign_and_platforms_and_can_be_dragged_by_who_may_write(signed_in, account):
    content = ContentItemFactory(
        brand=account.brand,
        campaign=CampaignFactory(brand=account.brand, name="Autumn blend"),
        title="Meet Ana",
        variants={"x": {"body": "Short."}, "linkedin": {"body": "Long."}},
    )

    cards = {who: Markup(signed_in(who).get("/calendar/?tray=1")).one("li", "card") for who in ("editor", "viewer")}

    card = cards["editor"]
    assert card["data-content"] == str(content.pk)
    assert [word in card.text for word in ("Meet Ana", "Café Lumen", "Autumn blend", "X", "in")] == [True] * 5
    assert ["draggable" in one.attributes for one in cards.values()] == [True, False]


def test_the_tray_holds_what_the_filters_leave_and_nothing_that_has_a_time_or_is_anothers(cast, editor, account):
    here = ContentItemFactory(brand=account.brand, title="Here")
    ContentItemFactory(brand=BrandFactory(workspace=cast.workspace), title="Of another brand")
    ContentItemFactory(title="Of another workspace")
    PostInstanceFactory(channel_account=account, content_item__title="On Friday")

    page = Markup(editor.get("/calendar/", {"tray": 1, "channel_account": account.pk}))

    assert [card["data-content"] for card in page.all("li", "card")] == [str(here.pk)]


def test_a_full_tray_shows_the_newest_and_counts_the_rest(editor, account, monkeypatch):
    monkeypatch.setattr("scheduling.views.tray.MOST_SHOWN", 2)
    for number in range(5):
        ContentItemFactory(brand=account.brand, created_at=NOW + timedelta(minutes=number), title=f"Draft {number}")

    page = Markup(editor.get("/calendar/?tray=1"))

    assert ["Draft 4" in page.all("li", "card")[0].text, len(page.all("li", "card"))] == [True, 2]
    assert "And 3 more" in page.one("aside", "tray").text
    assert untimed.MOST_SHOWN == 100


def test_what_is_shown_can_be_taken_away_as_a_file_and_files_come_in_from_here(signed_in, account):
    pages = {who: Markup(signed_in(who).get("/calendar/?month=2026-11&platform=x")) for who in ("editor", "viewer")}

    links = {
        who: [link["href"] for link in page.inside(page.one("p", "side-files"), "a")] for who, page in pages.items()
    }
    export = "/calendar/export/?month=2026-11&platform=x"
    assert links == {"editor": [export, "/calendar/import/"], "viewer": [export]}
