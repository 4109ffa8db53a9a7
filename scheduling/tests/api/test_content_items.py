"""Content items over the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import ContentItem
from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from scheduling.models import Status
from scheduling.services.placeholder import placeholder_of
from scheduling.tests.factories import ChannelAccountFactory, PostInstanceFactory
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
URL = "/api/v1/content-items"


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


@pytest.fixture
def brand(cast):
    return BrandFactory(workspace=cast.workspace)


@pytest.fixture
def content(brand):
    return ContentItemFactory(brand=brand)


def one(content):
    return f"{URL}/{content.pk}"


def test_a_text_is_written_read_changed_and_deleted(api, brand):
    body = {"brand": str(brand.pk), "title": "Cupping", "body": "Come ☕", "variants": {"x": {"body": "Come"}}}

    made = api.post(URL, body)
    here = f"{URL}/{made.json()['id']}"

    assert (made.status_code, made["ETag"]) == (201, '"1"')
    assert api.get(here).json()["variants"] == {"x": {"body": "Come"}}
    changed = api.patch(here, {"title": "Free cupping"})
    assert (changed.json()["title"], changed["ETag"]) == ("Free cupping", '"2"')
    assert api.delete(here).status_code == 204


def test_labels_are_written_once_each_and_found_whatever_their_case(api, brand, content):
    body = {
        "brand": str(brand.pk),
        "title": "Cupping",
        "body": "Come ☕",
        "labels": ["winter sale", "Launch", "launch"],
    }

    made = api.post(URL, body).json()
    found = api.get(f"{URL}?label=LAUNCH").json()["results"]
    changed = api.patch(f"{URL}/{made['id']}", {"labels": ["evergreen"]}).json()

    assert made["labels"] == ["Launch", "winter sale"]
    assert [one["id"] for one in found] == [made["id"]]
    assert changed["labels"] == ["evergreen"]
    assert api.patch(f"{URL}/{made['id']}", {"title": "Free cupping"}).json()["labels"] == ["evergreen"]
    assert api.get(one(content)).json()["labels"] == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"body": "", "link": ""}, "body"),
        ({"body": "x" * 20_001}, "body"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"variants": {"myspace": {"body": "x"}}}, "variants"),
        ({"brand": None}, "brand"),
        ({"labels": "launch"}, "labels"),
        ({"labels": ["one, two"]}, "labels.0"),
        ({"labels": ["x" * 41]}, "labels.0"),
        ({"labels": list("abcdefghijk")}, "labels"),
        ({"campaign": "nothing"}, "campaign"),
        ({"is_placeholder": True}, "is_placeholder"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_saved(api, brand, change, field):
    body = {"brand": str(brand.pk), "title": "Cupping", "body": "Come", **change}

    said = refused(api.post(URL, body), 422, "validation_error")

    assert field in said["errors"]
    assert not ContentItem.objects.exists()


def test_two_editors_do_not_overwrite_each_other(api, content):
    api.patch(one(content), {"title": "Mine"}, {"If-Match": '"1"'})

    answer = api.patch(one(content), {"title": "Theirs"}, {"If-Match": '"1"'})

    refused(answer, 412, "stale_version")
    assert answer["ETag"] == '"2"'
    assert api.get(one(content)).json()["title"] == "Mine"


def test_what_is_being_published_is_not_changed(api, content):
    PostInstanceFactory(
        channel_account=ChannelAccountFactory(brand=content.brand),
        content_item=content,
        status=Status.PUBLISHING,
        claim="0" * 32,
        lease_ends_at=content.created_at,
    )

    refused(api.patch(one(content), {"body": "Too late"}), 409, "conflict")


def test_the_tray_is_what_has_no_time(api, brand, content):
    placed = ContentItemFactory(brand=brand)
    PostInstanceFactory(channel_account=ChannelAccountFactory(brand=brand), content_item=placed)

    def found(**given):
        return [row["id"] for row in api.get(URL, **given).json()["results"]]

    assert found(unscheduled="true") == [str(content.pk)]
    assert found(unscheduled="false") == [str(placed.pk)]
    assert found(search="CUPPING") == found(brand=str(brand.pk))
    assert found(campaign=str(CampaignFactory(brand=brand).pk)) == []


def test_a_text_that_has_posts_stays(api, content):
    PostInstanceFactory(channel_account=ChannelAccountFactory(brand=content.brand), content_item=content)

    refused(api.delete(one(content)), 409, "conflict")


def test_the_placeholder_of_empty_slots_is_no_content(api, cast):
    placeholder = placeholder_of(cast.workspace.pk)

    refused(api.get(one(placeholder)), 404, "not_found")
    assert api.get(URL).json()["results"] == []


@pytest.mark.parametrize("count", [0, 60])
def test_a_list_takes_few_queries_however_long_it_is(api, brand, count):
    ContentItemFactory.create_batch(count, brand=brand)
    api.get(URL)

    with CaptureQueriesContext(connection) as captured:
        api.get(URL)

    assert len(captured) <= 6
