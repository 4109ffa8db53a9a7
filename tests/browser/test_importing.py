"""Importing posts in a browser, with nothing but forms."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from scheduling.models import PostInstance
from scheduling.tests.importing import csv_of

PHONE = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}
GOOD = {"title": "Latte art for beginners", "channel_account": "@cafelumen"}
PAST = {**GOOD, "title": "Yesterday's news", "scheduled_for": "2026-11-01T09:30"}


def test_a_file_is_looked_at_and_comes_in_on_a_phone_without_scripts(open_page: Callable[..., Page]):
    page = open_page("/calendar/import/", **PHONE)

    file = {"name": "december.csv", "mimeType": "text/csv", "buffer": csv_of([GOOD, PAST])}
    page.get_by_label("A CSV or JSON file").set_input_files(file)
    page.get_by_role("button", name="See what would happen").click()
    expect(page.get_by_text("2026-11-01 09:30 is in the past.")).to_be_visible()
    assert not PostInstance.objects.exists()
    page.get_by_role("button", name=re.compile("^Import this 1")).click()

    expect(page.get_by_text("1 post has come in")).to_be_visible()
    assert [one.content_item.title for one in PostInstance.objects.select_related("content_item")] == [GOOD["title"]]
