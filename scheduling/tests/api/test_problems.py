"""Requeue, confirm and skip over the API."""

from datetime import timedelta

import pytest

from campaigns.tests.factories import BrandFactory
from scheduling.models import Status
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.models import LedgerEvent
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
URL = "https://example.com/lumen/status/1"


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


@pytest.fixture
def post(cast):
    account = ChannelAccountFactory(brand=BrandFactory(workspace=cast.workspace))
    return PostInstanceFactory(
        channel_account=account, status=Status.UNCONFIRMED, scheduled_for=NOW - timedelta(hours=1)
    )


def path(post, verb):
    return f"/api/v1/post-instances/{getattr(post, 'pk', post)}/{verb}"


def test_a_post_is_sent_again(api, post):
    answer = api.post(path(post, "requeue"))

    assert answer.status_code == 200
    assert {key: answer.json()[key] for key in ("id", "status", "scheduled_for", "scheduled_by")} == {
        "id": str(post.pk),
        "status": "scheduled",
        "scheduled_for": "2026-11-20T09:00:00Z",
        "scheduled_by": "rule_engine",
    }
    assert LedgerEvent.objects.get(event_type="publish_requeued").actor.startswith("key:")


def test_a_post_is_there(api, post):
    answer = api.post(path(post, "confirm/"), {"url": URL})

    assert (answer.json()["status"], answer.json()["remote_url"]) == ("published", URL)


def test_a_post_is_skipped_with_a_reason(api, post):
    answer = api.post(path(post, "skip"), {"reason": "Too old"})

    assert (answer.json()["status"], answer.json()["reason"]) == ("skipped", "Too old")


@pytest.mark.parametrize(
    ("verb", "scopes", "status"),
    [("requeue", ["read", "write"], 403), ("confirm", ["read", "write"], 403), ("skip", ["read"], 403)],
)
def test_each_needs_its_scope(cast, post, verb, scopes, status):
    refused(Api(cast.workspace, *scopes).post(path(post, verb), {"url": URL}), status, "forbidden")


@pytest.mark.parametrize("verb", ["requeue", "confirm", "skip"])
def test_a_post_of_another_workspace_or_none_is_not_found(cast, api, verb):
    foreign = PostInstanceFactory(channel_account__brand__workspace=cast.elsewhere, status=Status.FAILED)

    for key in (foreign, "nonsense"):
        refused(api.post(path(key, verb), {"url": URL}), 404, "not_found")


def test_a_wrong_address_is_named_at_its_field(api, post):
    assert set(refused(api.post(path(post, "confirm")), 422, "validation_error")["errors"]) == {"url"}


def test_a_body_that_is_no_object_is_refused(api, post):
    assert api.post(path(post, "skip"), ["x"]).status_code in (400, 422)
