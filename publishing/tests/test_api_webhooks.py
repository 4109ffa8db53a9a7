"""Webhooks over the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.models import WebhookDelivery, WebhookEndpoint
from publishing.tests.following import carry, follow, happen, types
from scheduling.tests.factories import NOW
from workspaces.admin.display import admin_url
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import errors, send, signed_in
from workspaces.tests.calling import Api, refused

URL = "/api/v1/webhooks"
ADDRESS = "https://plan.example/hooks"
MOST_QUERIES = 6


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


def queries_of(api, page):
    """Return how many queries a list takes."""
    with CaptureQueriesContext(connection) as queries:
        assert api.get(page).status_code == 200
    return len(queries)


def failed(webhook):
    """Let everything that waits for a webhook have failed."""
    over = {"status": "failed", "next_attempt_at": None, "finished_at": NOW, "error": "No answer came."}
    WebhookDelivery.objects.filter(endpoint=webhook).update(**over)


def test_a_webhook_is_made_read_changed_and_deleted(api, cast):
    made = api.post(URL, {"url": ADDRESS, "event_types": ["publish_failed"], "description": "The shop"})
    one = f"{URL}/{made.json()['id']}"

    changed = api.patch(one, {"is_active": False})
    seen = api.get(one).json()

    assert made.status_code == 201
    assert (made.json()["workspace"], made.json()["is_active"]) == (str(cast.workspace.pk), True)
    assert (changed.json()["is_active"], changed.json()["event_types"]) == (False, ["publish_failed"])
    assert seen == changed.json() == api.get(URL).json()["results"][0]
    assert api.delete(one).status_code == 204
    assert not WebhookEndpoint.objects.exists()


def test_its_secret_is_answered_once_and_never_kept(api):
    once = {"Idempotency-Key": "once"}

    made = api.post(URL, {"url": ADDRESS}, once).json()
    again = api.post(URL, {"url": ADDRESS}, once)
    changed = api.patch(f"{URL}/{made['id']}", {"description": "Renamed"})

    assert made["secret"] == WebhookEndpoint.objects.get().secret
    refused(again, 409, "conflict")
    assert made["secret"] not in changed.content.decode() + api.get(URL).content.decode()
    assert WebhookEndpoint.objects.get().secret == made["secret"]


def test_a_rotated_secret_is_answered_once_and_signs_beside_the_former(api):
    made = api.post(URL, {"url": ADDRESS}).json()

    answer = api.post(f"{URL}/{made['id']}/rotate", {}, {"Idempotency-Key": "turn"})

    assert answer.status_code == 200
    assert WebhookEndpoint.objects.get().secret.split() == [answer.json()["secret"], made["secret"]]
    refused(api.post(f"{URL}/{made['id']}/rotate", {}, {"Idempotency-Key": "turn"}), 409, "conflict")


def test_a_test_event_is_delivered(api, cast, receiver, clock):
    webhook = follow(cast.workspace, receiver, event_types=["publish_failed"])

    answer = api.post(f"{URL}/{webhook.pk}/test")
    clock.now = WebhookDelivery.objects.get().created_at
    carry(clock)

    assert answer.json()["waiting"] == 1
    assert types(receiver) == ["webhook_test"]
    assert api.get(f"{URL}/{webhook.pk}/deliveries").json()["results"][0]["status"] == "delivered"


def test_a_webhook_that_is_off_takes_no_test(api, cast):
    webhook = follow(cast.workspace, is_active=False)

    said = refused(api.post(f"{URL}/{webhook.pk}/test"), 409, "conflict")

    assert said["error_message"] == "The webhook is switched off. Switch it on first."


def test_the_log_is_of_this_webhook_newest_first_and_narrowed(api, cast):
    webhook = follow(cast.workspace)
    follow(cast.workspace, url="https://other.example/")
    first = happen(cast.workspace, "publish_published")
    happen(cast.workspace, "publish_failed")
    page = f"{URL}/{webhook.pk}/deliveries"

    rows = api.get(page).json()["results"]

    mine = [row for row in rows if row["event_type"].startswith("publish")]
    assert [row["event_type"] for row in mine] == ["publish_failed", "publish_published"]
    assert rows[-1]["webhook_id"] == f"evt_{rows[-1]['event']}"
    assert [row["entity_id"] for row in api.get(page, event_type="publish_published").json()["results"]] == [str(first)]
    assert api.get(page, status="failed").json()["results"] == []
    refused(api.get(page, staus="failed"), 422, "validation_error")
    refused(api.get(page, status="lost"), 422, "validation_error")


def test_what_failed_is_sent_again_all_of_it_or_what_is_named(api, cast):
    webhook = follow(cast.workspace)
    happen(cast.workspace, "publish_published", "publish_failed")
    failed(webhook)
    replay, some = f"{URL}/{webhook.pk}/replay", WebhookDelivery.objects.filter(endpoint=webhook).earliest("id")

    named = api.post(replay, {"deliveries": [some.pk]}).json()
    rest = api.post(replay).json()

    assert (named, rest) == ({"replayed": 1}, {"replayed": 1})
    assert LedgerEvent.objects.filter(event_type="webhook_replayed").count() == 2
    assert set(WebhookDelivery.objects.filter(endpoint=webhook).values_list("status", flat=True)) == {"waiting"}
    refused(api.post(replay), 409, "conflict")


def test_a_delivery_of_another_webhook_is_unknown_and_nothing_is_sent(api, cast):
    webhook, other = follow(cast.workspace), follow(cast.elsewhere)
    happen(cast.workspace)
    happen(cast.elsewhere)
    failed(webhook)
    failed(other)
    ids = [WebhookDelivery.objects.get(endpoint=one).pk for one in (webhook, other)]

    said = refused(api.post(f"{URL}/{webhook.pk}/replay", {"deliveries": ids}), 422, "validation_error")

    assert list(said["errors"]) == ["deliveries"]
    assert set(WebhookDelivery.objects.values_list("status", flat=True)) == {"failed"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "url"),
        ({"url": "http://plan.example/"}, "url"),
        ({"url": "https://10.0.0.1/"}, "url"),
        ({"url": f"https://plan.example/{'x' * 2000}"}, "url"),
        ({"url": ADDRESS, "event_types": ["publish_exploded"]}, "event_types"),
        ({"url": ADDRESS, "event_types": "publish_failed"}, "event_types"),
        ({"url": ADDRESS, "secret": "mine"}, "secret"),
    ],
)
def test_what_is_wrong_stands_at_its_field(api, body, field):
    said = refused(api.post(URL, body), 422, "validation_error")

    assert list(said["errors"]) == [field]
    assert not WebhookEndpoint.objects.exists()


@pytest.mark.parametrize("url", ["http://plan.example/x", "https://10.0.0.1/x"])
def test_the_admin_refuses_the_same_with_the_same_words(api, cast, client, url):
    values = {"workspace": cast.workspace, "url": url, "event_types": [], "is_active": True}

    page = send(signed_in(client, cast.admin), admin_url(WebhookEndpoint, "add"), **values)
    said = refused(api.post(URL, {"url": url}), 422, "validation_error")

    assert said["errors"]["url"][0] in str(errors(page))


@pytest.mark.parametrize("scopes", [["read"], ["read", "write", "publish"]])
def test_only_admins_see_webhooks(cast, scopes):
    refused(Api(cast.workspace, *scopes).get(URL), 403, "forbidden")


def test_lists_take_the_same_few_queries_whatever_their_length(api, cast):
    webhook = follow(cast.workspace)
    pages = (URL, f"{URL}/{webhook.pk}/deliveries")
    api.get(URL)  # The first call notes that the key is in use.

    before = [queries_of(api, page) for page in pages]
    for n in range(60):
        follow(cast.workspace, url=f"{ADDRESS}/{n}")
    for _ in range(60):
        happen(cast.workspace)

    assert [queries_of(api, page) for page in pages] == before
    assert max(before) <= MOST_QUERIES
