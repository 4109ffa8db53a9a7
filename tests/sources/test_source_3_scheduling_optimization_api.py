"""Source 3, "Scheduling Optimization API": its examples, its states, its table of platforms, and its errors."""

from datetime import datetime

import pytest

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.tests.factories import ChannelAccountFactory
from tests.sources.documented import ahead, curl, same_shape
from tests.sources.source_3 import CREATE, ERROR, PLATFORMS, RECOMMENDATIONS, STATES
from workspaces.models import LedgerEvent
from workspaces.tests.calling import token_of
from workspaces.tests.commands import run
from workspaces.tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db
API = "http://localhost:8000/api/v1/scheduling"
STATED = ahead("2025-11-06T19:00:00Z")


@pytest.fixture
def brand(clock):
    """A team with a YouTube account, and the content that other systems know as content_123."""
    clock("2027-11-01T09:30:00")
    brand = BrandFactory(workspace=WorkspaceFactory(slug="lumen"), timezone="America/New_York")
    ChannelAccountFactory(brand=brand, platform="youtube")
    ContentItemFactory(brand=brand, external_ref="content_123")
    return brand


@pytest.fixture
def token(brand):
    return token_of(brand.workspace, "read", "write")


@pytest.fixture
def made(token):
    answer = curl(CREATE, token=token)
    assert answer.status_code == 201, answer.content
    return answer.json()


def looked_at(made, token):
    answer = curl(f"curl {API}/calendar/{made['id']}", token=token)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_recommendations_are_as_many_as_the_target(token):
    answer = curl(RECOMMENDATIONS, token=token)

    found = answer.json()["recommendations"]
    assert answer.status_code == 200
    assert [one["platform"] for one in found] == ["youtube"] * 5
    assert all(datetime.fromisoformat(one["scheduled_time"]) for one in found)


def test_a_schedule_is_made_and_its_item_waits(made):
    (item,) = made["items"]

    assert (made["title"], made["timezone"], made["status"]) == ("Launch Week Cadence", "America/New_York", "pending")
    assert (item["id"], item["state"], item["platform"]) == (None, "pending", "youtube")
    assert item["metadata"] == {"campaign_id": "camp_456"}


def test_the_workers_bring_it_through_its_states_and_its_item_is_scheduled_as_stated(made, token):
    run("publish_pending")

    done = looked_at(made, token)
    (item,) = done["items"]
    assert (done["status"], done["progress"]) == ("completed", {"total": 1, "placed": 1, "refused": 0})
    assert (item["state"], item["scheduled_for"]) == ("scheduled", STATED)
    assert [one["rule"] for one in item["warnings"]] == ["window"]
    told = LedgerEvent.objects.filter(entity_id=made["id"]).exclude(event_type="schedule_progress").order_by("id")
    assert [one.metadata["status"] for one in told] == STATES


def test_pending_goes_to_canceling_and_canceled_and_its_item_is_skipped(made, token):
    asked = curl(f"curl -X POST {API}/calendar/{made['id']}/cancel", token=token).json()
    run("publish_pending")

    done = looked_at(made, token)
    assert (asked["status"], done["status"]) == ("canceling", "canceled")
    assert [one["state"] for one in done["items"]] == ["skipped"]
    again = curl(f"curl -X POST {API}/calendar/{made['id']}/cancel", token=token)
    assert again.status_code == 409


def test_a_schedule_is_optimized(made, token):
    run("publish_pending")
    line = f'curl -X POST {API}/optimize -d \'{{"schedule_id": "{made["id"]}", "apply": true}}\''

    answer = curl(line, token=token)

    said = answer.json()
    assert (answer.status_code, said["applied"]) == (200, True)
    assert said["score_after"] >= said["score_before"]
    assert [one["before"] for one in said["changes"]] in ([], [STATED])


def test_the_platforms_are_those_of_the_table(token):
    found = curl(f"curl {API}/platforms", token=token).json()["platforms"]

    listed = {one["name"]: (", ".join(one["content_types"]), one["best_times"], one["frequency"]) for one in found}
    assert {**listed, "Twitter/X": listed["X"]}.items() >= PLATFORMS.items()


def test_a_time_that_is_none_is_a_validation_error(token):
    answer = curl(CREATE.replace("2025-11-06T14:00:00-05:00", "soon"), token=token)

    same_shape(answer.json(), ERROR)
    assert (answer.status_code, answer.json()["error_code"]) == (422, "validation_error")
    assert list(answer.json()["errors"]) == ["items.0.scheduled_time"]


def test_without_credentials_it_is_401():
    assert curl(CREATE, token="nobody").status_code == 401


def test_health_answers_everybody(db):
    assert curl(f"curl {API}/health", token="").status_code in (200, 503)


@pytest.mark.parametrize(("size", "status"), [("9", 422), ("10", 200), ("200", 200), ("201", 422)])
def test_pages_have_from_10_to_200_items(token, size, status):
    answer = curl(f"curl 'http://localhost:8000/api/v1/schedules?page_size={size}'", token=token)

    assert answer.status_code == status
