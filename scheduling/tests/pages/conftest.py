"""The stage of the page tests: it is NOW, and each role of the cast is signed in with one word."""

import pytest
from django.test import Client

from campaigns.tests.factories import BrandFactory
from scheduling.tests.factories import NOW, ChannelAccountFactory


@pytest.fixture(autouse=True)
def _it_is_now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def signed_in(cast):
    """Return a browser in which a person of the cast is signed in, by their word in it."""

    def sign_in(who: str) -> Client:
        client = Client()
        client.force_login(getattr(cast, who))
        return client

    return sign_in


@pytest.fixture
def editor(signed_in):
    """The browser of the editor."""
    return signed_in("editor")


@pytest.fixture
def account(cast):
    """An account on X of a brand in Madrid: no window and no gap."""
    brand = BrandFactory(workspace=cast.workspace, name="Café Lumen")
    return ChannelAccountFactory(brand=brand, name="@cafelumen")
