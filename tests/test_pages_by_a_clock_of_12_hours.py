"""Each page for who reads a clock of 12 hours: no time of day stands there as one of 24."""

import re

import pytest
from django.contrib.auth import get_user_model

from campaigns.models import ContentItem
from scheduling.tests.factories import NOW
from tests.browser.pages import PAGES, demo_with_a_link

pytestmark = pytest.mark.django_db
AS_TYPED = "As in 09:00, 18:30."  # What a field takes.
UNSEEN = re.compile(r"<(script|style|code|pre)\b.*?</\1>|<[^>]*>", re.DOTALL)
SPOKEN = re.compile(r'(?:title|aria-label|placeholder|alt)="([^"]*)"')
OF_24_HOURS = re.compile(r"(?<![\d:T])\d\d:\d\d(?::\d\d)?(?![\d:]| [ap]m)|(?<![\d:T])0\d:\d\d")


@pytest.fixture
def demo(monkeypatch):
    """The demo at NOW, with a link for a client."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return demo_with_a_link()


def test_no_page_tells_the_time_by_24_hours(demo, client):
    client.force_login(get_user_model().objects.get(username="demo"))
    client.get("/calendar/?tenant_id=demo")
    ContentItem.objects.update(body="What people write is theirs.")

    found = {}
    for name, address in PAGES.items():
        page = client.get(address(demo), headers={"Accept-Language": "en-US"})
        text = page.content.decode()
        pieces = [*SPOKEN.findall(text), *UNSEEN.sub("\n", text).splitlines()]
        told = [one for one in pieces if OF_24_HOURS.search(one) and AS_TYPED not in one]
        if told:
            found[name] = told[:4]

    assert found == {}
