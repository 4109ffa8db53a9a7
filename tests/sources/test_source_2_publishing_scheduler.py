"""Source 2, "Publishing Scheduler Module": its requests and answers, its windows and gaps, its tick and its events."""

import pytest
from django.utils.dateparse import parse_datetime

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from publishing.models import PublishLog
from scheduling.models import PostInstance
from scheduling.tests.factories import ChannelAccountFactory, PostInstanceFactory
from tests.sources.documented import ahead, curl, example, same_shape
from tests.sources.source_2 import ADJUSTED, ADJUSTED_EVENT, CREATED_EVENT, ENQUEUED_EVENT, LISTED, REJECTED, REQUEST
from workspaces.tests.calling import token_of
from workspaces.tests.commands import run

pytestmark = pytest.mark.django_db

HOST = "http://localhost:8000"
CRON = "curl -X POST http://localhost:8000/publishing/scheduler/tick"


@pytest.fixture
def account(clock):
    """The document's account, the day before: its windows are in UTC, as the document's are."""
    clock("2027-01-14T10:00:00")
    return ChannelAccountFactory(
        brand=BrandFactory(timezone="UTC"), platform="instagram", external_ref="acc_xyz789", gap_minutes=None
    )


@pytest.fixture
def clip(account):
    return ContentItemFactory(brand=account.brand, external_ref="clip_abc123")


@pytest.fixture
def token(account):
    return token_of(account.workspace, "read", "write", "publish")


@pytest.fixture
def neighbour(account):
    """A post 55 minutes before the example: five too few."""
    return PostInstanceFactory(channel_account=account, scheduled_for=parse_datetime("2027-01-15T19:05:00Z"))


def schedule(token, body=REQUEST):
    return curl(f"curl -X POST {HOST}/publishing/schedule -H 'Content-Type: application/json' -d '{body}'", token=token)


def events(token, **narrowed):
    query = "&".join(f"{name}={value}" for name, value in narrowed.items())
    return curl(f"curl '{HOST}/api/v1/ledger-events?{query}'", token=token).json()["results"]


def test_the_request_gets_the_answer_that_is_shown(clip, neighbour, token):
    answer = schedule(token)

    found, shown = answer.json(), example(ADJUSTED)
    same_shape(found, shown)
    assert answer.status_code == 201
    assert {**found, "publish_log_id": shown["publish_log_id"]} == shown


def test_a_clip_that_is_not_there_gets_the_rejection_that_is_shown(token):
    answer = schedule(token)

    assert (answer.status_code, answer.json()) == (422, example(REJECTED))


def test_the_clips_posts_read_as_shown(account, clip, neighbour, token):
    scheduled = schedule(token).json()

    answer = curl(f"curl {HOST}/publishing/schedule/clip_abc123", token=token).json()

    ours = {"id": scheduled["publish_log_id"], "clip_id": str(clip.pk), "social_account_id": str(account.pk)}
    (shown,) = example(LISTED)
    same_shape(answer, [shown])
    assert {name: answer[0][name] for name in shown} == {**shown, **ours}


def test_the_tick_moves_what_is_due_and_a_dry_run_only_counts(clip, token, clock):
    scheduled = schedule(token).json()
    clock("2027-01-15T20:00:00")

    dry, real = (
        curl(f"curl -X POST '{HOST}/publishing/scheduler/tick?dry_run={word}'", token=token).json()
        for word in ("true", "false")
    )

    assert dry == {"moved": 1, "dry_run": True, "log_ids": [scheduled["publish_log_id"]]}
    assert real == {"moved": 1, "dry_run": False, "log_ids": [scheduled["publish_log_id"]]}
    assert curl(CRON, token=token).json() == {"moved": 0, "dry_run": False, "log_ids": []}


def test_the_three_events_are_in_the_ledger_as_shown(account, clip, neighbour, token, clock):
    log = schedule(token).json()["publish_log_id"]
    clock("2027-01-15T20:05:00")
    curl(CRON, token=token)

    for text in (CREATED_EVENT, ADJUSTED_EVENT, ENQUEUED_EVENT):
        shown = example(text)
        (found,) = events(token, event_type=shown["event_type"], entity_id=log)
        same_shape(found, shown)
        ours = {
            "clip_id": str(clip.pk),
            "social_account_id": str(account.pk),
            "reason": found["metadata"].get("reason"),
        }
        assert found["entity_type"] == shown["entity_type"]
        assert {name: found["metadata"][name] for name in shown["metadata"]} == {
            name: ours.get(name, value) for name, value in shown["metadata"].items()
        }


