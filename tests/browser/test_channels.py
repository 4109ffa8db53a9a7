"""The rules of an account in a real browser: the next two weeks follow what is typed, before anything is saved."""

import pytest
from playwright.sync_api import expect

from scheduling.models import ChannelAccount, PostInstance
from scheduling.services.topoff import top_off
from scheduling.tests.factories import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def rules(open_page, plan, cast):
    """The page of the account's rules, opened by who runs the workspace; its slots of two weeks stand."""
    cast.editor.memberships.update(role="admin")
    top_off(workspace=cast.workspace, days=14, now=NOW, actor="system")
    return lambda **options: open_page(f"/channels/{plan['account'].pk}/", **options)


def test_the_preview_follows_what_is_typed_and_a_save_clears_what_was_left(rules, plan):
    page = rules()
    expect(page.locator(".preview-sum")).to_contain_text("14 slots in two weeks")

    page.get_by_label("Local times").fill("09:00, 20:00")
    expect(page.locator(".preview-sum")).to_contain_text("13 slots in two weeks, 13 of them new")
    page.get_by_label("Posts a week").fill("15")
    expect(page.locator("#preview")).to_contain_text("15 posts a week need 3 times a day; 2 are given.")
    page.get_by_label("Posts a week").fill("14")
    expect(page.locator("#preview")).to_contain_text("14 empty slots that stand now are off this grid")
    before = ChannelAccount.objects.values_list("posts_per_week", "schedule_times").get()
    page.get_by_label("Remove them when I save").check()
    page.get_by_role("button", name="Save").click()

    expect(page.locator(".toast")).to_contain_text("Removed 14 empty slots that were off the grid.")
    assert before == (7, ["18:00"])
    assert ChannelAccount.objects.values_list("posts_per_week", "schedule_times").get() == (14, ["09:00", "20:00"])
    assert not PostInstance.objects.exists()


def test_without_a_script_there_is_a_button_for_the_preview(rules):
    page = rules(java_script_enabled=False)

    page.get_by_label("Local times").fill("20:30")
    page.get_by_role("button", name="Preview").click()

    expect(page.locator(".fortnight")).to_contain_text("20:30")
    expect(page.get_by_label("Local times")).to_have_value("20:30")
    assert ChannelAccount.objects.get().schedule_times == ["18:00"]


@pytest.mark.parametrize("address", ["/channels/", "/queue/", "/campaigns/", "/content/"])
def test_the_pages_fit_a_phone_in_the_dark(rules, open_page, address):
    page = open_page(address, viewport={"width": 390, "height": 800}, color_scheme="dark")

    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("comes", ["in time", "late"])
def test_a_page_stands_before_htmx_and_works_once_it_has_come(rules, comes):
    page, held = rules(), []
    if comes == "late":
        page.route("**/htmx.min*.js", lambda route: held.append(route))  # noqa: PLW0108 (Playwright marks what it calls)
    page.reload(wait_until="domcontentloaded")
    expect(page.locator(".preview-sum")).to_contain_text("14 slots in two weeks")
    for route in held:
        route.continue_()
    page.wait_for_load_state()

    page.get_by_label("Local times").fill("09:00, 20:00")

    expect(page.locator(".preview-sum")).to_contain_text("13 slots in two weeks")
    assert len(held) == (comes == "late")
