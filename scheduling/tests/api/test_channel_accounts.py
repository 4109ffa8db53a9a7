"""Channel accounts over the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.tests.factories import BrandFactory
from scheduling.models import ChannelAccount, PostInstance
from scheduling.services.topoff import top_off
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
URL = "/api/v1/channel-accounts"


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


@pytest.fixture
def brand(cast):
    return BrandFactory(workspace=cast.workspace)


def one(account):
    return f"{URL}/{account.pk}"


def test_an_account_is_made_by_any_name_of_its_platform_and_says_what_holds_for_it(api, brand):
    made = api.post(URL, {"brand": str(brand.pk), "platform": "Twitter", "name": "@lumen", "posts_per_week": 3})

    found = made.json()
    assert made.status_code == 201
    assert (found["platform"], found["connection"], found["gap_minutes"]) == ("x", "sandbox", None)
    assert found["effective"] == {
        "timezone": "Europe/Madrid",
        "schedule_times": ["12:30"],
        "window": None,
        "gap_minutes": 0,
    }


def test_the_platforms_rules_hold_unless_the_account_has_its_own(api, brand):
    given = {"brand": str(brand.pk), "platform": "instagram", "name": "lumen"}
    account = api.post(URL, given).json()

    own = {"window_opens": 8, "window_closes": 20, "gap_minutes": 5, "schedule_timezone": "Asia/Tokyo"}
    changed = api.patch(f"{URL}/{account['id']}", own).json()

    assert (account["effective"]["window"], account["effective"]["gap_minutes"]) == ("18:00–23:00", 60)
    assert changed["effective"] | {"schedule_times": []} == {
        "timezone": "Asia/Tokyo",
        "schedule_times": [],
        "window": "08:00–20:00",
        "gap_minutes": 5,
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"platform": "myspace"}, "platform"),
        ({"posts_per_week": 71}, "posts_per_week"),
        ({"posts_per_week": 9, "schedule_times": ["09:00"]}, "posts_per_week"),
        ({"schedule_times": ["25:00"]}, "schedule_times"),
        ({"schedule_times": "09:00"}, "schedule_times"),
        ({"schedule_timezone": "CET-ish"}, "schedule_timezone"),
        ({"window_opens": 9}, "window_opens"),
        ({"gap_minutes": -1}, "gap_minutes"),
        ({"lateness_minutes": 10_081}, "lateness_minutes"),
        ({"daily_cap": 0}, "daily_cap"),
        ({"connection": "webhook", "brand": None}, "brand"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_saved(api, brand, change, field):
    body = {"brand": str(brand.pk), "platform": "x", "name": "@lumen", **change}

    said = refused(api.post(URL, body), 422, "validation_error")

    assert list(said["errors"]) == [field]
    assert not ChannelAccount.objects.exists()


def test_a_changed_cadence_says_what_it_leaves_behind_and_removes_it_when_told(api, brand):
    account = ChannelAccountFactory(brand=brand, posts_per_week=7, schedule_times=["09:00"])
    top_off(now=NOW, actor="command", days=7)
    made = PostInstance.objects.count()

    kept = api.patch(one(account), {"schedule_times": ["10:00"]}).json()
    removed = api.patch(f"{one(account)}?remove_off_grid=true", {"name": "@lumen2"}).json()

    assert (kept["off_grid_slots"], kept["removed_slots"]) == (made, 0)
    assert (removed["off_grid_slots"], removed["removed_slots"]) == (0, made)
    assert not PostInstance.objects.exists()


def test_an_account_that_has_posts_is_switched_off_instead_of_deleted(api, brand):
    account = ChannelAccountFactory(brand=brand)
    PostInstanceFactory(channel_account=account)

    assert "Switch it off" in refused(api.delete(one(account)), 409, "conflict")["error_message"]
    assert api.patch(one(account), {"is_active": False}).json()["is_active"] is False


def test_an_account_without_posts_is_deleted(api, brand):
    assert api.delete(one(ChannelAccountFactory(brand=brand))).status_code == 204


def test_only_admins_write_accounts(cast, brand):
    editor = Api(cast.workspace, "read", "write", "publish")

    assert editor.get(URL).status_code == 200
    refused(editor.post(URL, {"brand": str(brand.pk), "platform": "x", "name": "@lumen"}), 403, "forbidden")


@pytest.mark.parametrize("count", [0, 60])
def test_a_list_takes_few_queries_however_long_it_is(api, brand, count):
    ChannelAccountFactory.create_batch(count, brand=brand)
    api.get(URL)

    with CaptureQueriesContext(connection) as captured:
        api.get(URL, platform="twitter")

    assert len(captured) <= 6
