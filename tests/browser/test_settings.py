"""The settings in a real browser: a secret that is shown once, and a link that brings somebody in."""

import pytest

from tests.browser.test_every_page import barriers
from workspaces.models import ApiKey, Membership

WORD = "seven-plain-teaspoons"


@pytest.fixture
def owner(plan, cast):
    """Let the owner look."""
    plan["editor"] = cast.owner


@pytest.mark.slow
def test_a_key_is_made_shown_once_and_revoked(owner, open_page):
    page = open_page("/settings/keys/", bypass_csp=True)

    page.get_by_label("Name").fill("n8n flows")
    page.get_by_label("read: see everything").check()
    page.get_by_role("button", name="Make a key").click()
    token = page.get_by_label("The key").input_value()
    found = barriers(page)
    page.get_by_role("link", name="Revoke n8n flows").click()
    found += barriers(page)
    page.get_by_role("button", name="Revoke it").click()
    page.get_by_text("Revoked the key").wait_for()

    assert found == []
    assert token.startswith("mm_")
    assert token not in page.content()
    assert ApiKey.objects.get().revoked_at


@pytest.mark.slow
def test_somebody_new_comes_in_by_their_link(owner, open_page, browser, live_server, settings):
    page = open_page("/settings/team/", bypass_csp=True)
    page.get_by_label("Name to sign in with").fill("lucia")
    page.get_by_role("button", name="Add", exact=True).click()
    path = page.get_by_label("The link").input_value().removeprefix(settings.PUBLIC_URL)

    guest = browser.new_page(viewport={"width": 390, "height": 844}, bypass_csp=True)
    guest.goto(f"{live_server.url}{path}")
    found = barriers(guest)
    guest.get_by_label("New password", exact=True).fill(WORD)
    guest.get_by_label("New password confirmation").fill(WORD)
    guest.get_by_role("button", name="Set the password").click()
    guest.wait_for_url("**/calendar/")
    guest.close()

    assert found == []
    assert Membership.objects.get(user__username="lucia").user.check_password(WORD)
