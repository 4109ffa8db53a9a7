"""The calendar's views in a real browser: what a week looks like, the phone, American habits, and no script at all."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from campaigns.tests.factories import ContentItemFactory
from scheduling.tests.factories import NOW, PostInstanceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 390, "height": 844}}
SIX = NOW.replace(hour=17)


def test_a_week_opens_at_the_morning_and_its_posts_stand_at_their_hours_side_by_side(open_page, plan):
    for minutes in (0, 15):
        PostInstanceFactory(channel_account=plan["account"], scheduled_for=SIX + timedelta(minutes=minutes))
    page = open_page("/calendar/?view=week&day=2026-11-20")

    grid = page.locator("#week-grid")
    boxes = [chip.bounding_box() for chip in page.locator("#day-2026-11-20 a.chip").all()]
    hours = page.locator("#day-2026-11-20 .hours-of-day").bounding_box()

    assert grid.evaluate("grid => grid.scrollTop") > 0
    assert [round((box["y"] - hours["y"]) / hours["height"] * 96) for box in boxes] == [72, 73]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]


def test_american_readers_get_their_weeks_and_their_clock(open_page, plan):
    PostInstanceFactory(channel_account=plan["account"], scheduled_for=SIX, content_item__title="Meet Ana")

    page = open_page("/calendar/?month=2026-11", locale="en-US")

    expect(page.get_by_role("columnheader").nth(1)).to_have_text("Sun")
    expect(page.get_by_role("link", name="Scheduled 6:00 pm X Meet Ana")).to_be_visible()


@pytest.mark.parametrize("view", ["month", "week", "agenda"])
def test_each_view_fits_a_phone_as_a_list_of_days(open_page, plan, view):
    PostInstanceFactory(channel_account=plan["account"], scheduled_for=SIX, content_item__title="Meet Ana")
    ContentItemFactory(brand=plan["account"].brand, title="Not yet")

    page = open_page(f"/calendar/?view={view}&tray=1", **PHONE)

    chip = page.locator("#day-2026-11-20 a.chip")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["viewport"]["width"]
    assert chip.bounding_box()["width"] > 240
    expect(page.get_by_text("Not yet")).to_be_visible()


def test_without_a_script_views_accounts_and_the_tray_are_links(open_page, plan):
    PostInstanceFactory(channel_account=plan["account"], scheduled_for=SIX, content_item__title="Meet Ana")
    ContentItemFactory(brand=plan["account"].brand, title="Not yet")
    page = open_page("/calendar/?month=2026-11", java_script_enabled=False)

    page.get_by_role("link", name="Week", exact=True).click()
    expect(page.get_by_role("link", name="Scheduled 18:00 X Meet Ana")).to_be_visible()
    page.get_by_role("link", name="Next week").click()
    expect(page).to_have_url(re.compile(r"day=2026-11-27&view=week"))
    page.get_by_role("link", name="Unscheduled 1").click()
    expect(page.get_by_text("Not yet")).to_be_visible()
    page.get_by_role("link", name="Agenda").click()

    expect(page.locator("#plan")).to_have_attribute("data-view", "agenda")
    expect(page.get_by_text("Not yet")).to_be_visible()


def test_a_printed_month_is_the_month_alone(open_page, plan):
    PostInstanceFactory(channel_account=plan["account"], scheduled_for=SIX, content_item__title="Meet Ana")
    page = open_page("/calendar/?month=2026-11&tray=1")

    page.emulate_media(media="print")

    expect(page.get_by_role("link", name="Scheduled 18:00 X Meet Ana")).to_be_visible()
    expect(page.get_by_role("heading", name="November 2026")).to_be_visible()
    for around in (".bar", ".sidebar", ".tray", ".views"):
        expect(page.locator(around).first).to_be_hidden()
