"""Source 2's tick: hand what is due to the workers, in the caller's own workspace."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.services import tick as tick_service
from scheduling.models import PostInstance
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.models import LedgerEvent
from workspaces.tests.calling import Api, refused
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
ROOTS = ["/publishing", "/api/v1/publishing"]
TICK = "/publishing/scheduler/tick"


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def account():
    return ChannelAccountFactory()


@pytest.fixture
def api(account):
    return Api(account.workspace, "publish")


def due(account, number=3):
    return [
        PostInstanceFactory(channel_account=account, scheduled_for=NOW - timedelta(seconds=number - one))
        for one in range(number)
    ]


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("root", ROOTS)
def test_source_2s_example_moves_what_is_due(account, api, root, slash):
    posts = due(account)
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(seconds=1))

    answer = api.post(f"{root}/scheduler/tick{slash}?dry_run=false")

    assert answer.status_code == 200
    said = answer.json()
    assert (said["moved"], said["dry_run"]) == (3, False)
    assert sorted(said["log_ids"]) == sorted(str(one.pk) for one in posts)
    assert set(PostInstance.objects.filter(pk__in=said["log_ids"]).values_list("status", flat=True)) == {"pending"}


def test_each_post_has_source_2s_event(account, api):
    (post,) = due(account, 1)

    api.post(TICK)

    event = LedgerEvent.objects.get(entity_id=post.pk)
    assert (event.event_type, event.entity_type) == ("publish_scheduled_enqueued", "publish_log")
    assert event.metadata == {
        "clip_id": str(post.content_item_id),
        "platform": "x",
        "social_account_id": str(account.pk),
        "scheduled_for": "2026-11-20T08:59:59Z",
        "enqueued_at": "2026-11-20T09:00:00Z",
    }


@pytest.mark.parametrize("word", ["true", "True", "1"])
def test_a_dry_run_only_counts(account, api, word):
    due(account)
    before = stored(PostInstance)

    answer = api.post(f"{TICK}?dry_run={word}")

    assert answer.json() == {"moved": 3, "dry_run": True, "log_ids": answer.json()["log_ids"]}
    assert len(answer.json()["log_ids"]) == 3
    assert stored(PostInstance) == before


@pytest.mark.parametrize("dry_run", ["false", "true"])
def test_another_workspaces_posts_are_left_alone(account, api, dry_run):
    due(ChannelAccountFactory())

    assert api.post(f"{TICK}?dry_run={dry_run}").json()["moved"] == 0


@pytest.mark.parametrize("dry_run", ["false", "true"])
def test_the_ids_are_the_first_and_the_number_is_the_whole_count(account, api, monkeypatch, dry_run):
    monkeypatch.setattr(tick_service, "MOST_IDS", 2)
    due(account, 5)

    said = api.post(f"{TICK}?dry_run={dry_run}").json()

    assert (said["moved"], len(said["log_ids"])) == (5, 2)


def test_a_dry_run_that_is_neither_is_refused(api):
    said = refused(api.post(f"{TICK}?dry_run=perhaps"), 422, "validation_error")

    assert list(said["errors"]) == ["dry_run"]


def test_a_key_that_may_only_write_cannot_tick(account):
    due(account)

    refused(Api(account.workspace, "read", "write").post(TICK), 403, "forbidden")

    assert not PostInstance.objects.filter(status="pending").exists()
