"""Batches over the API: made whole or not at all, followed by GET, canceled while they run."""

import pytest

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import PostInstance, Schedule
from scheduling.rules import iso
from scheduling.tests.batches.working import URL, batch_of, contents, item, steps, work
from scheduling.tests.factories import NOW, ChannelAccountFactory
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


@pytest.fixture
def account(cast):
    return ChannelAccountFactory(brand__workspace=cast.workspace, name="@lumen", platform="x")


def test_a_batch_waits_with_its_items_and_then_shows_its_posts(api, account):
    first, second = contents(account, 2)

    made = api.post(URL, {"title": "Launch week", "items": [item(first, 2, metadata={"camp": "c"}), item(second)]})

    said = made.json()
    assert (made.status_code, said["status"]) == (201, "pending")
    assert said["progress"] == {"total": 2, "placed": 0, "refused": 0}
    assert [(one["id"], one["state"], one["content_item"]) for one in said["items"]] == [
        (None, "pending", str(first.pk)),
        (None, "pending", str(second.pk)),
    ]
    work()
    done = api.get(f"{URL}/{said['id']}").json()
    assert (done["status"], done["progress"]["placed"]) == ("completed", 2)
    assert [one["state"] for one in done["items"]] == ["scheduled"] * 2
    assert done["items"][0]["metadata"] == {"camp": "c"}
    assert done["items"][0]["scheduled_for"] == said["items"][0]["scheduled_for"]
    assert done["items"][0].keys() == said["items"][0].keys()
    assert done["items"][0]["id"] == str(PostInstance.objects.get(content_item=first).pk)


def test_content_and_accounts_are_named_by_reference_name_or_platform(api, account):
    ChannelAccountFactory(brand=account.brand, platform="facebook", name="Lumen Page")
    ContentItemFactory(brand=account.brand, external_ref="content_123")
    named = [{"channel_account": "@LUMEN"}, {"platform": "Twitter"}, {"channel_account": str(account.pk)}]

    made = api.post(URL, {"title": "Three ways", "items": [{"content_id": "content_123", **one} for one in named]})

    assert {one["channel_account"] for one in made.json()["items"]} == {str(account.pk)}


def test_a_time_without_an_offset_is_read_in_the_zone_of_the_call(api, account):
    content = contents(account, 1)[0]
    body = {"content_id": str(content.pk), "scheduled_time": "2026-12-06T14:00:00"}

    made = api.post(URL, {"title": "x", "timezone": "America/New_York", "items": [body]}).json()

    assert made["items"][0]["scheduled_for"] == "2026-12-06T19:00:00Z"
    assert made["timezone"] == "America/New_York"


def test_what_is_wrong_stands_at_its_item_and_nothing_is_made(api, account, cast):
    fine, foreign = contents(account, 1)[0], ContentItemFactory(brand__workspace=cast.elsewhere)
    lonely = ContentItemFactory(brand=BrandFactory(workspace=cast.workspace))
    items = [
        item(fine),
        item(foreign),
        item(fine, scheduled_time="tomorrow"),
        item(lonely),
        item(fine, channel_account="@nobody"),
        item(lonely, channel_account=str(account.pk)),
        item(fine, channel_account=str(account.pk), platform="facebook"),
    ]

    said = refused(api.post(URL, {"title": "x", "items": items}), 422, "validation_error")

    assert list(said["errors"]) == [
        "items.1.content_id",
        "items.2.scheduled_time",
        "items.3.channel_account",
        "items.4.channel_account",
        "items.5.channel_account",
        "items.6.platform",
    ]
    assert not Schedule.objects.exists()


@pytest.mark.parametrize("count", [0, 501])
def test_a_batch_has_from_1_to_500_items(api, account, count):
    said = refused(api.post(URL, {"title": "x", "items": [{"content_id": "c"}] * count}), 422, "validation_error")

    assert next(iter(said["errors"])).startswith("items")


def test_making_and_reading_take_a_fixed_number_of_queries(api, account, django_assert_max_num_queries):
    texts = contents(account, 200)

    with django_assert_max_num_queries(20):
        made = api.post(URL, {"title": "Many", "items": [item(one) for one in texts]}).json()
    with django_assert_max_num_queries(6):
        api.get(f"{URL}/{made['id']}")


def test_canceled_while_it_runs_it_ends_canceled_and_then_says_409(api, account):
    batch = batch_of(account, 3)
    steps(2)

    asked = api.post(f"{URL}/{batch.pk}/cancel")

    assert (asked.status_code, asked.json()["status"]) == (200, "canceling")
    work(now=NOW.replace(year=NOW.year + 1))
    done = api.get(f"{URL}/{batch.pk}").json()
    assert (done["status"], {one["state"] for one in done["items"]}) == ("canceled", {"skipped"})
    assert done["reason"] == "Canceled; none of its posts goes out."
    refused(api.post(f"{URL}/{batch.pk}/cancel"), 409, "conflict")


def test_who_follows_by_time_sees_when_it_was_made(api, account):
    batch = batch_of(account, 1)

    assert api.get(f"{URL}/{batch.pk}").json()["created_at"] == iso(NOW)
