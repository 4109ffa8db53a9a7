"""Source 1, "Marketmind Scheduler Agent Service": its endpoints, and how it distributes a campaign."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.utils.dateparse import parse_datetime

from campaigns.models import Campaign
from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from scheduling.models import PostInstance
from scheduling.tests.factories import ChannelAccountFactory
from tests.sources.documented import curl, same_shape
from workspaces.tests.calling import token_of

pytestmark = pytest.mark.django_db

HOST = "http://localhost:8000"
NEW_YORK = ZoneInfo("America/New_York")
SCHEDULE = {
    "schedule_id": "",
    "post_id": "",
    "status": "PENDING",
    "publish_time": "2027-03-01T00:00:00Z",
    "timezone": "America/New_York",
    "retry_count": 0,
}


@pytest.fixture
def brand(clock):
    """A brand of New York, before its campaign: the default zone of all its posts."""
    clock("2027-02-20T12:00:00")
    brand = BrandFactory(timezone="America/New_York")
    ChannelAccountFactory(brand=brand)  # On Twitter, to which the document's service was bound.
    return brand


@pytest.fixture
def token(brand):
    return token_of(brand.workspace, "read", "write")


def campaign_of(brand, posts):
    """Return a campaign of ten days of March, the third of which has 23 hours."""
    campaign = CampaignFactory(brand=brand, starts_on=date(2027, 3, 12), ends_on=date(2027, 3, 21))
    for _ in range(posts):
        ContentItemFactory(brand=brand, campaign=campaign)
    return campaign


def schedule_campaign(campaign, token):
    return curl(f"curl -X POST {HOST}/schedule/campaign/{campaign.pk}", token=token)


def evenings(answer):
    """Return the days of March on which posts go out, each checked to be at 7 PM in the brand's zone."""
    local = [parse_datetime(one["publish_time"]).astimezone(NEW_YORK) for one in answer]
    assert {at.strftime("%H:%M:%S") for at in local} == {"19:00:00"}
    return [at.day for at in local]


def test_the_root_says_what_the_service_is_and_which_endpoints_there_are(token):
    answer = curl(f"curl {HOST}/", token=token)

    assert answer.status_code == 200
    for endpoint in (
        "POST /schedule/campaign/{campaign_id}",
        "GET /schedule/campaign/{campaign_id}",
        "POST /schedule/post/{post_id}",
        "GET /schedule/post/{post_id}",
        "GET /health",
    ):
        assert endpoint in answer.json()["endpoints"]


def test_the_health_check_answers(token):
    same_shape(curl(f"curl {HOST}/health", token=token).json(), {"status": "ok", "version": ""})


@pytest.mark.parametrize(
    ("posts", "days"),
    [
        (1, [12]),
        (2, [12, 21]),
        (3, [12, 16, 21]),
        (4, [12, 15, 18, 21]),
        (10, [12, 13, 14, 15, 16, 17, 18, 19, 20, 21]),
    ],
)
def test_a_campaign_is_distributed_over_its_days_at_seven(brand, token, posts, days):
    answer = schedule_campaign(campaign_of(brand, posts), token)

    assert answer.status_code == 200, answer.content
    assert evenings(answer.json()) == days
    same_shape(answer.json(), [SCHEDULE])
    assert {one["status"] for one in answer.json()} == {"PENDING"}


def test_more_posts_than_days_are_an_error(brand, token):
    answer = schedule_campaign(campaign_of(brand, 11), token)

    assert answer.status_code == 422
    assert "11 posts are more than the 10 days" in answer.json()["error_message"]
    assert not PostInstance.objects.exists()


def test_all_schedules_of_a_campaign_are_read_back(brand, token):
    campaign = campaign_of(brand, 3)
    scheduled = schedule_campaign(campaign, token).json()

    assert curl(f"curl {HOST}/schedule/campaign/{campaign.pk}", token=token).json() == scheduled


def test_ids_of_the_other_service_go_on_working(brand, token):
    campaign = campaign_of(brand, 1)
    Campaign.objects.filter(pk=campaign.pk).update(external_ref="camp-17")

    assert len(curl(f"curl -X POST {HOST}/schedule/campaign/camp-17", token=token).json()) == 1


@pytest.mark.parametrize(
    ("body", "publish_time", "zone"),
    [
        ('{"timestamp": "2025-03-10T19:00:00", "timezone": "Europe/Madrid"}', "2027-03-10T18:00:00Z", "Europe/Madrid"),
        ('{"timestamp": "2025-03-10T19:00:00"}', "2027-03-11T00:00:00Z", "America/New_York"),
        ('{"timestamp": "2025-03-10T19:00:00Z"}', "2027-03-10T19:00:00Z", "America/New_York"),
    ],
)
def test_a_posts_timestamp_becomes_utc_by_its_zone_or_the_brands(brand, token, body, publish_time, zone):
    post = ContentItemFactory(brand=brand)

    answer = curl(f"curl -X POST {HOST}/schedule/post/{post.pk} -d '{body}'", token=token).json()

    same_shape(answer, SCHEDULE)
    assert (answer["publish_time"], answer["timezone"], answer["status"]) == (publish_time, zone, "PENDING")
    assert answer["post_id"] == str(post.pk)
    assert curl(f"curl {HOST}/schedule/post/{post.pk}", token=token).json() == answer


def test_each_schedule_has_an_id_of_its_own(brand, token):
    body = '{"timestamp": "2025-03-10T19:0%s:00"}'
    posts = [ContentItemFactory(brand=brand) for _ in range(3)]

    lines = [f"curl -X POST {HOST}/schedule/post/{one.pk} -d '{body % n}'" for n, one in enumerate(posts)]

    assert len({curl(line, token=token).json()["schedule_id"] for line in lines}) == 3
