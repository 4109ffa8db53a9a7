"""The parts with the workspace's own settings, and with a person's."""

import pytest

from scheduling.tests.pages.markup import Markup
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import said

pytestmark = pytest.mark.django_db
WORKSPACE, YOU = "/settings/workspace/", "/settings/you/"
TYPED = {"name": "H2O Studio", "timezone": "America/Lima", "warn_days": "3"}
WORD = "seven-plain-teaspoons"


@pytest.fixture
def browser(client, cast):
    client.force_login(cast.admin)
    return client


@pytest.fixture
def viewer(client, cast):
    """The viewer's browser, signed in with a password."""
    cast.viewer.set_password("nine-round-plates")
    cast.viewer.save()
    client.force_login(cast.viewer)
    return client


def test_name_zone_and_warning_are_changed_and_the_slug_stays(browser, cast):
    answer = browser.post(WORKSPACE, {**TYPED, "slug": "other"})

    cast.workspace.refresh_from_db()
    here = cast.workspace
    assert said(answer) == ["Saved."]
    assert (here.name, here.timezone.key, here.warn_days, here.slug) == ("H2O Studio", "America/Lima", 3, "h2o")
    event = LedgerEvent.objects.get()
    assert (event.event_type, event.actor, event.metadata["name"]) == ("workspace_changed", "user:admin", "H2O Studio")


@pytest.mark.parametrize(
    "typed", [{"name": " "}, {"name": "\u200b"}, {"timezone": "Mars/Base"}, {"timezone": ""}, {"warn_days": "-1"}]
)
def test_what_cannot_be_is_refused_with_what_was_typed(browser, cast, typed):
    answer = browser.post(WORKSPACE, {**TYPED, **typed})

    cast.workspace.refresh_from_db()
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == list(typed)
    assert cast.workspace.name == "H2O Agency"


def test_a_viewer_sets_their_own_zone(viewer, cast):
    answer = viewer.post(f"{YOU}zone/", {"timezone": "Asia/Tokyo"})

    assert said(answer) == ["Saved."]
    assert cast.workspace.memberships.get(user=cast.viewer).timezone.key == "Asia/Tokyo"
    assert Markup(viewer.get(YOU)).one("input", id="zone-timezone")["value"] == "Asia/Tokyo"


def test_a_zone_that_is_none_is_refused(viewer):
    answer = viewer.post(f"{YOU}zone/", {"timezone": "Tokio"})

    assert answer.status_code == 422
    assert LedgerEvent.objects.count() == 0


def test_a_viewer_changes_their_password_and_stays_signed_in(viewer, cast):
    typed = {"old_password": "nine-round-plates", "new_password1": WORD, "new_password2": WORD}

    answer = viewer.post(f"{YOU}password/", typed, follow=True)

    cast.viewer.refresh_from_db()
    assert answer.status_code == 200
    assert cast.viewer.check_password(WORD)


def test_the_present_password_is_needed_for_a_new_one(viewer, cast):
    answer = viewer.post(f"{YOU}password/", {"old_password": "guess", "new_password1": WORD, "new_password2": WORD})

    cast.viewer.refresh_from_db()
    assert answer.status_code == 422
    assert cast.viewer.check_password("nine-round-plates")
