"""More posts than one request takes go in parts: the bar shows how far the ledger says it is, as does the way back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance
from scheduling.tests.factories import PostInstanceFactory
from workspaces.errors import Conflict

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST = datetime(2026, 11, 24, 8, 0, tzinfo=ZoneInfo("Europe/Madrid"))
AGENDA = "/calendar/?month=2026-11&view=agenda"
WEEK = timedelta(days=7)


@pytest.fixture
def posts(plan):
    """Sixty posts in five days."""
    content = ContentItemFactory(brand=plan["account"].brand, title="Meet Ana")
    times = [FIRST + timedelta(days=day, hours=hour) for day in range(5) for hour in range(12)]
    common = {"channel_account": plan["account"], "content_item": content}
    return [PostInstanceFactory(scheduled_for=at, **common) for at in times]


@pytest.fixture
def page(open_page, posts):
    """The agenda with all sixty selected; what its parts send waits in `page.held`."""
    page = open_page(AGENDA, viewport={"width": 1440, "height": 900})
    chips = page.locator("#plan a.chip")
    chips.first.click(modifiers=["Control"])
    chips.last.click(modifiers=["Shift"])
    expect(page.locator("#many")).to_contain_text("60 selected")
    page.held = []
    page.route("**/calendar/moves/*", lambda route: page.held.append(route))  # noqa: PLW0108 (Playwright marks it)
    page.get_by_role("button", name="Move a week on").click()
    expect(page.locator("#many")).to_contain_text("0 of 60")
    return page


def toast(page):
    return page.locator("#toasts .toast").last


def moved():
    return PostInstance.objects.filter(scheduled_for__gte=FIRST + WEEK).count()


def test_the_bar_shows_how_far_it_is_and_one_undo_takes_all_back(page, posts):
    page.held[0].continue_()
    expect(page.locator("#many")).to_contain_text("50 of 60")
    assert page.locator("#many progress").get_attribute("value") == "50"
    assert (moved(), page.locator("#toasts .toast").count()) == (50, 0)
    page.held[1].continue_()

    expect(toast(page)).to_contain_text("60 posts moved.")
    expect(page.locator("#many")).to_be_hidden()
    assert moved() == 60
    page.unroute_all()
    toast(page).get_by_role("button", name="Undo").click()
    expect(toast(page)).to_contain_text("60 posts are back.")
    assert moved() == 0


def test_stop_ends_it_after_the_part_that_is_under_way(page, posts):
    page.get_by_role("button", name="Stop").click()
    page.held[0].continue_()

    expect(toast(page)).to_contain_text("50 posts moved. Done with 50 of 60: the others stay as they were.")
    expect(toast(page).get_by_role("button", name="Undo")).to_be_visible()
    assert (moved(), len(page.held)) == (50, 1)


def lost(*_args):
    """Stand for a part that never came: what a closed tab has under way may still be sent, or not."""
    raise Conflict("It never came.")


def test_who_closed_the_tab_is_told_how_far_it_came(page, posts, monkeypatch):
    page.held[0].continue_()
    expect(page.locator("#many")).to_contain_text("50 of 60")
    context = page.context
    monkeypatch.setattr("scheduling.views.moves.Moves.part", lost)
    page.close()

    again = context.new_page()
    again.goto(AGENDA)

    expect(toast(again)).to_contain_text("50 posts moved. Done with 50 of 60: the others stay as they were.")
    toast(again).get_by_role("button", name="Undo").click()
    expect(toast(again)).to_contain_text("50 posts are back.")
    again.reload()
    expect(again.locator("#plan a.chip")).to_have_count(60)
    expect(again.locator("#toasts .toast")).to_have_count(0)
