"""The page of API keys: a key is shown once, gives no more than its maker has, and is revoked after a question."""

from datetime import timedelta

import pytest
from django.utils import timezone

from scheduling.tests.pages.markup import Markup
from workspaces.models import ApiKey, LedgerEvent
from workspaces.services.api_keys import create_key, find_key, revoke_key
from workspaces.tests.admin_pages import said

pytestmark = pytest.mark.django_db
KEYS = "/settings/keys/"


@pytest.fixture
def browser(client, cast):
    client.force_login(cast.admin)
    return client


@pytest.fixture
def key(cast):
    return make(cast.workspace)[0]


def make(workspace, name="Website", **values):
    given = {"scopes": ["read"], "actor": "command", "now": timezone.now(), **values}
    return create_key(workspace=workspace, name=name, **given)


def send(browser, **typed):
    return browser.post(KEYS, {"name": "n8n flows", "scopes": ["read", "write"], "valid_for": "90", **typed})


def test_a_key_is_shown_once_and_opens_the_api(browser, cast):
    answer = send(browser)

    token = Markup(answer).one("input", id="secret")["value"]
    made = find_key(token=token, now=timezone.now())
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (201, True)
    assert (made.name, made.workspace, made.scopes) == ("n8n flows", cast.workspace, ["read", "write"])
    assert token not in browser.get(KEYS).content.decode()
    assert LedgerEvent.objects.get().actor == "user:admin"


@pytest.mark.parametrize(("typed", "days"), [("30", 30), ("365", 365), ("0", None)])
def test_it_lives_as_long_as_was_chosen(browser, typed, days):
    send(browser, valid_for=typed)

    ends = ApiKey.objects.get().expires_at
    assert ends is None if days is None else abs(ends - timezone.now() - timedelta(days=days)) < timedelta(hours=1)


@pytest.mark.parametrize(
    ("typed", "field"), [({"name": " "}, "name"), ({"scopes": []}, "scopes"), ({"scopes": ["all"]}, "scopes")]
)
def test_one_without_a_name_or_a_scope_is_refused(browser, typed, field):
    answer = send(browser, **typed)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not ApiKey.objects.exists()


def test_the_list_says_who_made_each_what_it_may_and_whether_it_is_over(browser, cast):
    now = timezone.now()
    send(browser)
    revoke_key(key=make(cast.workspace, "Old importer")[0], actor="command", now=now)
    make(cast.workspace, "Fair", now=now - timedelta(days=9), expires_at=now - timedelta(days=2))

    rows = {one.text.split()[0]: one.text for one in Markup(browser.get(KEYS)).all("li", class_="set-row")}

    assert "May read, write" in rows["n8n"]
    assert "by admin" in rows["n8n"]
    assert "Last used never" in rows["n8n"]
    assert "by a command" in rows["Old"]
    assert ["Revoked" in rows["Old"], "Expired" in rows["Fair"], "Expired" in rows["n8n"]] == [True, True, False]


def test_revoking_asks_first(browser, key):
    asked = browser.get(f"{KEYS}{key.pk}/revoke/")
    stood = ApiKey.objects.get().revoked_at is None
    answer = browser.post(f"{KEYS}{key.pk}/revoke/")

    assert Markup(asked).one("h1").text == "Revoke the key “Website”?"
    assert stood
    assert said(answer) == ["Revoked the key “Website”."]
    assert ApiKey.objects.get().revoked_at is not None


def test_a_key_of_another_workspace_is_neither_seen_nor_revoked(browser, cast):
    foreign = make(cast.elsewhere, "Secret project")[0]

    seen, answer = browser.get(KEYS), browser.post(f"{KEYS}{foreign.pk}/revoke/")

    assert "Secret project" not in seen.content.decode()
    assert answer.status_code == 404
    assert ApiKey.objects.get().revoked_at is None
