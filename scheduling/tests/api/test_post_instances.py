"""Post instances over the API: read, made, changed, canceled."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.services.placeholder import placeholder_of
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.models import LedgerEvent
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
URL = "/api/v1/post-instances"
AT = "2026-11-21T10:00:00Z"


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


@pytest.fixture
def account(cast):
    return ChannelAccountFactory(brand=BrandFactory(workspace=cast.workspace))


@pytest.fixture
def content(account):
    return ContentItemFactory(brand=account.brand)


@pytest.fixture
def post(account):
    return PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=5))


def one(post):
    return f"{URL}/{post.pk}"


def test_content_is_scheduled_at_a_stated_time(api, account, content):
    body = {"content_item": str(content.pk), "channel_account": str(account.pk), "scheduled_for": AT, "priority": 5}

    made = api.post(URL, body)

    assert made.status_code == 201
    assert made["ETag"] == '"1"'
    found = {name: made.json()[name] for name in ("status", "scheduled_for", "scheduled_by", "priority", "warnings")}
    assert found == {
        "status": "scheduled",
        "scheduled_for": AT,
        "scheduled_by": "manual",
        "priority": 5,
        "warnings": [],
    }


def test_what_a_stated_time_breaks_comes_back_as_a_warning(api, account, content, post):
    account.gap_minutes = 60
    account.save()
    near = (post.scheduled_for + timedelta(minutes=10)).isoformat()

    made = api.post(URL, {"content_item": str(content.pk), "scheduled_for": near}).json()

    assert made["status"] == "scheduled"
    assert [warning["rule"] for warning in made["warnings"]] == ["gap"]


def test_things_are_named_by_their_external_refs(api, account, content):
    for row, ref in ((account, "acc-1"), (content, "clip-1")):
        row.external_ref = ref
        row.save()

    made = api.post(URL, {"content_item": "clip-1", "channel_account": "acc-1", "scheduled_for": AT})

    assert made.json()["content_item"] == str(content.pk)


def test_a_time_without_an_offset_is_read_in_the_zone_that_is_named_else_in_the_accounts(api, content):
    madrid = api.post(URL, {"content_item": str(content.pk), "scheduled_for": "2026-11-21T10:00"}).json()
    tokyo = {"content_item": str(content.pk), "scheduled_for": "2026-11-21T10:00", "timezone": "Asia/Tokyo"}

    assert madrid["scheduled_for"] == "2026-11-21T09:00:00Z"
    assert api.post(URL, tokyo).json()["scheduled_for"] == "2026-11-21T01:00:00Z"


def test_a_draft_keeps_its_place_without_a_promise(api, content):
    made = api.post(URL, {"content_item": str(content.pk), "scheduled_for": AT, "status": "draft"}).json()

    assert (made["status"], made["next_attempt_at"]) == ("draft", None)


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"scheduled_for": "2026-11-01T10:00:00Z"}, 409, "conflict"),
        ({"scheduled_for": "soon"}, 422, "validation_error"),
        ({"scheduled_for": None}, 422, "validation_error"),
        ({"timezone": "Mars/Olympus", "scheduled_for": "2026-11-21T10:00"}, 422, "validation_error"),
        ({"content_item": "nothing"}, 422, "validation_error"),
        ({"status": "published"}, 422, "validation_error"),
        ({"priority": 10**30}, 422, "validation_error"),
        ({"metadata": {"text": "x" * 20_001}}, 422, "validation_error"),
        ({"remote_id": "1"}, 422, "validation_error"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(api, content, change, status, code):
    body = {"content_item": str(content.pk), "scheduled_for": AT, **change}

    refused(api.post(URL, body), status, code)

    assert not PostInstance.objects.exists()


def test_the_placeholder_of_empty_slots_is_no_content(api, cast, account):
    slot = placeholder_of(cast.workspace.pk)

    refused(
        api.post(URL, {"content_item": str(slot.pk), "channel_account": str(account.pk), "scheduled_for": AT}),
        422,
        "validation_error",
    )


def test_a_post_is_changed_and_moved_at_once(api, post):
    body = {"scheduled_for": AT, "priority": 3, "metadata": {"job": "7"}, "scheduled_window_end": "2026-11-22T00:00Z"}

    changed = api.patch(one(post), body)

    assert changed.status_code == 200
    found = changed.json()
    assert (found["scheduled_for"], found["priority"], found["metadata"]) == (AT, 3, {"job": "7"})
    assert changed["ETag"] == f'"{found["version"]}"'
    assert list(LedgerEvent.objects.values_list("event_type", flat=True))[-2:] == ["publish_changed", "publish_moved"]


def test_a_window_that_ends_before_the_post_is_refused_and_nothing_is_changed(api, post):
    said = refused(
        api.patch(one(post), {"priority": 3, "scheduled_window_end": NOW.isoformat()}), 422, "validation_error"
    )

    post.refresh_from_db()
    assert list(said["errors"]) == ["scheduled_window_end"]
    assert (post.priority, post.version) == (0, 1)


def test_a_post_that_moves_earlier_can_get_an_earlier_end_in_the_same_call(api, post):
    earlier = (NOW + timedelta(hours=2)).isoformat()
    end = (NOW + timedelta(hours=3)).isoformat()

    assert api.patch(one(post), {"scheduled_for": earlier, "scheduled_window_end": end}).status_code == 200


def test_who_looked_at_another_version_changes_nothing(api, post):
    api.patch(one(post), {"priority": 1}, {"If-Match": '"1"'})

    answer = api.patch(one(post), {"priority": 2}, {"If-Match": '"1"'})

    said = refused(answer, 412, "stale_version")
    assert answer["ETag"] == '"2"'
    assert said["errors"] == {"version": ["It is 2 by now."]}
    assert api.get(one(post)).json()["priority"] == 1


@pytest.mark.parametrize("tag", ["1", "'1'", '"1", "2"', "banana"])
def test_a_tag_that_is_none_is_refused(api, post, tag):
    refused(api.patch(one(post), {"priority": 2}, {"If-Match": tag}), 422, "validation_error")


def test_deleting_cancels(api, post):
    assert api.delete(one(post)).status_code == 204

    assert api.get(one(post)).json()["status"] == "canceled"


def test_deleting_a_version_that_is_not_there_any_more_cancels_nothing(api, post):
    refused(api.delete(one(post), {"If-Match": '"9"'}), 412, "stale_version")

    assert PostInstance.objects.get().status == Status.SCHEDULED


def test_what_is_being_published_is_neither_moved_nor_canceled(api, account):
    post = PostInstanceFactory(
        channel_account=account, status=Status.PUBLISHING, claim="0" * 32, lease_ends_at=NOW + timedelta(minutes=1)
    )

    for answer in (api.delete(one(post)), api.patch(one(post), {"scheduled_for": AT})):
        assert "being published" in refused(answer, 409, "conflict")["error_message"]


def test_lists_are_narrowed_by_what_a_post_is_and_when(api, account, post):
    campaign = CampaignFactory(brand=account.brand)
    other = PostInstanceFactory(
        channel_account=account, campaign=campaign, status=Status.MISSED, scheduled_for=NOW - timedelta(days=1)
    )

    def found(**given):
        return [row["id"] for row in api.get(URL, **given).json()["results"]]

    assert found() == [str(other.pk), str(post.pk)]
    assert found(status="SCHEDULED,pending") == [str(post.pk)]
    assert found(problem="true") == found(campaign=str(campaign.pk)) == found(end=NOW.isoformat()) == [str(other.pk)]
    assert found(start=NOW.isoformat(), platform="twitter") == [str(post.pk)]
    assert found(platform="tiktok") == []


@pytest.mark.parametrize(
    "given", [{"status": "lost"}, {"platform": "myspace"}, {"brand": "x"}, {"start": "soon"}, {"stauts": "missed"}]
)
def test_a_filter_that_cannot_be_understood_is_refused(api, given):
    refused(api.get(URL, **given), 422, "validation_error")


@pytest.mark.parametrize("count", [0, 60])
def test_a_list_takes_few_queries_however_long_it_is(api, account, count):
    PostInstanceFactory.create_batch(count, channel_account=account)
    api.get(URL)

    with CaptureQueriesContext(connection) as captured:
        assert len(api.get(URL).json()["results"]) == min(count, 50)

    assert len(captured) <= 6


def test_one_post_takes_few_queries(api, post):
    api.get(one(post))

    with CaptureQueriesContext(connection) as captured:
        api.get(one(post))

    assert len(captured) <= 4


def test_the_posts_of_others_are_not_there(api, cast):
    theirs = PostInstanceFactory(channel_account__brand__workspace=cast.elsewhere)

    refused(api.get(one(theirs)), 404, "not_found")
    refused(api.patch(one(theirs), {"priority": 1}), 404, "not_found")
    assert api.get(URL).json()["results"] == []
