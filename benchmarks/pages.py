"""The calendar in a real Chromium: when a month of 1,000 posts stands there, and what travels for it.

The floor, in the same rounds and the same browser, is the sign-in page: the smallest that there is.
"""

import os
import shutil
import time
from statistics import median
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from benchmarks.figures import Figure
from benchmarks.month import PERSON, make_months
from benchmarks.web import web

SIZE = 1_000
ROUNDS = 9
REST = 0.5  # Seconds: what a closed page leaves behind is not the next one's.
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
MONTH, FLOOR = f"/calendar/?month=2026-11&tenant_id=month-{SIZE}", "/login/"
TIMING = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const scripts = performance.getEntriesByType("resource").filter((one) => new URL(one.name).pathname.endsWith(".js"));
  const sum = (some) => some.reduce((total, one) => total + one.encodedBodySize, 0);
  const drawn = performance.getEntriesByName("first-contentful-paint")[0];
  const times = {ready: page.domContentLoadedEventEnd, drawn: drawn.startTime, loaded: page.loadEventEnd};
  return {...times, page: page.encodedBodySize, scripts: sum(scripts)};
}"""


def run() -> list[Figure]:
    """Load both pages in turn, each time in a browser that knows neither, and take the middle of the rounds."""
    call_command("collectstatic", interactive=False, verbosity=0)
    make_months((SIZE,))
    session = _signed_in()
    connections.close_all()
    with web() as (port, _), sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--headless=new", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=_executable(), args=arguments)
        seen = {MONTH: [], FLOOR: []}
        for _ in range(ROUNDS + 1):  # The first warms the server up.
            for address, cookie in ((MONTH, session), (FLOOR, None)):
                seen[address].append(_load(browser, f"http://127.0.0.1:{port}", address, cookie))
        browser.close()
    took = {address: _middle(some[1:]) for address, some in seen.items()}
    last = seen[MONTH][-1]
    for name, address in (("a month", MONTH), ("the floor", FLOOR)):
        print(f"{name}: " + ", ".join(f"{stage} {found:.0f} ms" for stage, found in took[address].items()))
    return [
        Figure(f"DOMContentLoaded of a month of {SIZE:,} posts", took[MONTH]["ready"], 250, unit="ms"),
        Figure("the calendar's scripts over the wire", last["scripts"] / 1024, 60, unit="KB"),
        Figure("its page over the wire", last["page"] / 1024, 30, unit="KB"),
    ]


def _middle(loads: list[dict[str, Any]]) -> dict[str, float]:
    return {stage: median(one[stage] for one in loads) for stage in ("ready", "drawn", "loaded")}


def _signed_in() -> str:
    client = Client()
    client.force_login(get_user_model().objects.get(username=PERSON))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _load(browser: Browser, site: str, address: str, session: str | None) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    if session:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    page = context.new_page()
    page.goto(site + address, wait_until="load")
    page.locator("main").screenshot()  # Drawn by now.
    found = page.evaluate(TIMING)
    context.close()
    time.sleep(REST)
    return found


def _executable() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        raise AssertionError("there is no browser: set CHROMIUM")
    return found
