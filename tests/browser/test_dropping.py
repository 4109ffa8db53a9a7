"""Dropping on the calendar, by finger and from the tray."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import ChannelAccountFactory, PostInstanceFactory
from tests.browser.test_moving import BRITISH, at, chip, day, drag, toast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EVENING = datetime(2026, 11, 24, 18, 0, tzinfo=ZoneInfo("Europe/Madrid"))
MONTH = "/calendar/?month=2026-11"
TABLET = {"viewport": {"width": 1024, "height": 1100}, "has_touch": True}


class Finger:
    """One finger on the glass, as the browser feels it."""

    def __init__(self, page):
        self.felt = page.context.new_cdp_session(page)

    def _touch(self, kind, *points):
        self.felt.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    def rests_on(self, element):
        box = element.bounding_box()
        self.at = (box["x"] + 30, box["y"] + box["height"] / 2)
        self._touch("touchStart", self.at)

    def goes_to(self, element):
        box, (x, y) = element.bounding_box(), self.at
        there = (box["x"] + box["width"] / 2, box["y"] + box["height"] - 9)
        for step in range(1, 7):
            self._touch("touchMove", (x + (there[0] - x) * step / 6, y + (there[1] - y) * step / 6))

    def lifts(self):
        self._touch("touchEnd")

    def slips_up(self):
        self._touch("touchMove", (self.at[0], self.at[1] - 40))


@pytest.fixture
def ana(plan):
    """A post on Tuesday evening."""
    words = {"content_item__title": "Meet Ana", "content_item__brand": plan["account"].brand}
    return PostInstanceFactory(channel_account=plan["account"], scheduled_for=EVENING, **words)


def test_a_finger_that_rests_on_a_post_lifts_it_and_drags_it_to_another_day(open_page, ana):
    page = open_page(MONTH, **TABLET)
    finger = Finger(page)

    finger.rests_on(chip(page, ana))
    expect(page.locator(".ghost")).to_be_visible()
    finger.goes_to(day(page, "2026-11-26"))
    expect(page.locator(".drop-here")).to_have_id("day-2026-11-26")
    finger.lifts()

    expect(toast(page)).to_contain_text("Moved to Thu 26 Nov, 18:00.")
    expect(day(page, "2026-11-26").locator(".chip", has_text="Meet Ana")).to_be_visible()
    assert at(ana) == EVENING + timedelta(days=2)


def test_a_finger_that_goes_on_at_once_scrolls_and_lifts_nothing(open_page, ana):
    page = open_page(MONTH, **TABLET)
    page.clock.install()
    finger = Finger(page)

    finger.rests_on(chip(page, ana))
    finger.slips_up()
    page.clock.run_for(1000)

    expect(page.locator(".ghost")).to_have_count(0)
    finger.lifts()
    assert at(ana) == EVENING


def test_content_that_is_dropped_on_a_day_asks_for_which_of_several_accounts(open_page, plan):
    brand = plan["account"].brand
    content = ContentItemFactory(brand=brand, title="Gift guide")
    other = ChannelAccountFactory(brand=brand, platform="linkedin", name="Café Lumen", schedule_times=["09:30"])
    page = open_page(f"{MONTH}&tray=1", **BRITISH)

    drag(page, page.locator("#tray [data-content]"), day(page, "2026-11-26"))
    question = page.get_by_role("dialog", name="On which account shall “Gift guide” stand?")
    expect(question).to_be_visible()
    assert not PostInstance.objects.exists()
    question.get_by_role("radio", name="Café Lumen").check()
    question.get_by_role("button", name="Put it there").click()

    expect(toast(page)).to_contain_text("“Gift guide” is a draft for Thu 26 Nov, 09:30 on Café Lumen.")
    expect(question).to_be_hidden()
    expect(page.locator("#tray [data-content]")).to_have_count(0)
    post = PostInstance.objects.get()
    assert (post.channel_account, post.content_item, post.status) == (other, content, Status.DRAFT)


def test_the_question_for_an_account_can_be_left_and_nothing_has_moved(open_page, plan):
    content = ContentItemFactory(brand=plan["account"].brand, title="Gift guide")
    ChannelAccountFactory(brand=plan["account"].brand, platform="linkedin", name="Café Lumen")
    page = open_page(f"{MONTH}&tray=1", **BRITISH)

    drag(page, page.locator("#tray [data-content]"), day(page, "2026-11-26"))
    page.get_by_role("button", name="Leave it in the tray").click()

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(f'#tray [data-content="{content.pk}"]')).to_be_visible()
    assert not PostInstance.objects.exists()
