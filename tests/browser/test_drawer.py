"""The drawer beside the calendar: counters and previews that follow, files, and text that survives a closed tab."""

import re

import pytest
from playwright.sync_api import expect

from campaigns.models import ContentItem
from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.rules.lengths import length
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from scheduling.tests.rules.test_lengths import TABLE
from scheduling.tests.uploads import picture
from scheduling.views.composing import TABLES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOVEMBER = "/calendar/?month=2026-11"
# The table's own texts, and what a person may paste.
TEXTS = [*(row[0] for row in TABLE), "#lumen (new) @ana_", "x" * 300, "https://a.example/é?b=(c) ¡olé! 👩🏽‍🍳☕️"]
UNITS = ("weighted", "graphemes", "characters", "utf16", "bytes", "escaped")


@pytest.fixture
def post(plan):
    """A post this evening, which stands on X and on LinkedIn."""
    account = plan["account"]
    content = ContentItemFactory(brand=account.brand, title="Meet Ana", body="Two burnt batches.")
    other = ChannelAccountFactory(brand=account.brand, platform="linkedin", name="Café Lumen")
    PostInstanceFactory(channel_account=other, content_item=content, scheduled_for=NOW.replace(hour=16))
    return PostInstanceFactory(channel_account=account, content_item=content, scheduled_for=NOW.replace(hour=17))


@pytest.fixture(autouse=True)
def _files_on_disk(settings, tmp_path):
    """Keep files on a disk: of those in memory, two who read one at once share their place in it."""
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": on_disk}


def drawer_of(page):
    page.locator("a.chip", has_text="Meet Ana").last.click()
    drawer = page.locator("#drawer")
    expect(drawer.get_by_label("Text", exact=True)).to_be_visible()
    return drawer


def test_the_browser_counts_as_the_server_does(open_page, plan):
    page = open_page(NOVEMBER)
    counted = """async ([address, tables, texts, units]) => {
      const { length } = await import(address);
      const known = JSON.parse(tables);
      return texts.map((text) => units.map((unit) => length(text, unit, known)));
    }"""

    found = page.evaluate(counted, ["/static/js/counter.js", TABLES, TEXTS, UNITS])

    assert found == [[length(text, unit) for unit in UNITS] for text in TEXTS]


def test_counters_and_previews_follow_what_is_typed(open_page, post):
    page = open_page(NOVEMBER)
    drawer = drawer_of(page)
    on_x = drawer.locator("[data-counter=x]")

    drawer.get_by_label("Text", exact=True).fill("Come and taste #lumen ☕ " + "a" * 280)
    drawer.get_by_label("Link").fill("https://lumen.example/menu")

    expect(page).to_have_url(re.compile(f"/calendar/posts/{post.pk}/"))
    expect(on_x).to_have_class(re.compile("counter-over"))
    expect(on_x.locator("[data-count]")).to_have_text(
        str(length("Come and taste #lumen ☕ " + "a" * 280, "weighted") + 25)
    )
    expect(drawer.locator("[data-said]")).to_contain_text("Too long for X, @cafelumen by ")
    expect(drawer.locator("[data-preview=x] .preview-link").first).to_have_text("#lumen")
    expect(drawer.locator("[data-preview=linkedin] [data-preview-domain]")).to_have_text("lumen.example")
    expect(drawer.locator("[data-preview=linkedin] [data-preview-more]")).to_be_attached()


def test_a_save_stays_in_the_drawer_and_changes_the_day_beside_it(open_page, post):
    page = open_page(NOVEMBER)
    drawer = drawer_of(page)

    drawer.get_by_label("Title").fill("Meet Ana, our roaster")
    drawer.get_by_role("button", name="Save").click()

    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(page.locator("#plan a.chip", has_text="Meet Ana, our roaster").last).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('unsaved:'))") == []
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(page).to_have_url(re.compile("month=2026-11"))


def test_a_refusal_keeps_what_was_typed(open_page, post):
    page = open_page(NOVEMBER)
    drawer = drawer_of(page)

    drawer.get_by_label("Text", exact=True).fill("a" * 292)
    drawer.get_by_role("button", name="Save").click()

    expect(drawer.locator(".errorlist")).to_contain_text("Too long for X by 12: 292 of 280.")
    expect(drawer.get_by_label("Text", exact=True)).to_have_value("a" * 292)


def test_a_slot_is_filled_beside_the_calendar_with_a_picture(open_page, plan):
    SlotFactory(channel_account=plan["account"], scheduled_for=NOW.replace(hour=17))
    page = open_page(NOVEMBER)
    page.locator("a.chip[data-slot]").click()
    drawer = page.locator("#drawer")

    drawer.get_by_label("Title").fill("The autumn blend")
    drawer.get_by_label("Text", exact=True).fill("It is here.")
    files = [
        {"name": name, "mimeType": "image/png", "buffer": picture(size=(40, 30))} for name in ("one.png", "two.png")
    ]
    drawer.locator("input[type=file]").set_input_files(files)
    drawer.get_by_label("What two.png shows").fill("A cup")
    drawer.get_by_role("button", name="two.png earlier").click()
    expect(drawer.locator("[data-preview-media] img")).to_have_count(2)
    drawer.get_by_role("button", name="Schedule").first.click()

    expect(drawer.get_by_role("heading", name="The autumn blend")).to_be_visible()
    content = ContentItem.objects.get(title="The autumn blend")
    assert [(one.media.name, one.media.alt_text) for one in content.attachments.select_related("media")] == [
        ("two.png", "A cup"),
        ("one.png", ""),
    ]
    assert PostInstance.objects.get().status == Status.SCHEDULED


UNSAVED = "Object.keys(localStorage).filter((name) => name.startsWith('unsaved:')).length"


def wait_until_kept(page):
    """Wait for the script, which waits a moment for another key."""
    for _ in range(300):
        if page.evaluate(UNSAVED):
            return
        page.wait_for_timeout(100)
    raise AssertionError("what was typed is not kept")


def test_what_is_typed_before_the_script_has_come_is_kept_too(open_page, post):
    page = open_page(NOVEMBER)
    held = []
    page.route("**/js/unsaved*.js", lambda route: held.append(route))  # noqa: PLW0108 — Playwright marks what it calls.
    with page.expect_request("**/js/unsaved*.js"):
        drawer = drawer_of(page)
    drawer.get_by_label("Text", exact=True).fill("Faster than the script.")
    held[0].continue_()

    wait_until_kept(page)


def test_what_was_typed_survives_a_closed_tab_until_it_is_saved(open_page, post):
    page = open_page(NOVEMBER)
    context = page.context
    drawer_of(page).get_by_label("Text", exact=True).fill("Three burnt batches, and a lesson.")
    wait_until_kept(page)
    page.close()

    again = context.new_page()
    again.goto(f"/calendar/posts/{post.pk}/")
    again.get_by_role("button", name="Restore what you typed").click()
    expect(again.get_by_label("Text", exact=True)).to_have_value("Three burnt batches, and a lesson.")
    expect(again.locator("[data-preview=x] [data-preview-text]")).to_have_text("Three burnt batches, and a lesson.")
    again.get_by_role("button", name="Save").click()
    expect(again.get_by_role("status").filter(has_text="Saved.")).to_be_visible()

    assert again.evaluate(UNSAVED) == 0
    expect(again.get_by_role("button", name="Restore what you typed")).to_be_hidden()
