"""The ledger over the API."""

import pytest

from workspaces.ledger import record, unit_of_work
from workspaces.models import LedgerEvent
from workspaces.tests.calling import Api, refused
from workspaces.tests.factories import NOW

URL = "/api/v1/ledger-events"


def happen(workspace, *types):
    with unit_of_work():
        for one in types:
            record(
                one,
                workspace_id=workspace.pk,
                entity_type="publish_log",
                entity_id=workspace.pk,
                actor="system",
                now=NOW,
                metadata={"n": 1},
            )


@pytest.fixture
def api(cast):
    api = Api(cast.workspace)
    LedgerEvent.objects.all().delete()
    happen(cast.workspace, "publish_started", "publish_published", "publish_moved")
    happen(cast.elsewhere, "publish_failed")
    return api


def types(answer):
    return [row["event_type"] for row in answer.json()["results"]]


def test_events_stand_in_the_order_in_which_they_happened_without_those_of_others(api):
    answer = api.get(URL)

    assert types(answer) == ["publish_started", "publish_published", "publish_moved"]
    assert set(answer.json()["results"][0]) == {
        "id",
        "event_type",
        "entity_type",
        "entity_id",
        "metadata",
        "actor",
        "created_at",
    }


def test_who_remembers_the_last_id_gets_what_came_after(api):
    first = api.get(URL).json()["results"][0]["id"]

    assert types(api.get(URL, after=str(first))) == ["publish_published", "publish_moved"]


def test_events_are_narrowed_by_what_they_are(api):
    assert types(api.get(URL, event_type="publish_moved")) == ["publish_moved"]
    assert types(api.get(URL, actor="user:nobody")) == []


def test_one_event_is_read_by_its_number(api, cast):
    mine, theirs = (LedgerEvent.objects.filter(workspace=one).first() for one in (cast.workspace, cast.elsewhere))

    assert api.get(f"{URL}/{mine.pk}").json()["event_type"] == "publish_started"
    for key in (theirs.pk, "x", "-1", "9" * 30, "٣"):
        refused(api.get(f"{URL}/{key}"), 404, "not_found")


@pytest.mark.parametrize("after", ["x", "-1", "1e400", str(2**70), "nan"])
def test_an_after_that_is_no_number_of_an_event_is_refused(api, after):
    refused(api.get(URL, after=after), 422, "validation_error")


def test_nobody_writes_events(api):
    refused(api.post(URL, {}), 405, "method_not_allowed")
