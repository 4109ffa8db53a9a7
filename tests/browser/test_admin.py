"""The admin in a browser: no complaint under the policy of the site, and nothing that WCAG 2.2 A or AA forbids."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from campaigns.tests.factories import CampaignFactory, ContentItemFactory
from scheduling.models import Blackout, PostInstance, Status
from scheduling.tests.factories import NOW, PostInstanceFactory
from workspaces.admin.display import admin_list_url, admin_url
from workspaces.models import LedgerEvent

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE = {"width": 390, "height": 844}
PAGES = {
    "index": lambda it: "/admin/",
    "status": lambda it: "/admin/status/",
    "posts": lambda it: admin_url(PostInstance, "changelist"),
    "failed posts": lambda it: admin_list_url(PostInstance, status__exact=Status.FAILED),
    "no posts": lambda it: admin_list_url(PostInstance, status__exact=Status.UNCONFIRMED),
    "a slot": lambda it: admin_url(PostInstance, "change", it["slot"].pk),
    "a post": lambda it: admin_url(PostInstance, "change", it["failed"].pk),
    "schedule a post": lambda it: admin_url(PostInstance, "add"),
    "accounts": lambda it: admin_url(it["account"], "changelist"),
    "an account": lambda it: admin_url(it["account"], "change", it["account"].pk),
    "a content item": lambda it: admin_url(it["content"], "change", it["content"].pk),
    "a campaign": lambda it: admin_url(it["campaign"], "change", it["campaign"].pk),
    "delete a campaign": lambda it: admin_url(it["campaign"], "delete", it["campaign"].pk),
    "history of a campaign": lambda it: admin_url(it["campaign"], "history", it["campaign"].pk),
    "a new blackout": lambda it: admin_url(Blackout, "add"),
    "ledger": lambda it: admin_url(LedgerEvent, "changelist"),
    "password": lambda it: "/admin/password_change/",
}


@pytest.fixture
def there(plan, cast):
    """Return what stands in the admin: a slot, a failed post, content, a campaign; the person administers it."""
    account = plan["account"]
    plan["editor"] = cast.owner
    campaign = CampaignFactory(brand=account.brand, name="Winter menu")
    content = ContentItemFactory(brand=account.brand, campaign=campaign, title="The gull is on the chair again")
    post = {"channel_account": account, "content_item": content, "campaign": campaign}
    failed = PostInstanceFactory(
        **post, status=Status.FAILED, scheduled_for=NOW - timedelta(hours=3), reason="No word."
    )
    slot = PostInstanceFactory(channel_account=account, status=Status.PLANNED, scheduled_for=NOW + timedelta(hours=2))
    return {"account": account, "campaign": campaign, "content": content, "failed": failed, "slot": slot}


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.soak)])
def test_no_page_has_what_wcag_forbids(there, open_page, scheme):
    page = open_page("/admin/", color_scheme=scheme, bypass_csp=True, viewport={"width": 1440, "height": 900})

    found = {}
    for name, address in PAGES.items():
        page.goto(address(there))
        page.wait_for_load_state("networkidle")
        answer = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
        for violation in answer.response["violations"]:
            found.setdefault(f"{violation['id']}: {violation['nodes'][0]['html'][:200]}", []).append(name)

    assert found == {}


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1440, "height": 900}], ids=["phone", "desktop"])
def test_every_page_works_under_the_policy_of_the_site_and_fits(there, open_page, viewport):
    page = open_page("/admin/", viewport=viewport)

    wide = []
    for name, address in PAGES.items():
        page.goto(address(there))
        page.wait_for_load_state("networkidle")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(name)

    assert wide == []  # A complaint on the console fails the test, too: nothing was blocked.


def test_filters_open_by_keyboard_and_are_applied_together(there, open_page):
    page = open_page(admin_url(PostInstance, "changelist"), viewport={"width": 1440, "height": 900})
    panel = page.get_by_role("dialog", name="Filters")
    page.get_by_role("button", name="Filters").press("Enter")

    panel.get_by_label("status").select_option("failed")
    panel.get_by_label("From (day)").fill("2026-11-20")
    panel.get_by_role("button", name="Apply Filters").click()

    page.wait_for_url("**status__exact=failed**")
    assert "scheduled_for_from=2026-11-20" in page.url
    assert page.locator("#result_list tbody tr").count() == 1


def test_escape_closes_the_filters_and_gives_the_focus_back(there, open_page):
    page = open_page(admin_url(PostInstance, "changelist"))
    button = page.get_by_role("button", name="Filters")
    button.press("Enter")
    page.get_by_role("dialog", name="Filters").wait_for()

    page.keyboard.press("Escape")

    page.get_by_role("dialog", name="Filters").wait_for(state="hidden")
    assert button.evaluate("button => button === document.activeElement")


def test_a_slot_is_filled_with_content_that_is_found_by_typing(there, open_page):
    page = open_page(admin_url(PostInstance, "change", there["slot"].pk), viewport={"width": 1440, "height": 900})
    page.get_by_role("combobox", name="Content").click()
    page.get_by_role("searchbox").fill("gull")

    page.get_by_role("option", name="The gull is on the chair again").click()
    page.get_by_role("button", name="Fill and schedule").click()

    page.get_by_text("Filled. Now: scheduled").wait_for()
    there["slot"].refresh_from_db()
    assert there["slot"].status == Status.SCHEDULED


def test_an_action_is_run_on_what_is_chosen_and_can_be_seen_in_the_dark(there, open_page):
    size = {"width": 1440, "height": 900}
    page = open_page(admin_url(PostInstance, "changelist"), viewport=size, color_scheme="dark", bypass_csp=True)
    page.get_by_role("checkbox", name="Select record").first.check()
    page.get_by_role("combobox", name="Action").select_option(label="Skip for good")

    answer = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    page.get_by_role("button", name="Run").click()

    page.get_by_text("Skipped: 1 of 1.").wait_for()
    assert [one["id"] for one in answer.response["violations"]] == []


def test_the_menu_opens_and_closes_on_a_phone(there, open_page):
    page = open_page("/admin/", viewport=PHONE)
    menu = page.get_by_role("navigation", name="Admin")
    assert not menu.is_visible()

    page.get_by_role("button", name="Navigation", exact=True).click()
    menu.get_by_role("link", name="Campaigns").click()

    page.wait_for_url("**/admin/campaigns/campaign/")


def test_charts_and_lists_are_there_without_a_script(there, open_page):
    page = open_page("/admin/", java_script_enabled=False)

    assert page.get_by_role("link", name="1 Failed").is_visible()
    assert page.get_by_role("heading", name="Delay").is_visible()
