"""The page of webhooks: who follows along and how well, what was sent and answered, and sending it again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.models import WebhookDelivery, WebhookEndpoint
from publishing.tests.following import carry, follow, happen
from publishing.tests.receivers import answer
from publishing.views.webhooks import DELIVERIES_A_PAGE
from scheduling.tests.factories import NOW
from scheduling.tests.pages.markup import Markup
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import said

pytestmark = pytest.mark.django_db
MOST_QUERIES = 13


@pytest.fixture
def endpoint(cast, receiver):
    return follow(cast.workspace, receiver, description="Data warehouse")


@pytest.fixture
def browser(client, cast):
    client.force_login(cast.admin)
    return client


def cards(response, class_):
    return [one.text for one in Markup(response).all(class_=class_)]


def end(status, **values):
    """Let all deliveries be over."""
    WebhookDelivery.objects.update(status=status, next_attempt_at=None, finished_at=NOW, attempts=1, **values)


def test_an_endpoint_shows_its_health(browser, cast, endpoint):
    happen(cast.workspace)
    end("failed")
    happen(cast.workspace)
    WebhookEndpoint.objects.update(last_taken_at=NOW, failing_since=NOW + timedelta(hours=1))

    (card,) = cards(browser.get("/webhooks/"), "endpoint")

    wanted = ("Data warehouse", "Failing", "Takes nothing since Fri 20 Nov, 11:00", "Last taken Fri 20 Nov, 10:00")
    wanted += ("Told of everything", "Waiting 1", "Failed 1", "Send what failed again")
    assert [one for one in wanted if one not in card] == []


def test_one_that_was_switched_off_says_why_and_has_no_buttons(browser, endpoint):
    WebhookEndpoint.objects.update(is_active=False, disabled_reason="It has taken nothing for 5 days.")

    page = Markup(browser.get("/webhooks/"))

    assert "Switched off" in page.one(class_="endpoint").text
    assert "It has taken nothing for 5 days." in page.one(class_="endpoint").text
    assert page.forms() == []


def test_a_delivery_shows_its_request_and_its_answer(browser, cast, endpoint, receiver, clock):
    receiver.replies = [answer(500, b'{"error": "<b>full</b>"}')]
    entity = happen(cast.workspace)
    carry(clock)

    page = Markup(browser.get("/webhooks/"))

    card = page.one("article")
    headers, body, answered = [one.text for one in page.inside(card, "pre")]
    assert f"webhook-id: {receiver.got[0].id}" in headers
    assert str(entity) in body
    assert answered == 'HTTP 500 {"error": "<b>full</b>"}'
    assert "1 try, answered 500; next at" in card.text
    assert "The receiver answered 500." in card.text


def test_what_waits_behind_an_earlier_one_says_so(browser, cast, endpoint, receiver, clock):
    receiver.replies = [answer(500)]
    happen(cast.workspace, "publish_started", "publish_published")
    WebhookDelivery.objects.filter(event__event_type="publish_published").update(
        next_attempt_at=NOW + timedelta(days=9000)
    )

    first, _ = cards(browser.get("/webhooks/"), "delivery")

    assert "Waits behind an earlier event about the same thing." in first


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("status=failed", 2),
        ("event_type=publish_failed", 1),
        ("endpoint={endpoint}", 3),
        ("endpoint={endpoint}&status=failed&event_type=publish_failed", 1),
        ("status=exploded&event_type=%00&endpoint=nobody&before=x", 3),
        ("before=99999999999999999999", 3),
        ("before=1", 0),
    ],
)
def test_the_log_is_narrowed_by_its_address(browser, cast, endpoint, query, found):
    happen(cast.workspace, "publish_started", "publish_failed")
    end("failed")
    happen(cast.workspace)
    other = follow(cast.workspace, url="https://other.example/")
    WebhookDelivery.objects.filter(endpoint=other).delete()

    response = browser.get(f"/webhooks/?{query.format(endpoint=endpoint.pk)}")

    assert len(cards(response, "delivery")) == found


def test_older_ones_are_a_page_away_and_keep_the_filters(browser, cast, endpoint):
    happen(cast.workspace, *["publish_started"] * (DELIVERIES_A_PAGE + 2))

    page = Markup(browser.get("/webhooks/?status=waiting"))
    older = page.one("a", rel="next")["href"]

    assert len(page.all("article")) == DELIVERIES_A_PAGE
    assert "status=waiting" in older
    assert len(cards(browser.get(f"/webhooks/{older.removeprefix('/webhooks/')}"), "delivery")) == 2


def test_one_delivery_is_sent_again(browser, cast, endpoint, receiver, clock):
    happen(cast.workspace)
    carry(clock)
    delivery = WebhookDelivery.objects.get()

    answered = browser.post("/webhooks/replay/?status=delivered", {"delivery": delivery.pk})
    clock.now = timezone.now()
    carry(clock)

    sent = [got.id for got in receiver.got if got.message["type"] == "publish_published"]
    assert said(answered) == ["1 event is sent again, under the same webhook-id."]
    assert answered.url == f"/webhooks/?tenant_id={cast.workspace.slug}&status=delivered"
    assert sent == [f"evt_{delivery.event_id}"] * 2
    assert LedgerEvent.objects.get(event_type="webhook_replayed").actor == "user:admin"


def test_all_that_failed_at_an_endpoint_is_sent_again(browser, cast, endpoint):
    other = follow(cast.workspace, url="https://other.example/")
    happen(cast.workspace, "publish_started", "publish_failed")
    end("failed")

    answered = browser.post("/webhooks/replay/", {"endpoint": str(endpoint.pk)})

    assert said(answered) == ["2 events are sent again, under the same webhook-id."]
    rows = WebhookDelivery.objects.filter(status="failed")
    assert set(rows.values_list("endpoint", flat=True)) == {other.pk}


def test_a_test_event_is_sent_and_a_switched_off_endpoint_says_why_not(browser, endpoint):
    first = browser.post("/webhooks/test/", {"endpoint": str(endpoint.pk)})
    WebhookEndpoint.objects.update(is_active=False)
    second = browser.post("/webhooks/test/", {"endpoint": str(endpoint.pk)})

    assert WebhookDelivery.objects.filter(event__event_type="webhook_test").count() == 1
    assert "is on its way to Data warehouse" in said(first)[0]
    assert "Switch it on first" in said(second)[-1]


@pytest.mark.parametrize("who", ["viewer", "editor", "approver"])
def test_only_who_administers_the_workspace_sees_it_and_sends_again(client, cast, endpoint, who):
    happen(cast.workspace)
    end("failed")
    client.force_login(getattr(cast, who))

    pages = [client.get("/webhooks/"), client.post("/webhooks/replay/", {"endpoint": str(endpoint.pk)})]

    assert [page.status_code for page in pages] == [403, 403]
    assert "Webhooks" not in Markup(client.get("/calendar/")).one("header").text
    assert WebhookDelivery.objects.filter(status="failed").exists()


@pytest.mark.parametrize(
    ("page", "given"),
    [
        ("replay", {"delivery": "{delivery}"}),
        ("replay", {"endpoint": "{endpoint}"}),
        ("replay", {"delivery": "²"}),
        ("replay", {"delivery": "9" * 30}),
        ("replay", {}),
        ("test", {"endpoint": "{endpoint}"}),
        ("test", {"endpoint": "\x00"}),
    ],
)
def test_what_is_not_of_the_workspace_is_not_found(client, cast, endpoint, page, given):
    happen(cast.workspace)
    end("failed")
    client.force_login(cast.stranger)
    keys = {"delivery": WebhookDelivery.objects.get().pk, "endpoint": endpoint.pk}

    answered = client.post(f"/webhooks/{page}/", {name: one.format(**keys) for name, one in given.items()})

    assert answered.status_code == 404
    assert WebhookDelivery.objects.filter(status="failed").count() == 1


@pytest.mark.parametrize("rows", [0, 30])
def test_the_page_takes_a_fixed_number_of_queries(browser, cast, rows, django_assert_max_num_queries):
    for n in range(rows):
        follow(cast.workspace, url=f"https://follow.example/{n}")
        happen(cast.workspace)

    with django_assert_max_num_queries(MOST_QUERIES):
        browser.get("/webhooks/")


def test_who_reloads_an_answer_is_led_to_the_page(browser, endpoint):
    assert browser.get("/webhooks/replay/?status=failed").url.endswith("&status=failed")
