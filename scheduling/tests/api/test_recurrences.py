"""Recurrences over the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import PostInstance, Recurrence
from scheduling.services.topoff import top_off
from scheduling.tests.factories import NOW, BlackoutFactory, ChannelAccountFactory, RecurrenceFactory
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
URL = "/api/v1/recurrences"
MONDAYS = {"rule": "FREQ=WEEKLY;BYDAY=MO", "starts_at": "2026-11-23T09:00"}


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


@pytest.fixture
def account(cast):
    return ChannelAccountFactory(brand=BrandFactory(workspace=cast.workspace))


@pytest.fixture
def body(account):
    content = ContentItemFactory(brand=account.brand, external_ref="market-day")
    return {"content_item": str(content.pk), "channel_account": str(account.pk), **MONDAYS}


def ids(answer):
    return [row["id"] for row in answer.json()["results"]]


def statuses():
    return [one.status for one in PostInstance.objects.order_by("scheduled_for", "created_at")]


def test_one_is_made_read_changed_and_deleted_with_its_posts(api, body):
    made = api.post(URL, body)
    one = f"{URL}/{made.json()['id']}"
    read = api.get(one).json()
    changed = api.patch(one, {"rule": "FREQ=WEEKLY;BYDAY=MO;COUNT=2"}).json()
    deleted = api.delete(one)

    assert made.status_code == 201
    assert read == made.json()
    assert (read["timezone"], read["starts_at"], read["excluded"]) == ("Europe/Madrid", "2026-11-23T09:00:00", [])
    assert len(read["upcoming"]) == 4
    assert len(changed["upcoming"]) == 2
    assert deleted.status_code == 204
    assert statuses() == ["canceled"] * 4


def test_upcoming_tells_of_each_time_its_post_or_why_there_is_none(api, account, body):
    BlackoutFactory(channel_account=account, starts_at="2026-11-30T00:00:00Z", ends_at="2026-12-01T00:00:00Z")

    made = api.post(URL, body).json()

    first, second = made["upcoming"][:2]
    post = PostInstance.objects.order_by("scheduled_for").first()
    assert first == {
        "local_time": "2026-11-23T09:00:00",
        "post_instance": str(post.pk),
        "status": "scheduled",
        "scheduled_for": "2026-11-23T08:00:00Z",
        "reason": "",
    }
    assert (second["local_time"], second["post_instance"], second["status"]) == ("2026-11-30T09:00:00", None, None)
    assert second["reason"] == made["last_refusal"] == '2026-11-30 09:00 falls in a blackout "Inventory".'


def test_content_is_found_by_its_reference_and_the_account_by_being_the_only_one(api, account, body):
    made = api.post(URL, {"content_item": "market-day", **MONDAYS}).json()

    assert (made["content_item"], made["channel_account"]) == (body["content_item"], str(account.pk))


def test_where_there_are_several_accounts_one_has_to_be_named(api, account):
    ContentItemFactory(brand=account.brand, external_ref="market-day")
    ChannelAccountFactory(brand=account.brand)

    said = refused(api.post(URL, {"content_item": "market-day", **MONDAYS}), 422, "validation_error")

    assert account.name in said["error_message"]


def test_switched_off_it_has_no_posts(api, body):
    one = f"{URL}/{api.post(URL, body).json()['id']}"

    off = api.patch(one, {"is_active": False}).json()

    assert (off["is_active"], off["upcoming"]) == (False, [])
    assert statuses() == ["canceled"] * 4


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rule": "every monday"}, "rule"),
        ({"rule": "FREQ=HOURLY"}, "rule"),
        ({"rule": "FREQ=YEARLY;BYWEEKNO=20"}, "rule"),
        ({"rule": "FREQ=WEEKLY;UNTIL=20261101"}, "rule"),
        ({"rule": "FREQ=DAILY;COUNT=2", "starts_at": "2026-11-01T09:00"}, "rule"),
        ({"rule": "FREQ=DAILY;" + "X" * 500}, "rule"),
        ({"starts_at": "next monday"}, "starts_at"),
        ({"starts_at": "2026-11-23"}, "starts_at"),
        ({"starts_at": "2020-11-23T09:00"}, "starts_at"),
        ({"starts_at": "9998-11-23T09:00"}, "starts_at"),
        ({"excluded": ["Christmas"]}, "excluded"),
        ({"excluded": ["2026-12-32"]}, "excluded"),
        ({"excluded": "2026-12-25"}, "excluded"),
        ({"excluded": [{}]}, "excluded.0"),
        ({"content_item": "nothing"}, "content_item"),
        ({"channel_account": None}, "channel_account"),
        ({"color": "red"}, "color"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_saved(api, body, change, field):
    said = refused(api.post(URL, {**body, **change}), 422, "validation_error")

    assert list(said["errors"]) == [field]
    assert not Recurrence.objects.exists()


@pytest.mark.parametrize("name", ["content_item", "channel_account"])
def test_what_belongs_to_another_workspace_is_unknown(api, cast, body, name):
    theirs = ChannelAccountFactory(brand__workspace=cast.elsewhere)
    key = theirs.pk if name == "channel_account" else ContentItemFactory(brand=theirs.brand).pk

    said = refused(api.post(URL, {**body, name: str(key)}), 422, "validation_error")

    assert list(said["errors"]) == [name]


def test_content_of_another_brand_is_refused(api, cast, body):
    other = ContentItemFactory(brand=BrandFactory(workspace=cast.workspace))

    said = refused(api.post(URL, {**body, "content_item": str(other.pk)}), 422, "validation_error")

    assert "belongs to another brand" in said["error_message"]


def test_a_change_that_is_refused_changes_neither_the_rule_nor_the_plan(api, body):
    one = f"{URL}/{api.post(URL, body).json()['id']}"
    before = api.get(one).json()

    refused(api.patch(one, {"rule": "FREQ=WEEKLY;BYDAY=XX"}), 422, "validation_error")

    assert api.get(one).json() == before


def test_an_end_that_is_over_ends_it(api, body):
    one = f"{URL}/{api.post(URL, {**body, 'starts_at': '2026-11-16T09:00'}).json()['id']}"

    ended = api.patch(one, {"rule": "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261119"})

    assert (ended.status_code, ended.json()["upcoming"]) == (200, [])


def test_the_filters_find_by_brand_content_account_and_whether_it_is_active(api, account, body):
    made = api.post(URL, body).json()
    other = RecurrenceFactory(channel_account__brand__workspace=account.workspace, is_active=False)
    filters = {
        "brand": str(account.brand_id),
        "content_item": body["content_item"],
        "channel_account": str(account.pk),
        "is_active": "true",
    }

    found = [
        [row["id"] for row in api.get(URL, **{name: wanted}).json()["results"]] for name, wanted in filters.items()
    ]

    assert found == [[made["id"]]] * 4
    assert [row["id"] for row in api.get(URL, is_active="false").json()["results"]] == [str(other.pk)]
    refused(api.get(URL, acount="x"), 422, "validation_error")


def test_a_list_asks_as_often_for_many_as_for_one(api, cast):
    def asked():
        with CaptureQueriesContext(connection) as found:
            assert api.get(URL).status_code == 200
        return len(found)

    RecurrenceFactory(channel_account__brand__workspace=cast.workspace)
    top_off(now=NOW, actor="command", days=28)
    asked()  # The key notes its first use.
    few = asked()
    RecurrenceFactory.create_batch(20, channel_account__brand__workspace=cast.workspace)
    top_off(now=NOW, actor="command", days=28)

    assert asked() == few


def test_a_reader_reads_and_an_editor_of_elsewhere_finds_nothing(cast, body):
    one = f"{URL}/{Api(cast.workspace).post(URL, body).json()['id']}"

    assert Api(cast.workspace, "read").get(one).status_code == 200
    refused(Api(cast.workspace, "read").delete(one), 403, "forbidden")
    refused(Api(cast.elsewhere).get(one), 404, "not_found")


def test_what_a_recurrence_uses_cannot_be_deleted(api, account, body):
    api.post(URL, {**body, "is_active": False})

    said = refused(api.delete(f"/api/v1/content-items/{body['content_item']}"), 409, "conflict")

    assert "1 repeating post belongs to it. Stop repeating it first." in said["error_message"]


def test_a_repeat_with_the_same_key_makes_one(api, body):
    both = [api.post(URL, body, headers={"Idempotency-Key": "once"}) for _ in range(2)]

    assert [one.status_code for one in both] == [201, 201]
    assert Recurrence.objects.count() == 1
