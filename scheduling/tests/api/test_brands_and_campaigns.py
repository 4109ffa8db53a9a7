"""Brands and campaigns over the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import Brand, Campaign
from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from scheduling.tests.factories import ChannelAccountFactory, PostInstanceFactory
from workspaces.models import LedgerEvent
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
BRANDS, CAMPAIGNS = "/api/v1/brands", "/api/v1/campaigns"
DAYS = {"starts_on": "2026-12-01", "ends_on": "2026-12-10"}


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


@pytest.fixture
def brand(cast):
    return BrandFactory(workspace=cast.workspace)


def test_a_brand_is_made_read_changed_and_deleted(api):
    made = api.post(BRANDS, {"name": "Café Lumen", "timezone": "Europe/Madrid", "voice": "Warm."})
    one = f"{BRANDS}/{made.json()['id']}"

    assert made.status_code == 201
    assert api.get(one).json()["timezone"] == "Europe/Madrid"
    assert api.patch(one, {"name": "Lumen"}).json()["name"] == "Lumen"
    assert api.delete(one).status_code == 204
    assert [event.event_type for event in LedgerEvent.objects.filter(entity_type="brand")] == [
        "brand_created",
        "brand_changed",
        "brand_deleted",
    ]


def test_a_brand_takes_the_zone_of_its_workspace_unless_it_says_another(api, cast):
    cast.workspace.timezone = "Asia/Tokyo"
    cast.workspace.save()

    assert api.post(BRANDS, {"name": "Lumen"}).json()["timezone"] == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": "\u200b"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "x", "timezone": "Mars/Olympus"}, "timezone"),
        ({"name": "x", "timezone": "europe/madrid"}, "timezone"),
        ({"name": "x", "paused_at": "2026-12-01T00:00Z", "colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_with_a_brand_stands_at_its_field(api, body, field):
    said = refused(api.post(BRANDS, body), 422, "validation_error")

    assert list(said["errors"]) == [field]
    assert not Brand.objects.exists()


def test_a_name_that_is_taken_is_refused(api, brand):
    refused(api.post(BRANDS, {"name": brand.name}), 422, "validation_error")


def test_a_brand_that_has_something_stays(api, brand):
    ContentItemFactory(brand=brand)

    said = refused(api.delete(f"{BRANDS}/{brand.pk}"), 409, "conflict")

    assert "content" in said["error_message"]
    assert Brand.objects.filter(pk=brand.pk).exists()


def test_a_campaign_is_made_for_some_accounts_and_changed(api, brand):
    account, other = (ChannelAccountFactory(brand=brand) for _ in range(2))
    body = {
        "brand": str(brand.pk),
        "name": "Autumn",
        **DAYS,
        "number_of_posts": 3,
        "channel_accounts": [str(account.pk)],
    }

    made = api.post(CAMPAIGNS, body)
    one = f"{CAMPAIGNS}/{made.json()['id']}"

    assert made.status_code == 201
    assert made.json()["channel_accounts"] == [str(account.pk)]
    assert api.patch(one, {"channel_accounts": [str(other.pk)]}).json()["channel_accounts"] == [str(other.pk)]
    assert api.patch(one, {"name": "Winter"}).json()["channel_accounts"] == [str(other.pk)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_on": "2026-11-30"}, "ends_on"),
        ({"number_of_posts": 11}, "number_of_posts"),
        ({"starts_on": "soon"}, "starts_on"),
        ({"brand": "nobody"}, "brand"),
        ({"channel_accounts": ["nobody"]}, "channel_accounts"),
        ({"name": " "}, "name"),
    ],
)
def test_what_is_wrong_with_a_campaign_stands_at_its_field(api, brand, change, field):
    body = {"brand": str(brand.pk), "name": "Autumn", **DAYS, **change}

    said = refused(api.post(CAMPAIGNS, body), 422, "validation_error")

    assert list(said["errors"]) == [field]
    assert not Campaign.objects.exists()


def test_an_account_of_another_brand_is_refused(api, brand, cast):
    other = ChannelAccountFactory(brand__workspace=cast.workspace)
    body = {"brand": str(brand.pk), "name": "Autumn", **DAYS, "channel_accounts": [str(other.pk)]}

    assert "another brand" in refused(api.post(CAMPAIGNS, body), 422, "validation_error")["error_message"]


def test_a_campaign_stays_with_its_brand_and_while_it_has_posts(api, brand, cast):
    campaign = CampaignFactory(brand=brand)
    PostInstanceFactory(channel_account=ChannelAccountFactory(brand=brand), campaign=campaign)
    other = BrandFactory(workspace=cast.workspace)

    refused(api.patch(f"{CAMPAIGNS}/{campaign.pk}", {"brand": str(other.pk)}), 422, "validation_error")
    refused(api.delete(f"{CAMPAIGNS}/{campaign.pk}"), 409, "conflict")


@pytest.mark.parametrize("path", [BRANDS, CAMPAIGNS])
@pytest.mark.parametrize("count", [0, 60])
def test_a_list_takes_few_queries_however_long_it_is(api, brand, path, count):
    for n in range(count):
        CampaignFactory(brand=BrandFactory(workspace=brand.workspace, name=f"Lumen {n}"))
    api.get(path)

    with CaptureQueriesContext(connection) as captured:
        api.get(path)

    assert len(captured) <= 6


def test_the_rows_of_others_are_not_there(api, cast):
    campaign = CampaignFactory(brand=BrandFactory(workspace=cast.elsewhere))

    refused(api.get(f"{CAMPAIGNS}/{campaign.pk}"), 404, "not_found")
    refused(api.get(f"{BRANDS}/{campaign.brand_id}"), 404, "not_found")
    assert api.get(CAMPAIGNS).json()["results"] == []
