"""The queue in a real browser: what is dragged takes the other's place, and the arrows do the same by keyboard."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from scheduling.models import PostInstance
from scheduling.tests.factories import NOW, PostInstanceFactory

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
