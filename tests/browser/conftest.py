"""A real Chromium on a live server, at NOW; without a browser on this machine the tests are skipped, loudly."""

import os
import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from campaigns.tests.factories import BrandFactory
from scheduling.tests.factories import NOW, ChannelAccountFactory

NAMES = ("chromium", "chromium-browser", "google-chrome")
REFUSED = re.compile(r"responded with a status of (409|422) ")
expect.set_options(timeout=30_000)  # Milliseconds: a machine that others use takes its time.
MISSING = "NO BROWSER: set CHROMIUM or put chromium, chromium-browser or google-chrome on PATH"


def executable() -> str | None:
    """Return the browser of this machine."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start the browser; for as long as it runs, Playwright's event loop is in the way of Django's check for one."""
    found = executable()
    if found is None:
        pytest.skip(MISSING)
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        arguments = ["--no-sandbox", "--headless=new", "--disable-dev-shm-usage"]
        running = playwright.chromium.launch(executable_path=found, args=arguments)
        yield running
        running.close()


@pytest.fixture
def plan(browser, transactional_db, cast, monkeypatch):
    """The workspace of the cast at NOW, with an account that posts once a day."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    brand = BrandFactory(workspace=cast.workspace, name="Café Lumen")
    account = ChannelAccountFactory(brand=brand, posts_per_week=7, schedule_times=["18:00"], name="@cafelumen")
    return {"account": account, "editor": cast.editor}


def _complains(said: ConsoleMessage) -> bool:
    """Tell whether a browser complains; that a refusal came with its status is none."""
    return said.type in ("error", "warning") and not REFUSED.search(said.text)


@pytest.fixture
def open_page(browser, live_server, plan) -> Iterator[Callable[..., Page]]:
    """Return how the editor opens an address, already signed in; complaints of the browser fail the test."""
    client = Client()
    client.force_login(plan["editor"])
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    complaints: list[str] = []
    contexts = []

    def open_address(address: str, **options) -> Page:
        context = browser.new_context(base_url=live_server.url, **{"locale": "en-GB", **options})
        contexts.append(context)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if _complains(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield open_address
    for context in contexts:
        context.close()
    assert complaints == []
