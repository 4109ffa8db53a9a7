"""Moving on the calendar in a real browser: by drag, by keys, many at once, and back."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import PostInstanceFactory, SlotFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MADRID = ZoneInfo("Europe/Madrid")
EVENING = datetime(2026, 11, 24, 18, 0, tzinfo=MADRID)
DAY = timedelta(days=1)
MONTH = "/calendar/?month=2026-11"
BRITISH = {"locale": "en-GB", "viewport": {"width": 1440, "height": 1000}}


@pytest.fixture
def ana(plan):
    return make(plan, "Meet Ana", EVENING)


def make(plan, title, at):
    words = {"content_item__title": title, "content_item__brand": plan["account"].brand}
    return PostInstanceFactory(channel_account=plan["account"], scheduled_for=at, **words)


def chip(page, post):
    return page.locator(f'#plan a.chip[data-post="{post.pk}"]')


def day(page, date):
    return page.locator(f"#day-{date}")


def drag(page, source, target, *, let_go=True):
    """Drag with the mouse, in steps as a hand does."""
    start, end = source.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + 30, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] + 16)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] - 9, steps=6)
    if let_go:
        page.mouse.up()


def at(post):
    return PostInstance.objects.get(pk=post.pk).scheduled_for


def toast(page):
    return page.locator("#toasts .toast").last


def test_a_post_is_dragged_to_another_day_and_brought_back(open_page, plan, ana):
    page = open_page(MONTH, **BRITISH)

    drag(page, chip(page, ana), day(page, "2026-11-26"))

    expect(day(page, "2026-11-26").locator(".chip", has_text="Meet Ana")).to_be_visible()
    expect(toast(page)).to_contain_text("Moved to Thu 26 Nov, 18:00.")
    assert at(ana) == EVENING + 2 * DAY
    toast(page).get_by_role("button", name="Undo").click()
    expect(day(page, "2026-11-24").locator(".chip", has_text="Meet Ana")).to_be_visible()
    assert at(ana) == EVENING


def test_a_past_day_looks_refused_and_says_why(open_page, plan, ana):
    page = open_page(MONTH, **BRITISH)

    drag(page, chip(page, ana), day(page, "2026-11-18"), let_go=False)
    expect(page.locator(".drop-no")).to_have_id("day-2026-11-18")
    page.mouse.up()

    expect(toast(page)).to_contain_text("2026-11-18 18:00 is in the past.")
    expect(day(page, "2026-11-24").locator(".chip", has_text="Meet Ana")).to_be_visible()
    assert at(ana) == EVENING


def test_escape_lets_go_and_a_click_still_opens(open_page, plan, ana):
    page = open_page(MONTH, **BRITISH)

    drag(page, chip(page, ana), day(page, "2026-11-26"), let_go=False)
    page.keyboard.press("Escape")
    page.mouse.up()

    expect(page.locator(".ghost")).to_have_count(0)
    assert at(ana) == EVENING
    chip(page, ana).click()
    expect(page.locator("#drawer")).to_contain_text("Meet Ana")


def test_several_that_are_selected_move_together(open_page, plan, ana):
    ben = make(plan, "Meet Ben", EVENING + DAY)
    page = open_page(MONTH, **BRITISH)
    chip(page, ana).click(modifiers=["Control"])
    chip(page, ben).click(modifiers=["Shift"])
    expect(page.locator("#many")).to_contain_text("2 selected")

    drag(page, chip(page, ben), day(page, "2026-11-27"))

    expect(toast(page)).to_contain_text("2 posts moved.")
    assert (at(ana), at(ben)) == (EVENING + 2 * DAY, EVENING + 3 * DAY)


def test_a_post_is_moved_and_selected_by_keys_alone(open_page, plan, ana):
    ben = make(plan, "Meet Ben", EVENING + DAY)
    page = open_page(MONTH, **BRITISH)
    chip(page, ana).focus()

    page.keyboard.press("ArrowRight")
    expect(chip(page, ben)).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(toast(page)).to_contain_text("Moved to Wed 2 Dec, 18:00.")
    expect(chip(page, ben)).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator("#many")).to_contain_text("1 selected")
    page.keyboard.press("v")
    page.locator("#move-to").get_by_label("Time").fill("19:30")
    page.get_by_role("button", name="Move", exact=True).click()

    expect(toast(page)).to_contain_text("Moved to Wed 2 Dec, 19:30.")
    assert at(ben) == EVENING + 8 * DAY + timedelta(hours=1, minutes=30)
    page.keyboard.press("Escape")
    expect(page.locator("#many")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_a_post_that_is_moved_before_htmx_has_come_is_moved_when_the_page_can_show_it(open_page, plan, ana):
    page, held = open_page("/queue/", **BRITISH), []
    page.route("**/htmx.min*.js", lambda route: held.append(route))  # noqa: PLW0108 (Playwright marks what it calls)
    page.goto(MONTH, wait_until="domcontentloaded")
    expect(page.locator("#plan a.chip[tabindex='0']")).to_have_count(1)  # The keys are heard.
    chip(page, ana).focus()
    page.keyboard.press("Alt+ArrowRight")
    page.wait_for_timeout(500)
    before = at(ana)

    held.pop().continue_()

    expect(day(page, "2026-11-25").locator("a.chip")).to_have_count(1)
    expect(toast(page).get_by_role("button", name="Undo")).to_be_visible()
    assert (before, at(ana)) == (EVENING, EVENING + DAY)


def test_the_rest_of_a_queue_is_shifted_from_the_bar(open_page, plan, ana):
    ben = make(plan, "Meet Ben", EVENING + DAY)
    page = open_page(MONTH, **BRITISH)
    chip(page, ana).locator(".chip-status").click()

    page.get_by_role("button", name="Shift the queue").click()

    expect(toast(page)).to_contain_text("2 posts moved.")
    expect(page.locator("#many")).to_be_hidden()
    assert (at(ana), at(ben)) == (EVENING + DAY, EVENING + 2 * DAY)


def test_in_a_week_a_post_snaps_to_a_quarter_of_an_hour(open_page, plan, ana):
    page = open_page("/calendar/?view=week&day=2026-11-24", **BRITISH)
    source, there = chip(page, ana), day(page, "2026-11-26")
    source.scroll_into_view_if_needed()
    hour = there.locator(".hours-of-day").bounding_box()["height"] / 24
    start, end = source.bounding_box(), there.bounding_box()

    page.mouse.move(start["x"] + 20, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(end["x"] + 20, start["y"] + 5 - hour * 1.05, steps=6)
    expect(page.locator(".ghost-when")).to_have_text(re.compile(r"^Thu,? 26 Nov 17:00$"))
    page.mouse.up()

    expect(toast(page)).to_contain_text("Moved to Thu 26 Nov, 17:00.")
    assert at(ana) == EVENING + 2 * DAY - timedelta(hours=1)
    chip(page, ana).focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(toast(page)).to_contain_text("Moved to Thu 26 Nov, 17:15.")


def test_content_of_the_tray_is_dropped_on_a_slot(open_page, plan):
    content = ContentItemFactory(brand=plan["account"].brand, title="Gift guide")
    slot = SlotFactory(channel_account=plan["account"], scheduled_for=EVENING)
    page = open_page(f"{MONTH}&tray=1", **BRITISH)

    drag(page, page.locator("#tray [data-content]"), chip(page, slot))

    expect(toast(page)).to_contain_text("“Gift guide” is a draft for Tue 24 Nov, 18:00 on @cafelumen.")
    expect(page.locator("#tray [data-content]")).to_have_count(0)
    slot.refresh_from_db()
    assert (slot.status, slot.content_item) == (Status.DRAFT, content)
    toast(page).get_by_role("button", name="Undo").click()
    expect(page.locator("#tray [data-content]")).to_have_count(1)


def test_a_key_typed_in_a_field_is_a_letter(open_page, plan, ana):
    page = open_page(MONTH, **BRITISH)
    chip(page, ana).focus()
    page.keyboard.press("x")
    page.locator("#many summary", has_text="Label").click()
    page.get_by_label("Labels").press_sequentially("t?wx")

    expect(page.get_by_label("Labels")).to_have_value("t?wx")
    page.get_by_role("button", name="Add").click()
    expect(toast(page)).to_contain_text("The labels of 1 content item changed.")
    expect(page).to_have_url(re.compile("month=2026-11$"))


def test_single_keys_lead_through_the_calendar(open_page, plan):
    page = open_page(MONTH, **BRITISH)

    page.keyboard.press("w")  # Each leads to another page, which hears the next key once it is there.
    page.wait_for_url(re.compile("view=week"))
    expect(page.locator("#plan")).to_have_attribute("data-view", "week")
    page.keyboard.press("a")
    page.wait_for_url(re.compile("view=agenda"))
    expect(page.locator("#plan")).to_have_attribute("data-view", "agenda")
    page.keyboard.press("n")
    page.wait_for_url(re.compile("/calendar/new/"))
    page.goto(MONTH)
    page.keyboard.press("/")

    expect(page.locator("#search")).to_be_focused()
