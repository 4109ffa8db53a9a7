"""What tests of the plan's admin stand on: a clock that stands at NOW, and people of one workspace with a plan."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.tests.factories import BrandFactory
from scheduling.tests.factories import NOW, ChannelAccountFactory
from workspaces.tests.admin_pages import signed_in


@pytest.fixture(autouse=True)
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be NOW for whoever asks."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def plan(cast: SimpleNamespace) -> SimpleNamespace:
    """Return the cast's workspace with a brand in Madrid and its account on X, and the same elsewhere."""
    brand = BrandFactory(workspace=cast.workspace, name="Café Lumen")
    foreign = BrandFactory(workspace=cast.elsewhere, name="Harbor & Pine")
    return SimpleNamespace(
        workspace=cast.workspace,
        brand=brand,
        account=ChannelAccountFactory(brand=brand, name="@cafelumen"),
        foreign_brand=foreign,
        foreign_account=ChannelAccountFactory(brand=foreign, name="@harborandpine"),
    )


@pytest.fixture
def browser_of(cast: SimpleNamespace) -> Callable[[str], Client]:
    """Return a maker of browsers, by the role of the person in front of it."""
    return lambda role: signed_in(Client(), getattr(cast, role))


@pytest.fixture
def editor(browser_of: Callable[[str], Client]) -> Client:
    """Return an editor's browser."""
    return browser_of("editor")


@pytest.fixture
def admin(browser_of: Callable[[str], Client]) -> Client:
    """Return an admin's browser."""
    return browser_of("admin")
