"""Source 2's routes for posts: schedule a clip, and list what became of it."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import PostInstance
from scheduling.services.topoff import top_off
from scheduling.tests.factories import NOW, BlackoutFactory, ChannelAccountFactory, PostInstanceFactory
from workspaces.models import LedgerEvent
from workspaces.tests.calling import Api
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
ROOTS = ["/publishing", "/api/v1/publishing"]
SCHEDULE = "/publishing/schedule"
MADRID = ZoneInfo("Europe/Madrid")
EVENING = datetime(2026, 11, 21, 20, 0, tzinfo=MADRID)


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def account():
    return ChannelAccountFactory(platform="instagram", external_ref="acc_xyz789")


@pytest.fixture
def clip(account):
    return ContentItemFactory(brand=account.brand, external_ref="clip_abc123")


@pytest.fixture
def api(account):
    return Api(account.workspace, "read", "write")


def request(**values):
    """Return source 2's example, on a day ahead."""
    example = {
        "clip_id": "clip_abc123",
        "platform": "instagram",
        "social_account_id": "acc_xyz789",
        "scheduled_for": "2026-11-21T19:00:00Z",
        "scheduled_window_end": "2026-11-21T21:00:00Z",
        "scheduled_by": "manual",
    }
    return {**example, **values}


def rejected(answer):
    assert answer.status_code == 422, answer.content
    said = answer.json()
    assert set(said) == {"publish_log_id", "status", "reason"}
    assert (said["publish_log_id"], said["status"]) == ("", "rejected")
    return said["reason"]


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("root", ROOTS)
def test_source_2s_example_is_adjusted_by_its_gap_as_documented(account, clip, api, root, slash):
    PostInstanceFactory(channel_account=account, scheduled_for=EVENING - timedelta(minutes=55))

    answer = api.post(f"{root}/schedule{slash}", request(scheduled_for="2026-11-21T19:00:00Z"))

    post = PostInstance.objects.get(content_item=clip)
    assert answer.status_code == 201
    assert answer.json() == {
        "publish_log_id": str(post.pk),
        "status": "scheduled",
        "reason": "Adjusted 5min forward to respect 60min gap",
        "scheduled_for": "2026-11-21T19:05:00Z",
        "scheduled_window_end": "2026-11-21T21:00:00Z",
    }


def test_a_time_that_breaks_no_rule_is_kept_without_a_reason(clip, api):
    answer = api.post(SCHEDULE, request())

    assert answer.json()["scheduled_for"] == "2026-11-21T19:00:00Z"
    assert answer.json()["reason"] is None


def test_a_time_without_an_offset_is_the_accounts(clip, api):
    answer = api.post(SCHEDULE, request(scheduled_for="2026-11-21T20:00:00", scheduled_window_end=None))

    assert answer.json()["scheduled_for"] == "2026-11-21T19:00:00Z"


def test_without_a_time_it_goes_out_at_once_if_the_rules_allow_it(clip, api):
    account = clip.brand.channel_accounts.get()
    type(account).objects.filter(pk=account.pk).update(window_opens=0, window_closes=24)

    answer = api.post(SCHEDULE, {"clip_id": "clip_abc123", "social_account_id": "acc_xyz789"})

    post = PostInstance.objects.get()
    assert answer.status_code == 201
    assert (post.scheduled_for, post.schedule_type, post.scheduled_by) == (NOW, "immediate", "manual")


def test_ids_of_ours_and_of_other_systems_are_both_understood(account, clip, api):
    body = request(clip_id=str(clip.pk), social_account_id=str(account.pk), platform="INSTAGRAM")

    assert api.post(SCHEDULE, body).status_code == 201


def test_where_no_account_is_named_the_only_one_is_meant(clip, api):
    answer = api.post(SCHEDULE, request(social_account_id=None, platform=None))

    assert answer.status_code == 201


def test_where_several_accounts_are_possible_the_choices_are_listed(account, clip, api):
    other = ChannelAccountFactory(brand=account.brand, platform="instagram", name="lumen.roastery")

    reason = rejected(api.post(SCHEDULE, request(social_account_id="")))

    assert str(other.pk) in reason
    assert str(account.pk) in reason


@pytest.mark.parametrize("who", ["manual", "rule_engine", "campaign_orchestrator"])
def test_who_scheduled_it_is_kept(clip, api, who):
    api.post(SCHEDULE, request(scheduled_by=who.upper()))

    assert PostInstance.objects.get().scheduled_by == who


def test_content_placed_on_an_empty_slot_fills_it(account, clip, api):
    type(account).objects.filter(pk=account.pk).update(posts_per_week=7, schedule_times=["20:00"])
    top_off(now=NOW, actor="command", days=3)

    answer = api.post(SCHEDULE, request())

    assert PostInstance.objects.get(pk=answer.json()["publish_log_id"]).cadence_slot == "2026-11-21T20:00"
    assert PostInstance.objects.count() == 3


