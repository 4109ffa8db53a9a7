"""The pages in a real browser: its policy, its scripts, its widths and its colours."""

import re

import pytest
from playwright.sync_api import expect

from scheduling.models import PostInstance, Status
from scheduling.tests.factories import NOW, SlotFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 390, "height": 844}}
LIGHT, DARK = ({"color_scheme": scheme} for scheme in ("light", "dark"))


def background(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


# While an answer is on its way, Playwright asks the page nothing: so the page itself keeps what it looked like.
WATCH_THE_BUTTON = """
new MutationObserver(() => {
  const button = document.querySelector("form[data-busy] button");
  sessionStorage.busy = `${button.form.ariaBusy} ${button.disabled} ${button.children[0].checkVisibility()}`;
}).observe(document.querySelector("form[data-busy]"), {attributes: true, subtree: true});
"""


def test_topping_off_is_busy_and_then_says_how_many(open_page):
    page = open_page("/calendar/?month=2026-11&platform=x")
    page.evaluate(WATCH_THE_BUTTON)

    page.get_by_role("button", name="Top off 28 days").click()

    assert page.evaluate("sessionStorage.busy") == "true true true"
    expect(page.get_by_role("status")).to_contain_text("Created 28 new slots, skipped 0 existing")
    expect(page).to_have_url(re.compile(r"/calendar/\?month=2026-11&platform=x$"))
    page.get_by_role("button", name="Close this message").click()
    expect(page.get_by_role("status")).to_be_empty()


def test_a_slot_is_filled_from_the_calendar_and_stands_there(open_page, plan):
    SlotFactory(channel_account=plan["account"], scheduled_for=NOW.replace(hour=17))
    page = open_page("/calendar/?month=2026-11")

    page.get_by_role("link", name="Open slot 18:00 X Fill").click()
    page.get_by_label("Title").fill("Meet Ana, our head roaster")
    page.get_by_label("Text").first.fill("Two burnt batches.\nIn nine years.")
    page.get_by_role("button", name="Schedule").first.click()
    expect(page.locator("#toasts")).to_contain_text("Scheduled for Friday 20 November 2026, 18:00")
    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name="Scheduled 18:00 X Meet Ana")).to_be_visible()
    post = PostInstance.objects.get()
    assert (post.status, post.content_item.body) == (Status.SCHEDULED, "Two burnt batches.\nIn nine years.")


def test_everything_fits_a_phone(open_page, plan):
    slot = SlotFactory(channel_account=plan["account"], scheduled_for=NOW.replace(hour=17))
    post = f"/calendar/posts/{slot.pk}/"
    page = open_page("/calendar/", **PHONE)

    for address in ("/calendar/", "/calendar/day/2026-11-20/", post, "/calendar/new/", "/outbox/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["viewport"]["width"], address
    page.goto("/calendar/")
    page.locator("summary", has_text="Filters").click()
    expect(page.get_by_role("button", name="Apply")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["viewport"]["width"]


@pytest.mark.parametrize("language", ["en-GB", "es-ES"])
def test_a_phone_shows_the_way_to_every_page_and_where_one_is(open_page, language):
    page = open_page("/problems/", locale=language, **PHONE)

    ways = page.locator(".nav a").all()
    here = page.locator(".nav a[aria-current]")

    assert len(ways) == 6
    for one in [*ways, here]:
        expect(one).to_be_in_viewport(ratio=1)


def test_the_colours_follow_the_system(open_page):
    light, dark = (background(open_page("/calendar/", **scheme)) for scheme in (LIGHT, DARK))

    assert (light, dark) == ("rgb(246, 245, 248)", "rgb(21, 18, 25)")


def test_a_menu_closes_with_escape_and_gives_the_focus_back(open_page):
    page = open_page("/calendar/")
    summary = page.locator(".filters-menu summary")

    summary.click()
    page.get_by_label("Platform").focus()
    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="Apply")).to_be_hidden()
    expect(summary).to_be_focused()


def test_without_a_script_the_plan_is_filled_and_filtered(open_page):
    page = open_page("/calendar/?month=2026-11", java_script_enabled=False)

    page.get_by_role("button", name="Top off 28 days").click()
    expect(page.get_by_role("status")).to_contain_text("Created 28 new slots")
    page.locator("summary", has_text="Filters").click()
    page.get_by_label("Status").select_option("published")
    page.get_by_role("button", name="Apply").click()

    expect(page).to_have_url(re.compile("status=published"))
    expect(page.locator("a.chip")).to_have_count(0)
