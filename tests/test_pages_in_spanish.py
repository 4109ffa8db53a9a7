"""Each page in Spanish: what the catalog can say does not stand there in English."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from campaigns.models import Campaign
from publishing.services.past import publish_as_of
from scheduling.services.demo import seed_demo
from scheduling.services.sharing import share_campaign
from scheduling.tests.factories import NOW
from tests.browser.pages import PAGES, Demo
from tools.messages import read

pytestmark = pytest.mark.django_db
SHORTEST = 13  # Shorter words can be anybody's: a title, a name.
SPOKEN = ("title", "aria-label", "placeholder", "alt")
OTHERS = {"sign-in": "/login/", "admin": "/admin/", "status": "/admin/status/", "nothing": "/nothing-here/"}


class Heard(HTMLParser):
    """What a person sees or hears of a page, piece by piece; in `code` stand the words of programs."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.silent = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("script", "style", "code", "pre")
        self.pieces += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style", "code", "pre")

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.pieces.append(" ".join(data.split()))


def english() -> list[str]:
    """Return the pieces of English messages that a page in Spanish should not have."""
    found = set()
    for message in read("es"):
        both = zip(_forms(message.id), _forms(message.string), strict=False)
        for said, spanish in ((one, other) for one, other in both if one):
            pieces = re.split(r"%\(\w+\)[sd]|\{\w+\}|<[^>]*>", said.replace("%%", "%"))
            found |= {one.strip() for one in pieces if len(one.strip()) >= SHORTEST and one.strip() not in spanish}
    return sorted(found)


def _forms(said):
    return said if isinstance(said, tuple | list) else (said,)


@pytest.fixture
def demo(monkeypatch):
    """The demo at NOW, with a link for a client."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    made = seed_demo(
        now=NOW,
        actor="command",
        password="look-around",
        deliver=lambda workspace, at: publish_as_of(workspace=workspace, at=at),
    )
    campaign = Campaign.objects.filter(workspace=made.workspace).order_by("pk").first()
    _, token = share_campaign(campaign=campaign, name="Ana", days=30, now=NOW, actor="command")
    return Demo(made.workspace, f"/shared/{token}/")


@pytest.fixture
def browser():
    """A browser that wishes Spanish, signed in."""
    person = get_user_model().objects.get(username="demo")
    person.is_superuser = True
    person.save()
    client = Client(headers={"Accept-Language": "es-ES,es;q=0.9,en;q=0.5"})
    client.force_login(person)
    client.get("/calendar/?tenant_id=demo")
    return client


def test_no_page_says_in_english_what_the_catalog_has_in_spanish(demo, browser):
    addresses = {name: address(demo) for name, address in PAGES.items()} | OTHERS
    words = english()

    pages = {name: browser.get(address, follow=True) for name, address in addresses.items()}

    assert {name: page.status_code for name, page in pages.items() if page.status_code not in (200, 404)} == {}
    assert [name for name, page in pages.items() if '<html lang="es"' not in page.content.decode()] == []
    heard = {name: Heard(page.content.decode()).pieces for name, page in pages.items()}
    left = {name: [one for one in words if any(one in piece for piece in heard[name])] for name in pages}
    assert {name: some for name, some in left.items() if some} == {}
