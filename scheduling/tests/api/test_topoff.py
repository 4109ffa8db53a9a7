"""Source 0's first route: fill the plan."""

import pytest

from scheduling.models import PostInstance
from scheduling.tests.factories import ChannelAccountFactory
from workspaces.models import LedgerEvent
from workspaces.tests.calling import Api, refused
from workspaces.tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db
TOPOFF = "/api/v1/marketing/scheduler/topoff"


@pytest.fixture
def h2o():
    workspace = WorkspaceFactory(slug="h2o", timezone="UTC")
    for _ in range(2):
        ChannelAccountFactory(
            brand__workspace=workspace, posts_per_week=7, schedule_times=["18:00"], schedule_timezone="UTC"
        )
    return workspace


@pytest.mark.parametrize("slash", ["", "/"])
def test_source_0s_example_is_answered_as_documented(h2o, slash):
    api = Api(h2o, "write")

    answer = api.post(f"{TOPOFF}{slash}?tenant_id=h2o&days=28")

    assert answer.status_code == 200
    assert answer.json() == {
        "accounts_processed": 2,
        "instances_created": 56,
        "instances_skipped": 0,
        "window_start": "2026-11-20T09:00:00Z",
        "window_end": "2026-12-18T09:00:00Z",
        "message": "Created 56 new slots, skipped 0 existing",
    }


def test_a_second_call_creates_nothing(h2o):
    api = Api(h2o)
    api.post(f"{TOPOFF}?tenant_id=h2o")

    answer = api.post(f"{TOPOFF}?tenant_id=h2o")

    assert answer.json()["message"] == "Created 0 new slots, skipped 56 existing"
    assert PostInstance.objects.count() == 56


def test_28_days_and_the_keys_own_workspace_are_the_defaults_and_curls_content_type_does_no_harm(h2o):
    api = Api(h2o)

    answer = api.send("POST", TOPOFF)

    assert answer.json()["instances_created"] == 56
    assert LedgerEvent.objects.filter(event_type="plan_topped_off").first().actor.startswith("key:mm_")


def test_another_workspaces_accounts_are_left_alone(h2o):
    ChannelAccountFactory(posts_per_week=7, schedule_times=["18:00"])

    answer = Api(h2o).post(TOPOFF)

    assert answer.json()["accounts_processed"] == 2


@pytest.mark.parametrize("days", ["0", "91", "-3", "many", "28.5", "", "9" * 5000, "2e1"])
def test_days_outside_1_to_90_are_refused_by_field_and_nothing_is_made(h2o, days):
    answer = Api(h2o).post(f"{TOPOFF}?days={days}")

    said = refused(answer, 422, "validation_error")
    assert list(said["errors"]) == ["days"]
    assert not PostInstance.objects.exists()


def test_a_key_that_may_only_read_is_refused(h2o):
    refused(Api(h2o, "read").post(f"{TOPOFF}?tenant_id=h2o"), 403, "forbidden")

    assert not PostInstance.objects.exists()
