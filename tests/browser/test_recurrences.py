"""Choosing what repeats in a real browser: what does not belong to the choice is out of sight, by style alone."""

import pytest
from playwright.sync_api import expect

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import Recurrence

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False])
def test_days_are_chosen_and_only_those_of_the_choice_are_seen(open_page, plan, script):
    content = ContentItemFactory(brand=plan["account"].brand, title="Market day at the roastery")
    page = open_page(f"/recurrences/add/?content={content.pk}&account={plan['account'].pk}", java_script_enabled=script)
    expect(page.get_by_label("Monday", exact=True)).to_be_visible()
    expect(page.locator("[name=month_day]")).to_be_hidden()

    page.get_by_label("One day of each month").check()
    expect(page.get_by_label("Monday", exact=True)).to_be_hidden()
    page.locator("[name=month_day]").select_option(label="the last Friday")
    page.get_by_role("button", name="Let it repeat").click()

    expect(page.locator(".repeat")).to_contain_text("Every month on the last Friday")
    assert Recurrence.objects.get().rule == "FREQ=MONTHLY;BYDAY=-1FR"