def test_both_events_are_in_the_ledger(clip, api):
    api.post(SCHEDULE, request(scheduled_for="2026-11-21T10:00:00Z"))

    events = {one.event_type: one for one in LedgerEvent.objects.filter(entity_type="publish_log")}
    assert set(events) == {"publish_scheduled_created", "publish_scheduled_adjusted"}
    assert events["publish_scheduled_created"].metadata["scheduled_for"] == "2026-11-21T10:00:00Z"
    assert events["publish_scheduled_adjusted"].metadata["adjusted_time"] == "2026-11-21T17:00:00Z"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"clip_id": "clip_nobody"}, "Clip not found: clip_nobody"),
        ({"clip_id": None}, "Clip not found: "),
        ({"clip_id": {"a": [1]}}, "Clip not found: {'a': [1]}"),
        ({"clip_id": "c" * 5000}, "Clip not found: " + "c" * 200),
        ({"social_account_id": "acc_nobody"}, "Social account not found: acc_nobody"),
        ({"social_account_id": ["acc_xyz789"]}, "Social account not found: ['acc_xyz789']"),
        ({"platform": "tiktok"}, "Platform mismatch: the account is on instagram, not on tiktok"),
        ({"platform": "myspace"}, "“myspace” is not a platform."),
        ({"platform": 7}, "“7” is not a platform."),
        ({"scheduled_by": "a ghost"}, "scheduled_by is one of manual, rule_engine"),
        ({"scheduled_for": "soon"}, "scheduled_for: “soon” is not a time."),
        ({"scheduled_for": 1763751600}, "scheduled_for: “1763751600” is not a time."),
        ({"scheduled_for": False}, "scheduled_for: “False” is not a time."),
        ({"scheduled_for": "2026-11-21"}, "scheduled_for: 2026-11-21 is a date without a time of day."),
        ({"scheduled_for": "2026-02-30T10:00"}, "scheduled_for: There is no day 2026-02-30."),
        ({"scheduled_for": "9999-12-31T23:59:59Z"}, "scheduled_for: 9999-12-31 is too far away to be used."),
        ({"scheduled_for": "2026-11-20T08:00:00Z"}, "2026-11-20 09:00 is in the past."),
        ({"scheduled_window_end": "later"}, "scheduled_window_end: “later” is not a time."),
        ({"scheduled_window_end": "2026-11-21T18:00:00Z"}, "2026-11-21 20:00 is too late"),
    ],
)
def test_every_refusal_has_source_2s_shape_and_changes_nothing(clip, api, values, reason):
    events = LedgerEvent.objects.count()

    said = rejected(api.post(SCHEDULE, request(**values)))

    assert said.startswith(reason)
    assert not PostInstance.objects.exists()
    assert LedgerEvent.objects.count() == events


def test_rules_that_leave_no_room_are_a_refusal_with_the_rule_that_binds(account, clip, api):
    PostInstanceFactory(channel_account=account, scheduled_for=EVENING)
    before = stored(PostInstance)

    reason = rejected(api.post(SCHEDULE, request(scheduled_window_end="2026-11-21T19:30:00Z")))

    assert reason == "There is no time up to 2026-11-21 20:30 that respects 60min gap."
    assert stored(PostInstance) == before


def test_another_brands_or_workspaces_things_are_refused(account, clip, api):
    cousin = ContentItemFactory(brand=BrandFactory(workspace=account.workspace), external_ref="cousin")
    ContentItemFactory(external_ref="foreign_clip")
    ChannelAccountFactory(external_ref="foreign_account", platform="instagram")

    reasons = [
        rejected(api.post(SCHEDULE, request(**values)))
        for values in ({"clip_id": "cousin"}, {"clip_id": "foreign_clip"}, {"social_account_id": "foreign_account"})
    ]

    assert reasons == [
        f"'{cousin.title}' belongs to another brand than the account {account.name}.",
        "Clip not found: foreign_clip",
        "Social account not found: foreign_account",
    ]


@pytest.mark.parametrize("body", [[], "clip_abc123", 7, None, True, [request()]])
def test_a_body_that_is_no_object_is_refused_in_source_2s_shape(api, body):
    answer = api.send("POST", SCHEDULE, json.dumps(body).encode())

    assert rejected(answer).startswith("The body has to be an object")


def test_a_blackout_moves_a_post_behind_it(account, clip, api):
    BlackoutFactory(
        channel_account=account, starts_at=EVENING, ends_at=EVENING + timedelta(minutes=30), reason="Inventory"
    )

    answer = api.post(SCHEDULE, request())

    assert answer.json()["reason"] == 'Adjusted 30min forward to respect blackout "Inventory"'
