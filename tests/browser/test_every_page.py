"""Every page in a real browser: nothing that WCAG 2.2 A or AA forbids, nothing wider than a phone; and its picture."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from PIL import Image
from playwright.sync_api import Page

from tests.browser.pages import MONTH, PAGES, demo_with_a_link

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESKTOP, PHONE = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}
GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "pages.md").read_text(encoding="utf-8")
PICTURES = os.environ.get("PICTURES", "")
"""A folder for a picture of each page; `make pictures` puts them into the docs."""


@pytest.fixture
def demo(plan):
    """The demo at NOW, looked at by its owner."""
    made = demo_with_a_link()
    plan["editor"] = get_user_model().objects.get(username="demo")
    return made


def keep(page: Page, name: str) -> None:
    """Take a picture of what a window shows, where somebody wants pictures and the docs show it."""
    if PICTURES and f"img/{name}.png" in GUIDE:
        picture = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(128)
        picture.save(Path(PICTURES) / f"{name}.png", optimize=True)


def barriers(page: Page) -> list[str]:
    """Return what WCAG forbids on a page, in a line each."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.soak)])
def test_no_page_has_what_wcag_forbids(demo, open_page, scheme):
    page = open_page("/calendar/?tenant_id=demo", color_scheme=scheme, bypass_csp=True, viewport=DESKTOP)

    found = {}
    for name, address in PAGES.items():
        page.goto(address(demo))
        keep(page, f"{name}-{scheme}" if scheme == "dark" else name)
        if here := barriers(page):
            found[name] = here

    assert found == {}


@pytest.mark.slow
def test_the_drawer_beside_the_plan_has_no_barrier(demo, open_page):
    page = open_page(f"{MONTH}&tenant_id=demo", bypass_csp=True, viewport=DESKTOP)

    page.locator("#plan [data-post].st-scheduled").first.click()
    page.locator("#drawer h1, #drawer h2").first.wait_for()
    keep(page, "drawer")

    assert barriers(page) == []


@pytest.mark.slow
def test_every_page_fits_a_phone(demo, open_page):
    page = open_page("/calendar/?tenant_id=demo", viewport=PHONE)

    wide = []
    for name, address in PAGES.items():
        page.goto(address(demo))
        keep(page, f"{name}-phone")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(name)

    assert wide == []
