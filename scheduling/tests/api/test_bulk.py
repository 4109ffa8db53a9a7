"""The same verb for many posts."""

from datetime import timedelta
from uuid import uuid4

import pytest

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from workspaces.models import LedgerEvent
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
URL = "/api/v1/post-instances/bulk"


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


@pytest.fixture
def account(cast):
    return ChannelAccountFactory(brand=BrandFactory(workspace=cast.workspace))


@pytest.fixture
def posts(account):
    return [PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=n + 1)) for n in range(3)]


def items(posts, **values):
    return [{"id": str(post.pk), **values} for post in posts]


def test_many_are_canceled_at_once(api, posts):
    answer = api.post(URL, {"action": "cancel", "items": items(posts)})

    assert answer.status_code == 200
    assert (answer.json()["done"], answer.json()["refused"]) == (3, 0)
    assert [one["post_instance"]["status"] for one in answer.json()["items"]] == ["canceled"] * 3
    assert LedgerEvent.objects.filter(event_type="publish_canceled").count() == 3


def test_each_gets_what_it_is_given(api, account):
    slots = [SlotFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=n + 1)) for n in range(2)]
    texts = [ContentItemFactory(brand=account.brand) for _ in slots]
    given = [{"id": str(slot.pk), "content_item": str(text.pk)} for slot, text in zip(slots, texts, strict=True)]

    answer = api.post(URL, {"action": "fill", "items": given}).json()

    assert [one["post_instance"]["content_item"] for one in answer["items"]] == [str(text.pk) for text in texts]


def test_if_one_is_refused_nothing_is_done_and_it_is_named(api, posts):
    PostInstance.objects.filter(pk=posts[1].pk).update(status=Status.MISSED, due_at=None)

    said = refused(
        api.post(URL, {"action": "move", "items": items(posts, scheduled_for="2026-11-25T09:00Z")}), 409, "conflict"
    )

    assert set(said["errors"]) == {"items.1", "items.2"}
    assert not LedgerEvent.objects.filter(event_type="publish_moved").exists()
    assert {post.version for post in PostInstance.objects.all()} == {1}


def test_with_partial_what_can_be_done_is_done_and_every_item_is_answered(api, posts):
    PostInstance.objects.filter(pk=posts[1].pk).update(status=Status.PUBLISHING, claim=uuid4(), lease_ends_at=NOW)
    given = [*items(posts), {"id": str(uuid4())}]

    answer = api.post(URL, {"action": "cancel", "items": given, "partial": True}).json()

    assert (answer["done"], answer["refused"]) == (2, 2)
    assert [one["status"] for one in answer["items"]] == [200, 409, 200, 404]
    assert "being published" in answer["items"][1]["error"]["error_message"]


def test_a_version_that_is_not_there_any_more_is_refused(api, posts):
    answer = api.post(URL, {"action": "skip", "items": items(posts[:1], version=7), "partial": True}).json()

    assert [one["status"] for one in answer["items"]] == [412]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"action": "delete", "items": [{"id": str(uuid4())}]}, "action"),
        ({"action": "cancel", "items": []}, "items"),
        ({"action": "cancel", "items": [{"id": str(uuid4())}] * 501}, "items"),
        ({"action": "cancel", "items": [{"id": "x"}]}, "items.0.id"),
        ({"action": "cancel", "items": ["x"]}, "items.0"),
        ({"action": "move", "items": [{"id": str(uuid4())}]}, "items.0.scheduled_for"),
        ({"action": "cancel", "items": [{"id": str(uuid4()), "why": "x"}]}, "items.0.why"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_its_place(api, body, field):
    said = refused(api.post(URL, body), 422, "validation_error")

    assert next(iter(said["errors"])).startswith(field)


def test_a_post_stands_in_the_items_once(api, posts):
    refused(api.post(URL, {"action": "cancel", "items": items([posts[0], posts[0]])}), 422, "validation_error")


def test_publishing_many_needs_the_scope_for_it(cast, posts):
    editor = Api(cast.workspace, "read", "write")

    refused(editor.post(URL, {"action": "publish-now", "items": items(posts)}), 403, "forbidden")


def test_the_posts_of_others_are_not_there(api, cast):
    theirs = PostInstanceFactory(channel_account__brand__workspace=cast.elsewhere)

    refused(api.post(URL, {"action": "cancel", "items": items([theirs])}), 409, "conflict")

    assert PostInstance.objects.get().status == Status.SCHEDULED
