"""Engagement over the API."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scheduling.models import Engagement
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, PublishedFactory
from workspaces.models import LedgerEvent
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
URL, BULK = "/api/v1/engagement", "/api/v1/engagement/bulk"
MOST_QUERIES = 6


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


@pytest.fixture
def account(cast):
    return ChannelAccountFactory(brand__workspace=cast.workspace)


@pytest.fixture
def post(account):
    return PublishedFactory(channel_account=account, scheduled_for=NOW - timedelta(days=2))


def measured(post, *, hours=1, **counts):
    """Return a measurement so many hours after its post went out."""
    at = (post.published_at or NOW) + timedelta(hours=hours)
    return {"post_instance": str(post.pk), "measured_at": at.isoformat(), **counts}


def test_a_measurement_is_kept_read_and_deleted(api, post):
    made = api.post(URL, measured(post, impressions=1200, clicks=34))
    one = f"{URL}/{made.json()['id']}"

    assert made.status_code == 201
    assert (made.json()["impressions"], made.json()["clicks"], made.json()["shares"]) == (1200, 34, 0)
    assert made.json()["channel_account"] == str(post.channel_account_id)
    assert api.get(one).json() == made.json()
    assert api.delete(one).status_code == 204
    assert not Engagement.objects.exists()
    told = LedgerEvent.objects.filter(entity_type="engagement").order_by("id").values_list("event_type", flat=True)
    assert list(told) == ["engagement_recorded", "engagement_deleted"]


def test_many_are_kept_in_one_call_with_one_event_and_a_fixed_number_of_queries(api, post):
    api.get(URL)  # The first call notes that the key is in use.
    numbers = []

    for first, last in ((1, 2), (3, 40)):
        with CaptureQueriesContext(connection) as queries:
            answer = api.post(BULK, {"items": [measured(post, hours=n / 2, reach=n) for n in range(first, last + 1)]})
        assert (answer.status_code, answer.json()["created"]) == (201, last - first + 1)
        numbers.append(len(queries))

    assert numbers[0] == numbers[1]
    assert [row["reach"] for row in answer.json()["results"]] == list(range(3, 41))
    assert LedgerEvent.objects.filter(event_type="engagement_recorded").count() == 2


def test_of_many_with_one_that_is_wrong_none_is_kept(api, post, account):
    waiting = PostInstanceFactory(channel_account=account)

    said = refused(api.post(BULK, {"items": [measured(post), measured(waiting)]}), 422, "validation_error")

    assert list(said["errors"]) == ["items.1.post_instance"]
    assert not Engagement.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"measured_at": (NOW - timedelta(days=3)).isoformat()}, "measured_at"),
        ({"measured_at": (NOW + timedelta(minutes=2)).isoformat()}, "measured_at"),
        ({"measured_at": "yesterday"}, "measured_at"),
        ({"impressions": -1}, "impressions"),
        ({"impressions": 2**63}, "impressions"),
        ({"clicks": "many"}, "clicks"),
        ({"likes": 3}, "likes"),
        ({"post_instance": "01a1fcfc-ed08-74fa-b732-6a772f69b2ca"}, "post_instance"),
        ({"post_instance": "clip_1"}, "post_instance"),
    ],
)
def test_what_is_wrong_stands_at_its_field(api, post, values, field):
    body = {**measured(post), **values}

    one = refused(api.post(URL, body), 422, "validation_error")
    many = refused(api.post(BULK, {"items": [body]}), 422, "validation_error")

    assert (list(one["errors"]), list(many["errors"])) == ([field], [f"items.0.{field}"])
    assert not Engagement.objects.exists()


def test_a_post_is_measured_once_at_a_moment(api, post):
    api.post(URL, measured(post))

    said = refused(api.post(URL, measured(post)), 422, "validation_error")
    twice = refused(api.post(BULK, {"items": [measured(post, hours=2)] * 2}), 422, "validation_error")

    assert said["errors"] == {"measured_at": ["The post was measured at that moment already."]}
    assert list(twice["errors"]) == ["items.1.measured_at"]
    assert Engagement.objects.count() == 1


def test_only_what_is_out_can_be_measured(api, account):
    said = refused(api.post(URL, measured(PostInstanceFactory(channel_account=account))), 422, "validation_error")

    assert said["errors"] == {"post_instance": ["The post is scheduled: only what is out can be measured."]}


def test_a_post_of_another_workspace_is_unknown(api, cast):
    post = PublishedFactory(channel_account__brand__workspace=cast.elsewhere)

    said = refused(api.post(URL, measured(post, hours=0)), 422, "validation_error")

    assert list(said["errors"]) == ["post_instance"]


@pytest.mark.parametrize("number", [0, 501])
def test_none_and_more_than_500_at_once_are_refused(api, post, number):
    items = [measured(post, hours=n / 100) for n in range(number)]

    refused(api.post(BULK, {"items": items}), 422, "validation_error")

    assert not Engagement.objects.exists()


def test_the_list_is_narrowed_by_post_account_and_time(api, post, account):
    other = PublishedFactory(channel_account=account, scheduled_for=NOW - timedelta(days=1))
    api.post(BULK, {"items": [measured(post, hours=1), measured(post, hours=3), measured(other, hours=1)]})
    middle = (post.published_at + timedelta(hours=2)).isoformat()

    def found(**filters):
        return [row["measured_at"] for row in api.get(URL, **filters).json()["results"]]

    assert len(found(channel_account=str(account.pk))) == len(found(brand=str(account.brand_id))) == 3
    assert len(found(post_instance=str(post.pk))) == 2
    assert len(found(start=middle, post_instance=str(post.pk))) == len(found(end=middle)) == 1
    assert found(is_paid="true") == []


def test_who_only_reads_records_nothing(cast, post):
    reader = Api(cast.workspace, "read")

    assert reader.get(URL).status_code == 200
    refused(reader.post(URL, measured(post)), 403, "forbidden")
    refused(reader.post(BULK, {"items": [measured(post)]}), 403, "forbidden")


def test_the_list_takes_the_same_few_queries_whatever_its_length(api, post):
    api.get(URL)

    with CaptureQueriesContext(connection) as before:
        api.get(URL)
    api.post(BULK, {"items": [measured(post, hours=n / 2) for n in range(60)]})
    with CaptureQueriesContext(connection) as after:
        answer = api.get(URL)

    assert len(answer.json()["results"]) == 50
    assert len(after) == len(before) <= MOST_QUERIES
