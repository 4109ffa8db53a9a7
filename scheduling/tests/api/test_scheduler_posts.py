"""Source 1's route of a post: schedule it at a stated time, move it, look at it."""

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.rules import STATES
from scheduling.tests.factories import NOW, BlackoutFactory, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from scheduling.tests.planning.standing import standing
from workspaces.models import LedgerEvent
from workspaces.tests.calling import Api, refused
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
NOON = "2026-11-24T12:00:00Z"


@pytest.fixture(autouse=True)
def _it_is_now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def account():
    return ChannelAccountFactory(external_ref="lumen-x", brand__timezone="Europe/Madrid")


@pytest.fixture
def post(account):
    return ContentItemFactory(brand=account.brand, external_ref="post-7")


@pytest.fixture
def api(account):
    return Api(account.workspace, "read", "write")


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("root", ["", "/api/v1"])
def test_a_post_gets_its_time(account, post, api, root, slash):
    answer = api.post(
        f"{root}/schedule/post/post-7{slash}", {"timestamp": "2026-11-24T12:00:00", "timezone": "America/New_York"}
    )

    instance = PostInstance.objects.get()
    assert answer.status_code == 200, answer.content
    assert answer.json() == {
        "schedule_id": str(instance.pk),
        "post_id": str(post.pk),
        "status": "PENDING",
        "publish_time": "2026-11-24T17:00:00Z",
        "timezone": "America/New_York",
        "retry_count": 0,
    }
    assert (instance.content_item, instance.channel_account, instance.status) == (post, account, Status.SCHEDULED)
    assert (instance.scheduled_by, instance.timezone) == ("manual", "Europe/Madrid")


def test_what_was_answered_can_be_looked_at(post, api):
    scheduled = api.post("/schedule/post/post-7", {"timestamp": NOON}).json()

    assert api.get(f"/schedule/post/{post.pk}").json() == scheduled
    assert api.get("/schedule/post/post-7", channel_account="lumen-x").json() == scheduled


def test_without_a_timezone_the_time_is_the_accounts(post, api):
    answer = api.post("/schedule/post/post-7", {"timestamp": "2026-11-24T12:00:00"}).json()

    assert (answer["publish_time"], answer["timezone"]) == ("2026-11-24T11:00:00Z", "Europe/Madrid")


def test_a_second_post_moves_it(post, api):
    first = api.post("/schedule/post/post-7", {"timestamp": NOON}).json()

    second = api.post("/schedule/post/post-7", {"timestamp": "2026-11-25T12:00:00Z", "timezone": "Asia/Tokyo"}).json()

    assert second == {**first, "publish_time": "2026-11-25T12:00:00Z", "timezone": "Asia/Tokyo"}
    assert PostInstance.objects.count() == 1


def test_the_same_again_changes_nothing(post, api):
    body = {"timestamp": NOON, "timezone": "Asia/Tokyo"}
    first = api.post("/schedule/post/post-7", body).json()
    before, events = stored(PostInstance), LedgerEvent.objects.count()

    assert api.post("/schedule/post/post-7", body).json() == first
    assert stored(PostInstance) == before
    assert LedgerEvent.objects.count() == events


@pytest.mark.parametrize("status", [Status.DRAFT, Status.FAILED, Status.MISSED])
def test_what_does_not_go_out_any_more_is_promised_anew(account, post, api, status):
    instance = PostInstanceFactory(channel_account=account, content_item=post, status=status)

    answer = api.post("/schedule/post/post-7", {"timestamp": NOON}).json()

    assert (answer["schedule_id"], answer["status"], answer["publish_time"]) == (str(instance.pk), "PENDING", NOON)


@pytest.mark.parametrize("status", [Status.CANCELED, Status.SKIPPED])
def test_what_is_gone_is_not_brought_back_but_made_anew(account, post, api, status):
    gone = PostInstanceFactory(channel_account=account, content_item=post, status=status)

    answer = api.post("/schedule/post/post-7", {"timestamp": NOON}).json()

    assert answer["schedule_id"] != str(gone.pk)
    assert PostInstance.objects.get(pk=gone.pk).status == status


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (Status.PUBLISHING, "Too late: it is being published right now."),
        (Status.PUBLISHED, "It is published; that cannot be changed from here."),
        (Status.UNCONFIRMED, "Nobody knows whether it went out."),
    ],
)
def test_what_is_out_or_on_its_way_stays(account, post, api, status, sentence):
    standing(status, channel_account=account, content_item=post, scheduled_for=NOW)
    before = stored(PostInstance)

    said = refused(api.post("/schedule/post/post-7", {"timestamp": NOON}), 409, "conflict")

    assert said["error_message"].startswith(sentence)
    assert stored(PostInstance) == before


