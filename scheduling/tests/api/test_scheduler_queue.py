"""Source 4's routes: schedule content, list what is scheduled, move it, cancel it."""

from datetime import timedelta

import pytest

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import (
    NOW,
    ChannelAccountFactory,
    PostInstanceFactory,
    PublishedFactory,
    PublishingFactory,
    SlotFactory,
)
from workspaces.tests.calling import Api, refused
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
CREATE, LIST = "/api/v1/schedule/create", "/api/v1/schedule/list"
NOON = "2026-11-24T12:00:00Z"


@pytest.fixture(autouse=True)
def _it_is_now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def account():
    return ChannelAccountFactory(external_ref="lumen-x", brand__workspace__timezone="Europe/Madrid")


@pytest.fixture
def content(account):
    return ContentItemFactory(brand=account.brand, external_ref="1")


@pytest.fixture
def api(account):
    return Api(account.workspace, "read", "write")


@pytest.fixture
def post(account):
    return PostInstanceFactory(channel_account=account)


def ids(answer):
    assert answer.status_code == 200, answer.content
    return [one["id"] for one in answer.json()["results"]]


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("content_id", [1, "1"])
def test_content_is_scheduled_at_the_stated_time(account, content, api, content_id, slash):
    answer = api.post(CREATE + slash, {"content_id": content_id, "scheduled_for": NOON})

    post = PostInstance.objects.get()
    said = answer.json()
    assert (answer.status_code, answer["ETag"]) == (201, '"1"')
    assert (said["id"], said["status"], said["scheduled_for"]) == (str(post.pk), "scheduled", NOON)
    assert (said["content_item"], said["channel_account"]) == (str(content.pk), str(account.pk))
    assert said["schedule_type"] == "scheduled"


def test_a_time_without_an_offset_is_read_in_the_zone_that_is_named(content, api):
    body = {
        "content_id": 1,
        "scheduled_for": "2026-11-24T12:00",
        "timezone": "Asia/Tokyo",
        "channel_account": "lumen-x",
    }

    assert api.post(CREATE, body).json()["scheduled_for"] == "2026-11-24T03:00:00Z"


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 422, "content_id"),
        ({"content_id": 2, "scheduled_for": NOON}, 422, "content_id"),
        ({"content_id": True, "scheduled_for": NOON}, 422, "content_id"),
        ({"content_id": 1}, 422, "scheduled_for"),
        ({"content_id": 1, "scheduled_for": "soon"}, 422, "scheduled_for"),
        ({"content_id": 1, "scheduled_for": "2026-11-20T08:00:00Z"}, 409, None),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(content, api, body, status, field):
    said = refused(api.post(CREATE, body), status, "validation_error" if field else "conflict")

    assert next(iter(said.get("errors", {})), None) == field
    assert not PostInstance.objects.exists()


def test_the_list_is_what_is_to_go_out_in_its_order(account, api):
    late, soon = (PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(days=n)) for n in (2, 1))
    held = PublishingFactory(channel_account=account)
    for status in (Status.DRAFT, Status.CANCELED, Status.MISSED):
        PostInstanceFactory(channel_account=account, status=status)
    SlotFactory(channel_account=account)
    published = PublishedFactory(channel_account=account)
    PostInstanceFactory()

    assert ids(api.get(LIST, business_id=account.workspace.slug)) == [str(one.pk) for one in (held, soon, late)]
    assert ids(api.get(LIST, status="PUBLISHED")) == [str(published.pk)]


def test_the_list_is_narrowed_to_a_half_open_range_of_the_workspaces_days(account, api):
    days = [NOW.replace(hour=22, minute=59) + timedelta(days=n) for n in range(4)]
    posts = [PostInstanceFactory(channel_account=account, scheduled_for=at) for at in days]

    answer = api.get(LIST, from_date="2026-11-21", to_date="2026-11-23")

    assert ids(answer) == [str(one.pk) for one in posts[1:3]]
    assert ids(api.get(LIST, from_date="2026-11-22T22:59:00Z", channel_account="lumen-x")) == [
        str(one.pk) for one in posts[2:]
    ]


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"from_date": "soon"}, 422),
        ({"page_size": "9"}, 422),
        ({"status": "limbo"}, 422),
        ({"campaign": "nobody"}, 404),
        ({"business_id": "nobody"}, 404),
    ],
)
def test_a_list_of_what_cannot_be_meant_is_refused(api, parameters, status):
    refused(api.get(LIST, **parameters), status, "validation_error" if status == 422 else "not_found")


@pytest.mark.parametrize("posts", [1, 50])
def test_a_page_takes_as_many_queries_however_many_posts_are_on_it(account, api, django_assert_max_num_queries, posts):
    for number in range(posts + 1):
        PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(minutes=number + 1))

    with django_assert_max_num_queries(6):
        answer = api.get(LIST, page_size="50")

    assert len(ids(answer)) == min(50, posts + 1)


def test_a_scheduled_post_is_moved(api, post):
    answer = api.send("PUT", f"/api/v1/schedule/{post.pk}", b'{"scheduled_for": "2026-11-24T12:00:00Z"}')

    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    assert (answer.json()["id"], answer.json()["scheduled_for"]) == (str(post.pk), NOON)


def test_a_scheduled_post_is_canceled(api, post):
    answer = api.delete(f"/api/v1/schedule/{post.pk}/")

    post.refresh_from_db()
    assert (answer.status_code, answer.content, post.status) == (204, b"", Status.CANCELED)


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_what_a_worker_holds_stays(account, api, method):
    held = PublishingFactory(channel_account=account)
    before = stored(PostInstance)

    said = refused(
        api.send(method, f"/api/v1/schedule/{held.pk}", b'{"scheduled_for": "2026-11-24T12:00:00Z"}'), 409, "conflict"
    )

    assert said["error_message"] == "Too late: it is being published right now."
    assert stored(PostInstance) == before


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_who_looked_at_another_version_changes_nothing(api, post, method):
    PostInstance.objects.filter(pk=post.pk).update(version=5)
    before = stored(PostInstance)
    body = b'{"scheduled_for": "2026-11-24T12:00:00Z"}'

    answer = api.send(method, f"/api/v1/schedule/{post.pk}", body, headers={"if-match": '"4"'})

    refused(answer, 412, "stale_version")
    assert answer["ETag"] == '"5"'
    assert stored(PostInstance) == before


@pytest.mark.parametrize("key", ["nothing", "1", "00000000-0000-0000-0000-000000000000"])
def test_a_post_that_is_not_there_is_not_found(api, key):
    refused(api.send("PUT", f"/api/v1/schedule/{key}", b'{"scheduled_for": "2026-11-24T12:00:00Z"}'), 404, "not_found")
    refused(api.delete(f"/api/v1/schedule/{key}"), 404, "not_found")
