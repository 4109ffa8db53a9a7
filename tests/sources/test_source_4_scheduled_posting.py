"""Source 4, "Automated Scheduled Posting": its endpoints, and the way of a post from its creation to its platform."""

import pytest

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import PostInstance
from scheduling.tests.factories import ChannelAccountFactory
from tests.sources.documented import ahead, curl, same_shape
from workspaces.tests.calling import token_of
from workspaces.tests.commands import run
from workspaces.tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db

HOST = "http://localhost:8000"
CREATE = '{ "content_id": 1, "scheduled_for": "2025-10-15T14:00:00Z" }'
UPDATE = '{ "scheduled_for": "2025-10-15T15:00:00Z" }'
BULK = '{ "post_ids": [1,2,3], "schedule_pattern": "daily" }'
TWO, THREE = ahead("2025-10-15T14:00:00Z"), ahead("2025-10-15T15:00:00Z")


@pytest.fixture
def brand(clock):
    """A business with one account, and the content that other systems know as 1, 2 and 3."""
    clock("2027-10-14T09:30:00")
    brand = BrandFactory(workspace=WorkspaceFactory(slug="lumen"), timezone="America/Chicago")
    ChannelAccountFactory(brand=brand)
    for number in (1, 2, 3):
        ContentItemFactory(brand=brand, external_ref=str(number))
    return brand


@pytest.fixture
def token(brand):
    return token_of(brand.workspace, "read", "write")


def create(token):
    return curl(f"curl -X POST {HOST}/api/v1/schedule/create -d '{CREATE}'", token=token)


def listed(token, query=""):
    answer = curl(f"curl '{HOST}/api/v1/schedule/list?business_id=lumen{query}'", token=token)
    assert answer.status_code == 200, answer.content
    return [(one["id"], one["scheduled_for"]) for one in answer.json()["results"]]


def test_a_post_is_scheduled(token):
    answer = create(token)

    assert answer.status_code == 201, answer.content
    assert (answer.json()["status"], answer.json()["scheduled_for"]) == ("scheduled", TWO)
    assert PostInstance.objects.get().content_item.external_ref == "1"


def test_scheduled_posts_are_listed_by_business_and_dates(token):
    post = create(token).json()["id"]

    assert listed(token) == [(post, TWO)]
    assert listed(token, "&from_date=2025-10-15&to_date=2025-10-16") == [(post, TWO)]
    assert listed(token, "&from_date=2025-10-16") == []
    assert listed(token, "&to_date=2025-10-15") == []


def test_a_scheduled_post_is_updated(token):
    post = create(token).json()["id"]

    answer = curl(f"curl -X PUT {HOST}/api/v1/schedule/{post} -d '{UPDATE}'", token=token)

    assert (answer.status_code, answer.json()["scheduled_for"]) == (200, THREE)
    assert listed(token) == [(post, THREE)]


def test_a_scheduled_post_is_canceled(token):
    post = create(token).json()["id"]

    answer = curl(f"curl -X DELETE {HOST}/api/v1/schedule/{post}", token=token)

    assert (answer.status_code, listed(token)) == (204, [])
    assert PostInstance.objects.get(pk=post).status == "canceled"


def test_the_worker_publishes_it_at_its_time_and_not_before(token, clock):
    post = PostInstance.objects.get(pk=create(token).json()["id"])
    states = []

    for minute in ("2027-10-15T13:59:00", "2027-10-15T14:00:00"):
        clock(minute)
        run("publish_pending")
        post.refresh_from_db()
        states.append(post.status)

    assert states == ["scheduled", "published"]
    assert listed(token) == []


def test_what_is_published_is_neither_updated_nor_canceled(token, clock):
    post = create(token).json()["id"]
    clock("2027-10-15T14:00:00")
    run("publish_pending")

    update = curl(f"curl -X PUT {HOST}/api/v1/schedule/{post} -d '{UPDATE}'", token=token)
    cancel = curl(f"curl -X DELETE {HOST}/api/v1/schedule/{post}", token=token)

    assert (update.status_code, cancel.status_code) == (409, 409)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ('"2025-10-15T14:00:00-05:00"', "2025-10-15T19:00:00Z"),
        ('"2025-10-15T14:00:00"', "2025-10-15T19:00:00Z"),
        ('"2025-10-15T14:00:00", "timezone": "Asia/Tokyo"', "2025-10-15T05:00:00Z"),
    ],
)
def test_a_time_is_read_in_its_offset_the_zone_that_is_named_or_the_accounts(token, written, stored):
    body = f'{{"content_id": 1, "scheduled_for": {written}}}'

    answer = curl(f"curl -X POST {HOST}/api/v1/schedule/create -d '{body}'", token=token)

    assert answer.json()["scheduled_for"] == ahead(stored)


def test_several_posts_are_scheduled_in_bulk(token):
    answer = curl(f"curl -X POST {HOST}/api/v1/schedule/bulk -d '{BULK}'", token=token)

    assert answer.status_code == 201, answer.content
    same_shape(answer.json(), {"id": "", "status": "pending", "progress": {"total": 3, "placed": 0, "refused": 0}})
    assert answer.json()["progress"]["total"] == 3