def test_what_the_tick_moved_the_workers_publish(clip, token, clock):
    log = schedule(token).json()["publish_log_id"]
    clock("2027-01-15T20:00:00")
    curl(CRON, token=token)

    run("publish_pending")

    answer = curl(f"curl {HOST}/publishing/schedule/clip_abc123", token=token).json()
    assert [(one["id"], one["status"]) for one in answer] == [(log, "published")]
    assert PublishLog.objects.filter(post_instance=log).count() == 1


@pytest.mark.parametrize(
    ("platform", "wanted", "placed"),
    [
        ("instagram", "2025-01-15T17:59:00Z", "2025-01-15T18:00:00Z"),  # Before: its opening on the same day.
        ("instagram", "2025-01-15T22:59:00Z", "2025-01-15T22:59:00Z"),
        ("instagram", "2025-01-15T23:00:00Z", "2025-01-16T18:00:00Z"),  # After: its opening on the next.
        ("tiktok", "2025-01-15T10:00:00Z", "2025-01-15T16:00:00Z"),
        ("tiktok", "2025-01-15T23:59:00Z", "2025-01-15T23:59:00Z"),
        ("tiktok", "2025-01-16T00:00:00Z", "2025-01-16T16:00:00Z"),
        ("youtube", "2025-01-15T16:00:00Z", "2025-01-15T17:00:00Z"),
        ("youtube", "2025-01-15T22:00:00Z", "2025-01-16T17:00:00Z"),
    ],
)
def test_a_time_outside_the_platforms_window_moves_to_its_next_opening(account, clip, token, platform, wanted, placed):
    type(account).objects.filter(pk=account.pk).update(platform=platform)
    body = {"clip_id": "clip_abc123", "social_account_id": "acc_xyz789", "platform": platform, "scheduled_for": wanted}

    assert schedule(token, str(body).replace("'", '"')).json()["scheduled_for"] == ahead(placed)


@pytest.mark.parametrize(("platform", "gap"), [("instagram", 60), ("tiktok", 30), ("youtube", 90)])
def test_posts_of_one_account_keep_the_platforms_gap(account, clip, token, platform, gap):
    type(account).objects.filter(pk=account.pk).update(platform=platform)
    body = REQUEST.replace("instagram", platform).replace("20:00:00Z", "19:00:00Z")

    first, second = (parse_datetime(schedule(token, body).json()["scheduled_for"]) for _ in range(2))

    assert (second - first).total_seconds() == gap * 60


def test_a_push_that_leaves_the_window_goes_to_the_next_opening(account, clip, token):
    PostInstanceFactory(channel_account=account, scheduled_for=parse_datetime("2027-01-15T22:30:00Z"))
    body = REQUEST.replace("15T20:00", "15T22:40").replace('"scheduled_window_end": "2025-01-15T22:00:00Z",', "")

    assert schedule(token, body).json()["scheduled_for"] == "2027-01-16T18:00:00Z"


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("social_account_id", "acc_nobody", "Social account not found: acc_nobody"),
        ("platform", "tiktok", "Platform mismatch"),
    ],
)
def test_the_account_and_its_platform_are_checked(clip, token, name, value, reason):
    answer = schedule(token, REQUEST.replace(example(REQUEST)[name], value))

    assert answer.status_code == 422
    assert (answer.json()["publish_log_id"], answer.json()["status"]) == ("", "rejected")
    assert answer.json()["reason"].startswith(reason)


def test_without_a_time_it_is_immediate(account, clip, token, clock):
    clock("2027-01-15T19:00:00")

    schedule(token, '{"clip_id": "clip_abc123", "social_account_id": "acc_xyz789"}')

    post = PostInstance.objects.get()
    assert (post.schedule_type, post.scheduled_for) == ("immediate", parse_datetime("2027-01-15T19:00:00Z"))
