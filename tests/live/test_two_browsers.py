"""Two people look at the same plan: what one does, the other sees without loading the page again."""

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import MISSING, executable

pytestmark = pytest.mark.slow
PASSWORD = "look-around"


@pytest.fixture
def two_pages(ledger):
    """The calendar of the demo in two browsers, both signed in."""
    if executable() is None:
        pytest.skip(MISSING)
    ledger.installation.manage(
        "shell",
        "-c",
        "from django.contrib.auth.models import User; demo = User.objects.get(username='demo');"
        f"demo.set_password('{PASSWORD}'); demo.save()",
    )
    ledger.installation.collect_static()
    with ledger.installation.web() as web, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), args=["--no-sandbox", "--headless=new", "--disable-dev-shm-usage"]
        )
        yield [signed_in(browser.new_context(base_url=str(web.base_url), locale="en-GB").new_page()) for _ in range(2)]
        browser.close()


def signed_in(page: Page) -> Page:
    """Sign in and come to the calendar."""
    page.goto("/login/")
    page.get_by_label("Username").fill("demo")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url("/calendar/")
    return page


def test_what_one_person_does_the_other_sees_without_loading_again(two_pages):
    mine, other = two_pages
    slot = other.locator("#plan [data-post][data-slot]").first
    post = slot.get_attribute("data-post")
    other.evaluate("window.stayed = true")

    mine.goto(slot.get_attribute("href"))
    mine.locator("summary", has_text="Skip").click()
    mine.get_by_role("button", name="Skip").click()

    # Where a day is full, what was skipped makes room for others.
    expect(other.locator(f'#plan [data-post="{post}"].st-planned')).to_have_count(0, timeout=15_000)
    assert other.evaluate("window.stayed")
