"""API keys over the API."""

import pytest

from workspaces.models import ApiKey
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
URL = "/api/v1/api-keys"


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


def test_a_key_is_made_used_and_revoked(api, cast):
    made = api.post(URL, {"name": "Website", "scopes": ["read"]})
    headers = {"authorization": f"Bearer {made.json()['key']}"}

    assert made.status_code == 201
    assert api.client.get("/api/v1/brands", headers=headers).status_code == 200
    assert api.delete(f"{URL}/{made.json()['id']}").status_code == 204
    assert api.client.get("/api/v1/brands", headers=headers).status_code == 401
    assert api.get(f"{URL}/{made.json()['id']}").json()["revoked_at"]


def test_no_list_and_no_second_answer_holds_a_key(api):
    body, again = {"name": "Website", "scopes": ["read"]}, {"Idempotency-Key": "once"}

    token = api.post(URL, body, again).json()["key"]

    assert token not in api.get(URL).content.decode()
    refused(api.post(URL, body, again), 409, "conflict")
    assert ApiKey.objects.filter(name="Website").count() == 1


def test_nobody_gives_a_scope_that_they_do_not_have(cast):
    narrow = Api(cast.workspace, "admin")

    said = refused(narrow.post(URL, {"name": "Wide", "scopes": ["publish"]}), 422, "validation_error")

    assert list(said["errors"]) == ["scopes"]
    assert not ApiKey.objects.filter(name="Wide").exists()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "x"},
        {"name": "x", "scopes": []},
        {"name": "x", "scopes": ["all"]},
        {"name": " ", "scopes": ["read"]},
        {"name": "x", "scopes": ["read"], "expires_at": "2020-01-01T00:00Z"},
    ],
)
def test_a_key_that_cannot_be_is_refused(api, body):
    refused(api.post(URL, body), 422, "validation_error")


def test_only_admins_see_keys(cast):
    refused(Api(cast.workspace, "read", "write", "publish").get(URL), 403, "forbidden")
