"""Pausing and resuming over the API."""

import pytest

from campaigns.tests.factories import BrandFactory, CampaignFactory
from scheduling.tests.factories import ChannelAccountFactory
from workspaces.models import LedgerEvent
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
LEVELS = ["brands", "campaigns", "channel-accounts"]


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


@pytest.fixture
def rows(cast):
    """Return one of each that can be paused."""
    brand = BrandFactory(workspace=cast.workspace, timezone="Europe/Madrid")
    found = brand, CampaignFactory(brand=brand), ChannelAccountFactory(brand=brand)
    return dict(zip(LEVELS, found, strict=True))


@pytest.mark.parametrize("level", LEVELS)
def test_it_is_paused_until_somebody_resumes_it(api, rows, level):
    one = f"/api/v1/{level}/{rows[level].pk}"

    paused = api.post(f"{one}/pause", {"reason": "Stocktaking"})
    resumed = api.post(f"{one}/resume")

    assert (paused.status_code, resumed.status_code) == (200, 200)
    assert (paused.json()["is_paused"], paused.json()["pause_reason"]) == (True, "Stocktaking")
    assert resumed.json() == api.get(one).json()
    assert (resumed.json()["is_paused"], resumed.json()["paused_at"]) == (False, None)
    told = LedgerEvent.objects.filter(entity_id=rows[level].pk).order_by("id").values_list("event_type", flat=True)
    assert [one.rpartition("_")[2] for one in told] == ["paused", "resumed"]


@pytest.mark.parametrize("level", LEVELS)
def test_a_time_without_an_offset_is_meant_where_it_is_paused(api, rows, level):
    answer = api.post(f"/api/v1/{level}/{rows[level].pk}/pause", {"until": "2036-12-24T09:00"})

    assert answer.json()["paused_until"] == "2036-12-24T08:00:00Z"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"until": "2020-01-01T00:00Z"}, "until"),
        ({"until": "tomorrow"}, "until"),
        ({"reason": "x" * 201}, "reason"),
        ({"reason": ["x"]}, "reason"),
        ({"paused_until": None}, "paused_until"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_paused(api, rows, body, field):
    one = f"/api/v1/brands/{rows['brands'].pk}"

    said = refused(api.post(f"{one}/pause", body), 422, "validation_error")

    assert list(said["errors"]) == [field]
    assert not api.get(one).json()["is_paused"]


def test_what_is_not_paused_cannot_be_resumed(api, rows):
    said = refused(api.post(f"/api/v1/brands/{rows['brands'].pk}/resume"), 409, "conflict")

    assert said["error_message"] == f"{rows['brands']} is not paused."


def test_editors_pause_brands_and_campaigns_and_only_admins_accounts(cast, rows):
    editor = Api(cast.workspace, "read", "write")

    answers = {level: editor.post(f"/api/v1/{level}/{rows[level].pk}/pause", {}).status_code for level in LEVELS}

    assert answers == {"brands": 200, "campaigns": 200, "channel-accounts": 403}
