"""The library shows what is written and where it stands, and gives it a time with one click."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import Attachment, ContentItem
from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from scheduling.models import PostInstance
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, PublishedFactory, SlotFactory
from scheduling.tests.pages.markup import Markup
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import said

pytestmark = pytest.mark.django_db


def add(account, title, **values):
    return ContentItemFactory(brand=account.brand, title=title, **values)


@pytest.fixture
def shelf(account):
    """Something that waits, something with a time, something that is out, and something that failed."""
    waiting, timed, out, failed = (add(account, title) for title in ("Waiting", "Timed", "Out", "Failed"))
    PostInstanceFactory(channel_account=account, content_item=timed, scheduled_for=NOW + timedelta(days=1))
    PublishedFactory(channel_account=account, content_item=out, scheduled_for=NOW - timedelta(hours=2))
    PostInstanceFactory(
        channel_account=account, content_item=failed, status="failed", scheduled_for=NOW - timedelta(days=1)
    )
    PostInstanceFactory(channel_account=account, content_item=waiting, status="canceled")
    SlotFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=5))
    return {"waiting": waiting, "timed": timed, "out": out, "failed": failed}


def titles(browser, query=""):
    return {one.text for one in Markup(browser.get(f"/content/{query}")).all("h2")}


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("", {"Waiting", "Timed", "Out", "Failed"}),
        ("unscheduled", {"Waiting"}),
        ("scheduled", {"Timed"}),
        ("published", {"Out"}),
        ("nonsense", {"Waiting", "Timed", "Out", "Failed"}),
    ],
)
def test_it_is_narrowed_by_where_things_stand(editor, shelf, state, shown):
    assert titles(editor, f"?state={state}") == shown


def test_each_card_says_where_it_stands(editor, shelf):
    cards = {one.text.split()[0]: one.text for one in Markup(editor.get("/content/")).all("li", "content-card")}

    assert "No time yet" in cards["Waiting"]
    assert "Sat 21 Nov, 10:00" in cards["Timed"]
    assert "Published 20 Nov 2026" in cards["Out"]
    assert "Did not go out" in cards["Failed"]


def test_titles_and_texts_are_searched(editor, account):
    add(account, "Winter menu", body="Soup and rye")
    add(account, "Latte art", body="A swan in winter")
    add(account, "Opening hours", body="From eight")

    assert titles(editor, "?q=WINTER") == {"Winter menu", "Latte art"}
    assert titles(editor, "?q=100%25") == set()


def test_it_is_narrowed_by_brand_and_campaign(editor, account):
    campaign = CampaignFactory(brand=account.brand)
    add(account, "Of the campaign", campaign=campaign)
    add(account, "Of none")
    ContentItemFactory(brand=BrandFactory(workspace=account.workspace, name="Harbor & Pine"), title="Of another brand")

    assert titles(editor, f"?brand={account.brand_id}") == {"Of the campaign", "Of none"}
    assert titles(editor, f"?campaign={campaign.pk}") == {"Of the campaign"}
    assert "There is no brand" in Markup(editor.get("/content/?brand=nobody")).text()


def test_it_is_paged_and_the_filters_stay(editor, account):
    for number in range(30):
        add(account, f"Roast {number}")

    first = Markup(editor.get("/content/?q=roast"))

    assert len(first.all("li", "content-card")) == 24
    assert first.one("a", rel="next")["href"] == "/content/?q=roast&page=2"
    assert len(titles(editor, "?q=roast&page=2")) == 6


def test_the_number_of_queries_does_not_grow(editor, account, shelf):
    def queries():
        with CaptureQueriesContext(connection) as found:
            editor.get("/content/")
        return len(found)

    few = queries()
    for brand in BrandFactory.create_batch(5, workspace=account.workspace):
        PostInstanceFactory.create_batch(3, channel_account=ChannelAccountFactory(brand=brand))

    assert queries() == few <= 13


def test_what_waits_gets_the_next_free_slot_of_an_account(editor, account, shelf):
    waiting = shelf["waiting"]

    answer = editor.post(f"/content/{waiting.pk}/next-free/?state=unscheduled", {"account": account.pk})

    where = "on @cafelumen for Fri 20 Nov, 15:00. The next open slot of the cadence."
    assert said(answer) == [f"Scheduled “Waiting” {where}"]
    assert answer.url == "/content/?state=unscheduled"
    assert PostInstance.objects.get(content_item=waiting, status="scheduled").cadence_slot


def test_content_is_written_changed_and_deleted(editor, account):
    campaign = CampaignFactory(brand=account.brand)
    typed = {"title": "Winter menu", "body": "Soup", "brand": account.brand_id, "campaign": campaign.pk}

    made = editor.post("/content/add/", {**typed, "link": "https://lumen.example", "utm_source": "{platform}"})
    content = ContentItem.objects.get(is_placeholder=False)
    was = (content.campaign, content.utm)
    editor.post(f"/content/{content.pk}/", {**typed, "campaign": "", "title": "Spring menu", "version": "1"})
    content.refresh_from_db()
    now_is = (content.title, content.campaign, content.version)
    deleted = editor.post(f"/content/{content.pk}/delete/")

    assert (made.url, was) == ("/content/", (campaign, {"source": "{platform}"}))
    assert now_is == ("Spring menu", None, 2)
    assert deleted.url == "/content/"
    assert not ContentItem.objects.filter(is_placeholder=False).exists()
    events = LedgerEvent.objects.order_by("id").values_list("event_type", flat=True)
    assert list(events) == ["content_created", "content_changed", "content_deleted"]


def test_a_text_that_somebody_changed_meanwhile_is_not_overwritten(editor, account):
    content = add(account, "Winter menu")
    ContentItem.objects.filter(pk=content.pk).update(version=3, title="Theirs")

    answer = editor.post(
        f"/content/{content.pk}/", {"title": "Mine", "body": "x", "brand": account.brand_id, "version": "1"}
    )

    assert answer.status_code == 412
    assert Markup(answer).one("input", name="version")["value"] == "3"
    assert "Somebody else changed this text meanwhile" in Markup(answer).text()
    assert Markup(answer).one("input", name="title")["value"] == "Mine"
    content.refresh_from_db()
    assert content.title == "Theirs"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "This field is required."),
        ({"body": "", "link": ""}, "Write what the post says, or give it a link."),
        ({"brand": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_is_refused_beside_what_was_typed(editor, account, typed, sentence):
    given = {"title": "Winter menu", "body": "Soup", "brand": account.brand_id, **typed}

    answer = editor.post("/content/add/", given)

    assert answer.status_code == 422
    assert sentence in Markup(answer).text()
    assert not ContentItem.objects.filter(is_placeholder=False).exists()


def test_content_with_posts_is_not_deleted(editor, shelf):
    answer = editor.post(f"/content/{shelf['timed'].pk}/delete/")

    assert "cannot be deleted: 1 post belongs to it. Skip or cancel its posts instead" in said(answer)[0]
    assert ContentItem.objects.filter(pk=shelf["timed"].pk).exists()


def test_how_it_looks_on_each_platform_stands_beside_it(editor, account):
    ChannelAccountFactory(brand=account.brand, platform="linkedin", name="Café Lumen")
    content = add(account, "Winter menu", body="Soup and rye")

    page = Markup(editor.get(f"/content/{content.pk}/"))

    assert {one["data-preview"] for one in page.all("article", "preview")} == {"x", "linkedin"}
    assert {one["data-counter"] for one in page.all("span", "counter")} == {"x", "linkedin"}


def test_files_stay_where_they_are_when_the_words_change(editor, account, media):
    content = add(account, "Winter menu")
    Attachment.objects.create(content_item=content, media=media)
    typed = {"title": "Spring", "body": "Soup", "brand": account.brand_id, "version": "1"}

    shown = Markup(editor.get(f"/content/{content.pk}/")).all("li", "file")
    editor.post(f"/content/{content.pk}/", {**typed, "has_media": "1", "media": str(media.pk)})

    assert len(shown) == 1
    assert content.attachments.count() == 1
    assert Markup(editor.get("/content/")).one("img", "content-picture")["src"] == f"/media/{media.pk}/small/"


@pytest.fixture
def media(account):
    """A picture of the brand."""
    return account.workspace.media.create(
        brand=account.brand, kind="image", name="cup.png", file="cup.png", content_type="image/png", size=9, sha256="0"
    )


def test_who_only_reads_writes_nothing_and_others_find_nothing(signed_in, shelf, account):
    key = shelf["waiting"].pk
    viewer, stranger = signed_in("viewer"), signed_in("stranger")

    assert viewer.get("/content/").status_code == 200
    assert viewer.get("/content/add/").status_code == 403
    for action in ("", "delete/", "next-free/"):
        assert viewer.post(f"/content/{key}/{action}").status_code == 403
        assert stranger.post(f"/content/{key}/{action}", {"account": account.pk}).status_code == 404
