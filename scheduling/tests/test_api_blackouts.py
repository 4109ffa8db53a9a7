"""Blackouts over the API."""

import pytest

from scheduling.models import Blackout
from scheduling.tests.factories import ChannelAccountFactory
from workspaces.tests.calling import Api, refused

URL = "/api/v1/blackouts"
TIMES = {"starts_at": "2026-12-24T00:00:00Z", "ends_at": "2026-12-27T00:00:00Z"}


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


def test_a_blackout_is_made_read_changed_and_lifted(api, cast):
    made = api.post(URL, {**TIMES, "reason": "Christmas"})
    one = f"{URL}/{made.json()['id']}"

    assert made.status_code == 201
    assert made.json()["workspace"] == str(cast.workspace.pk)
    assert api.get(one).json()["reason"] == "Christmas"
    assert api.send("PATCH", one, b'{"reason": "Holidays"}').json()["reason"] == "Holidays"
    assert [row["reason"] for row in api.get(URL).json()["results"]] == ["Holidays"]
    assert api.send("DELETE", one).status_code == 204
    assert not Blackout.objects.exists()


def test_one_of_an_account_is_found_by_it(api, cast):
    account = ChannelAccountFactory(brand__workspace=cast.workspace)
    api.post(URL, {**TIMES, "reason": "Christmas"})
    api.post(URL, {**TIMES, "reason": "Moving house", "channel_account": str(account.pk)})

    found = api.get(URL, channel_account=str(account.pk)).json()["results"]

    assert [row["reason"] for row in found] == ["Moving house"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**TIMES}, "reason"),
        ({**TIMES, "reason": "x", "ends_at": TIMES["starts_at"]}, "ends_at"),
        ({**TIMES, "reason": "x", "brand": "nobody"}, "brand"),
        ({**TIMES, "reason": "x", "brnd": None}, "brnd"),
        ({**TIMES, "reason": ["x"]}, "reason"),
    ],
)
def test_what_is_wrong_stands_at_its_field(api, body, field):
    said = refused(api.post(URL, body), 422, "validation_error")

    assert list(said["errors"]) == [field]
    assert not Blackout.objects.exists()


def test_an_account_of_another_workspace_is_unknown(api, cast):
    account = ChannelAccountFactory(brand__workspace=cast.elsewhere)

    said = refused(api.post(URL, {**TIMES, "reason": "x", "channel_account": str(account.pk)}), 422, "validation_error")

    assert list(said["errors"]) == ["channel_account"]


def test_an_unknown_filter_is_refused(api):
    refused(api.get(URL, chanel_account="x"), 422, "validation_error")


def test_a_page_size_outside_of_10_to_200_is_refused(api):
    refused(api.get(URL, page_size="9"), 422, "validation_error")


def test_pages_follow_each_other(api):
    for day in range(1, 13):
        api.post(
            URL,
            {"starts_at": f"2027-01-{day:02}T00:00Z", "ends_at": f"2027-01-{day + 1:02}T00:00Z", "reason": f"{day}"},
        )

    first = api.get(URL, page_size="10").json()
    second = api.client.get(first["next"], headers=api.headers).json()

    assert [row["reason"] for row in first["results"] + second["results"]] == [str(day) for day in range(1, 13)]
    assert second["next"] is None
