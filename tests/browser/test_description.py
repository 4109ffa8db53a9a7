"""The description's pages in a real browser: they show it, and the policy stops nothing that they need."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_swagger_ui_shows_the_operations(open_page):
    page = open_page("/docs")

    page.locator(".opblock-tag").first.wait_for(state="attached")
    assert page.title() == "MarketMind API"


def test_redoc_shows_the_operations(open_page):
    page = open_page("/redoc")

    page.get_by_role("heading", name="MarketMind").first.wait_for()
    page.get_by_text("List the post instances").first.wait_for(state="attached")  # In a group that opens.
