"""Webhooks in the admin: by who administers the workspace; the secret is shown once, the log has the bodies."""

import pytest
from django.test import Client

from publishing.models import WebhookDelivery, WebhookEndpoint
from publishing.services.webhooks.endpoints import save_endpoint
from scheduling.tests.factories import NOW
from workspaces.admin.display import admin_url
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import errors, said, send, signed_in

URL = "https://plan.example/hooks"
ADD = admin_url(WebhookEndpoint, "add")
LIST = admin_url(WebhookEndpoint, "changelist")
LOG = admin_url(WebhookDelivery, "changelist")


@pytest.fixture
def admin(client, cast):
    return signed_in(client, cast.admin)


@pytest.fixture
def endpoint(cast):
    made = WebhookEndpoint(workspace=cast.workspace, url=URL, created_at=NOW)
    save_endpoint(endpoint=made, now=NOW, actor="user:ana")
    return made


def act(client, page, action, rows):
    """Choose rows of a list and run an action; return what is said."""
    chosen = [str(row.pk) for row in rows]
    return said(client.post(page, {"action": action, "_selected_action": chosen}, follow=True))


def test_an_endpoint_is_made_and_its_secret_is_shown_once(admin, cast):
    answer = send(admin, ADD, workspace=cast.workspace, url=URL, event_types=["publish_failed"], is_active=True)
    made = WebhookEndpoint.objects.get()
    admin.get(LIST)  # Where the message stands.
    pages = [admin.get(LIST), admin.get(admin_url(WebhookEndpoint, "change", made.pk))]

    assert made.event_types == ["publish_failed"]
    assert said(answer)[0].count(made.secret) == 1
    assert not any(made.secret in page.content.decode() for page in pages)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"url": "http://plan.example/x"}, "https"),
        ({"url": "https://10.0.0.1/x"}, "private"),
        ({"event_types": ["publish_exploded"]}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(admin, cast, given, sentence):
    values = {"workspace": cast.workspace, "url": URL, "event_types": [], "is_active": True, **given}

    answer = send(admin, ADD, **values)

    assert sentence in str(errors(answer))
    assert not WebhookEndpoint.objects.exists()


def test_the_log_shows_what_was_sent_and_sends_it_again(admin, endpoint):
    WebhookDelivery.objects.update(status="failed", next_attempt_at=None, finished_at=NOW, error="No answer came.")
    delivery = WebhookDelivery.objects.get()

    page = admin.get(admin_url(WebhookDelivery, "change", delivery.pk)).content.decode()
    told = act(admin, LOG, "send_again", [delivery])

    assert "webhook_created" in page
    assert f"evt_{delivery.event_id}" in page
    assert "No answer came." in page
    assert told == ["1 sent again, under the same webhook id."]
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == ("waiting", 0)
    assert LedgerEvent.objects.filter(event_type="webhook_replayed").count() == 1


def test_a_test_event_is_sent_from_the_list_and_a_switched_off_one_says_why_not(admin, endpoint):
    first = act(admin, LIST, "test", [endpoint])
    WebhookEndpoint.objects.update(is_active=False)
    second = act(admin, LIST, "test", [endpoint])

    assert "on its way" in first[0]
    assert "switched off" in second[0]


@pytest.mark.parametrize("who", ["viewer", "editor", "approver", "stranger"])
def test_others_see_neither_endpoints_nor_log(cast, endpoint, who):
    client = signed_in(Client(), getattr(cast, who))
    delivery = WebhookDelivery.objects.get()

    pages = [client.get(admin_url(type(one), "change", one.pk)) for one in (endpoint, delivery)]

    assert {page.status_code for page in pages} <= {302, 403, 404}


@pytest.mark.parametrize("rows", [0, 30])
def test_the_lists_take_a_fixed_number_of_queries(admin, cast, rows, django_assert_max_num_queries):
    for n in range(rows):
        made = WebhookEndpoint(workspace=cast.workspace, url=f"{URL}/{n}", created_at=NOW)
        save_endpoint(endpoint=made, now=NOW, actor="user:ana")

    with django_assert_max_num_queries(24):
        admin.get(LIST)
        admin.get(LOG)
