"""The files of a content item over the API."""

from uuid import uuid4

import pytest

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.tests.uploads import picture, upload
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
URL = "/api/v1/content-items"


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


@pytest.fixture
def files(api):
    """Return the ids of three files."""
    return [upload(api, picture(size=(8, 4 + n))).json()["id"] for n in range(3)]


@pytest.fixture
def one(cast):
    return f"{URL}/{ContentItemFactory(brand__workspace=cast.workspace).pk}"


def test_content_carries_files_in_the_order_that_is_said(api, cast, files):
    brand = BrandFactory(workspace=cast.workspace)

    made = api.post(URL, {"brand": str(brand.pk), "title": "Cupping", "body": "Come", "media": files})
    here = f"{URL}/{made.json()['id']}"
    turned = api.patch(here, {"media": files[::-1]})

    assert (made.status_code, made.json()["media"]) == (201, files)
    assert turned.json()["media"] == api.get(here).json()["media"] == files[::-1]
    assert (made["ETag"], turned["ETag"]) == ('"1"', '"2"')


def test_a_change_that_says_nothing_of_files_leaves_them_and_an_empty_list_takes_them_out(api, files, one):
    api.patch(one, {"media": files})

    kept = api.patch(one, {"title": "Free cupping"}).json()["media"]
    emptied = api.patch(one, {"media": []}).json()["media"]

    assert (kept, emptied) == (files, [])
    assert api.delete(f"/api/v1/media/{files[0]}").status_code == 204


def test_a_stale_change_leaves_the_files(api, files, one):
    api.patch(one, {"media": files[:1]})

    refused(api.patch(one, {"media": files}, {"If-Match": '"1"'}), 412, "stale_version")

    assert api.get(one).json()["media"] == files[:1]


def test_what_cannot_be_carried_is_refused_at_its_field(api, cast, files, one):
    foreign = upload(Api(cast.elsewhere), picture()).json()["id"]
    wrong = [[foreign], [str(uuid4())], [files[0], files[0]], [str(uuid4()) for _ in range(21)], "cup.png"]

    said = [refused(api.patch(one, {"media": media}), 422, "validation_error") for media in wrong]

    assert {name for one in said for name in one["errors"]} == {"media"}
    assert api.get(one).json()["media"] == []
