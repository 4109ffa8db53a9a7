"""The list of batches: newest first, narrowed, in a fixed number of queries."""

import pytest

from campaigns.tests.factories import CampaignFactory, ContentItemFactory
from scheduling.services.campaigns import spread_campaign
from scheduling.tests.batches.working import batch_of, steps, work
from scheduling.tests.factories import NOW, ChannelAccountFactory
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
URL = "/api/v1/schedules"


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


@pytest.fixture
def account(cast):
    return ChannelAccountFactory(brand__workspace=cast.workspace)


def test_a_list_says_how_far_each_batch_is(api, account):
    batch_of(account, 3)
    work()
    batch_of(account, 2)

    found = api.get(URL).json()["results"]

    assert [(one["status"], one["progress"]["placed"]) for one in found] == [("pending", 0), ("completed", 3)]
    assert "items" not in found[0]


@pytest.mark.parametrize(("asked", "count"), [({"status": "running,pending"}, 1), ({"strategy": "CALENDAR"}, 2)])
def test_a_list_is_narrowed(api, account, asked, count):
    batch_of(account, 1)
    work()
    batch_of(account, 1)
    steps(1)

    assert len(api.get(URL, **asked).json()["results"]) == count


def test_an_unknown_state_is_refused(api):
    refused(api.get(URL, status="done"), 422, "validation_error")


def test_a_campaigns_batch_counts_its_posts(api, account):
    campaign = CampaignFactory(brand=account.brand)
    ContentItemFactory(brand=account.brand, campaign=campaign)
    batch = spread_campaign(campaign=campaign, now=NOW, actor="user:ana").schedule

    listed = api.get(URL, campaign=str(campaign.pk)).json()["results"]
    one = api.get(f"{URL}/{batch.pk}").json()

    assert [row["progress"] for row in listed] == [one["progress"]] == [{"total": 1, "placed": 1, "refused": 0}]
    assert [item["state"] for item in one["items"]] == ["scheduled"]


@pytest.mark.parametrize("count", [1, 12])
def test_a_list_takes_a_fixed_number_of_queries(api, account, count, django_assert_max_num_queries):
    for _ in range(count):
        batch_of(account, 2)

    with django_assert_max_num_queries(5):
        assert len(api.get(URL).json()["results"]) == count
