"""Adding, changing and deleting a webhook on its page: the secret is shown once."""

import pytest

from publishing.models import WebhookEndpoint
from publishing.services.webhooks.endpoints import save_endpoint, secret_of
from scheduling.tests.factories import NOW
from scheduling.tests.pages.markup import Markup
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import said

pytestmark = pytest.mark.django_db
ADD = "/settings/webhooks/add/"
TYPED = {"url": "https://example.com/in", "description": "Data warehouse", "is_active": "on"}


@pytest.fixture
def browser(client, cast):
    """The browser of an admin who may not enter Django's admin."""
    cast.admin.is_staff = False
    cast.admin.save()
    client.force_login(cast.admin)
    return client


@pytest.fixture
def endpoint(cast):
    return make(cast.workspace)


def make(workspace, **values):
    row = WebhookEndpoint(workspace=workspace, url="https://example.com/in", description="Data warehouse", **values)
    save_endpoint(endpoint=row, now=NOW, actor="command")
    return row


def page(endpoint, what=""):
    return f"/settings/webhooks/{endpoint.pk}/{what}"


def secret():
    return secret_of(WebhookEndpoint.objects.all())


def test_one_is_added_and_its_secret_shown_once(browser, cast):
    answer = browser.post(ADD, {**TYPED, "event_types": ["publish_failed"]})

    made = WebhookEndpoint.objects.defer("secret").get()
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (201, True)
    assert Markup(answer).one("input", id="secret")["value"] == secret()
    assert (made.workspace, made.event_types, made.is_active) == (cast.workspace, ["publish_failed"], True)
    assert secret() not in browser.get(page(made)).content.decode() + browser.get("/webhooks/").content.decode()


@pytest.mark.parametrize(
    ("typed", "field"), [({"url": "http://10.0.0.1/in"}, "url"), ({"event_types": ["everything"]}, "event_types")]
)
def test_what_cannot_be_is_refused(browser, typed, field):
    answer = browser.post(ADD, {**TYPED, **typed})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not WebhookEndpoint.objects.exists()


def test_one_is_changed_and_keeps_its_secret(browser, endpoint):
    before = secret()

    answer = browser.post(page(endpoint), {**TYPED, "description": "Warehouse", "is_active": ""})

    endpoint = WebhookEndpoint.objects.defer("secret").get()
    assert said(answer) == ["Saved Warehouse."]
    assert (endpoint.description, endpoint.is_active, secret()) == ("Warehouse", False, before)


def test_a_new_secret_is_made_after_a_question(browser, endpoint):
    before = secret()

    browser.get(page(endpoint, "secret/"))
    stood = secret()
    answer = browser.post(page(endpoint, "secret/"))

    new = Markup(answer).one("input", id="secret")["value"]
    assert stood == before
    assert secret() == f"{new} {before}"


def test_deleting_asks_first_and_tells_the_ledger(browser, endpoint):
    asked = browser.get(page(endpoint, "delete/"))
    stood = WebhookEndpoint.objects.exists()
    browser.post(page(endpoint, "delete/"))

    assert Markup(asked).one("h1").text == "Delete the webhook “Data warehouse”?"
    assert stood
    assert not WebhookEndpoint.objects.exists()
    event = LedgerEvent.objects.latest("id")
    assert (event.event_type, event.actor) == ("webhook_deleted", "user:admin")


def test_one_of_another_workspace_is_not_found(browser, cast):
    foreign = make(cast.elsewhere)

    statuses = [browser.post(page(foreign, what), TYPED).status_code for what in ("", "secret/", "delete/")]

    assert statuses == [404, 404, 404]


@pytest.mark.parametrize("what", ["", "secret/", "delete/"])
def test_an_approver_changes_none(client, cast, endpoint, what):
    client.force_login(cast.approver)

    assert client.post(page(endpoint, what), TYPED).status_code == 403
    assert client.post(ADD, TYPED).status_code == 403