def test_a_time_that_breaks_a_rule_is_kept_with_a_warning(account, post, api):
    type(account).objects.filter(pk=account.pk).update(window_opens=18, window_closes=23)

    answer = api.post("/schedule/post/post-7", {"timestamp": NOON}).json()

    assert answer["publish_time"] == NOON
    assert [(one["rule"], one["nearest"]) for one in answer["warnings"]] == [("window", "2026-11-24T17:00:00Z")]


def test_on_the_instant_of_an_empty_slot_it_fills_the_slot(account, post, api):
    slot = SlotFactory(channel_account=account, scheduled_for=datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("UTC")))

    assert api.post("/schedule/post/post-7", {"timestamp": NOON}).json()["schedule_id"] == str(slot.pk)


def test_of_several_accounts_one_has_to_be_named_and_each_has_its_own_schedule(account, post, api):
    other = ChannelAccountFactory(brand=account.brand, external_ref="lumen-fb", platform="facebook")

    said = refused(api.post("/schedule/post/post-7", {"timestamp": NOON}), 422, "validation_error")
    named = [
        api.post("/schedule/post/post-7", {"timestamp": NOON, "channel_account": ref}).json()
        for ref in ("lumen-x", str(other.pk))
    ]

    assert str(other.pk) in said["error_message"]
    assert named[0]["schedule_id"] != named[1]["schedule_id"]
    assert api.get("/schedule/post/post-7", channel_account="lumen-fb").json() == named[1]


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        *((one, "PENDING") for one in ("draft", "in_review", "scheduled", "pending", "publishing")),
        ("published", "PUBLISHED"),
        *((one, "FAILED") for one in ("failed", "unconfirmed", "missed")),
        *((one, "CANCELED") for one in ("skipped", "canceled")),
    ],
)
def test_states_read_as_source_1_has_them(account, post, api, status, shown):
    standing(status, channel_account=account, content_item=post, scheduled_for=NOW + timedelta(hours=1))

    assert status in STATES
    assert api.get("/schedule/post/post-7").json()["status"] == shown


def test_the_next_post_is_shown_and_else_the_last(account, post, api):
    at = partial(PostInstanceFactory, channel_account=account, content_item=post)
    gone = at(status=Status.CANCELED, scheduled_for=NOW + timedelta(days=9))
    assert api.get("/schedule/post/post-7").json()["schedule_id"] == str(gone.pk)

    published = standing("published", channel_account=account, content_item=post, scheduled_for=NOW)
    assert api.get("/schedule/post/post-7").json()["schedule_id"] == str(published.pk)

    at(scheduled_for=NOW + timedelta(days=3))
    soon = at(scheduled_for=NOW + timedelta(days=2))
    assert api.get("/schedule/post/post-7").json()["schedule_id"] == str(soon.pk)


def test_a_post_that_is_nowhere_has_no_schedule(post, api):
    refused(api.get("/schedule/post/post-7"), 404, "not_found")
    refused(api.get("/schedule/post/nobody"), 404, "not_found")
    refused(api.get("/schedule/post/post-7", channel_account="nobody"), 404, "not_found")


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 422, "timestamp"),
        ({"timestamp": "soon"}, 422, "timestamp"),
        ({"timestamp": "2026-11-24"}, 422, "timestamp"),
        ({"timestamp": NOON, "timezone": "Mars/Olympus"}, 422, "timezone"),
        ({"timestamp": NOON, "channel_account": "nobody"}, 422, "channel_account"),
        ({"timestamp": NOON, "time_zone": "UTC"}, 422, "time_zone"),
        ({"timestamp": "2026-11-20T08:00:00Z"}, 409, None),
        ({"timestamp": "2026-11-21T12:00:00Z"}, 409, None),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(account, post, api, body, status, field):
    BlackoutFactory(channel_account=account)
    before = stored(PostInstance)

    said = refused(api.post("/schedule/post/post-7", body), status, "validation_error" if field else "conflict")

    assert list(said.get("errors", {})) == ([field] if field else [])
    assert stored(PostInstance) == before
