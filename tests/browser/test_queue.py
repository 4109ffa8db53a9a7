"""The queue in a real browser: what is dragged takes the other's place, and the arrows do the same by keyboard."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from scheduling.models import PostInstance
from scheduling.tests.factories import NOW, PostInstanceFactory, SlotFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLES = ["Winter menu", "Latte art", "Opening hours"]


@pytest.fixture
def posts(plan):
    """Three posts, a day apart."""
    return [
        PostInstanceFactory(
            channel_account=plan["account"],
            scheduled_for=NOW + timedelta(days=place + 1),
            content_item__title=title,
        )
        for place, title in enumerate(TITLES)
    ]


def order():
    return list(PostInstance.objects.order_by("scheduled_for").values_list("content_item__title", flat=True))


def test_a_post_that_is_dragged_takes_the_others_place(open_page, posts):
    page = open_page("/queue/")
    rows = page.locator("[data-place]")

    rows.nth(2).locator(".grip").drag_to(rows.nth(0), target_position={"x": 200, "y": 10})

    expect(rows.nth(0)).to_contain_text("Opening hours")
    expect(page.locator(".toast")).to_contain_text("“Opening hours” stands at Sat 21 Nov, 10:00 now.")
    assert order() == ["Opening hours", "Winter menu", "Latte art"]


def test_the_arrows_move_a_post_by_keyboard_and_keep_the_focus_on_it(open_page, posts):
    page = open_page("/queue/")
    later = page.locator(f"#later-{posts[0].pk}")

    later.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-place]").nth(1)).to_contain_text("Winter menu")
    expect(later).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("[data-place]").nth(2)).to_contain_text("Winter menu")
    assert order() == ["Latte art", "Opening hours", "Winter menu"]


def test_without_a_script_the_arrows_work_and_there_is_no_handle(open_page, posts):
    page = open_page("/queue/", java_script_enabled=False)

    page.locator(f"#earlier-{posts[1].pk}").click()

    expect(page.locator("[data-place]").nth(0)).to_contain_text("Latte art")
    assert page.locator(".grip").first.is_hidden()
    assert order() == ["Latte art", "Winter menu", "Opening hours"]


def test_alt_and_an_arrow_move_the_place_in_focus_and_say_so(open_page, posts):
    page = open_page("/queue/")
    place = page.locator(f"#place-{posts[1].pk}")

    page.locator(f"#place-{posts[0].pk}").focus()
    page.keyboard.press("ArrowDown")
    expect(place).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[data-place]").nth(0)).to_contain_text("Latte art")
    expect(page.get_by_role("status")).to_contain_text("“Latte art” stands at Sat 21 Nov, 10:00 now.")
    expect(place).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")

    expect(page.locator("#live")).to_have_text("It stands at the end: there is no place beyond.")
    assert order() == ["Latte art", "Winter menu", "Opening hours"]


def test_an_open_slot_is_filled_beside_the_queue(open_page, plan):
    slot = SlotFactory(channel_account=plan["account"], scheduled_for=NOW + timedelta(days=1))
    page = open_page("/queue/")
    drawer = page.locator("#drawer")

    page.get_by_role("link", name="Fill this slot").click()
    expect(page).to_have_url(re.compile(f"/calendar/posts/{slot.pk}/"))
    drawer.get_by_label("Title").fill("The autumn blend")
    drawer.get_by_label("Text", exact=True).fill("It is here.")
    drawer.get_by_role("button", name="Schedule").first.click()
    expect(drawer.get_by_role("heading", name="The autumn blend")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page).to_have_url(re.compile("/queue/$"))
    expect(page.locator("[data-place]")).to_contain_text("The autumn blend")
