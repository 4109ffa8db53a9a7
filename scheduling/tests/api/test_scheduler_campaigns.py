"""Source 1's route of a campaign: its posts spread over its days, as a list of schedules."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.models import Campaign
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from scheduling.tests.planning.campaigning import add_post, campaign_of
from workspaces.tests.calling import Api, refused
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
MADRID = ZoneInfo("Europe/Madrid")


@pytest.fixture(autouse=True)
def _it_is_now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def campaign():
    """Three posts over ten days of December, for one account."""
    found = campaign_of(3)
    Campaign.objects.filter(pk=found.pk).update(external_ref="advent")
    return found


@pytest.fixture
def api(campaign):
    return Api(campaign.workspace, "read", "write")


def times(answer):
    return [one["publish_time"] and one["publish_time"][5:16] for one in answer.json()]


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("root", ["", "/api/v1"])
def test_a_campaigns_posts_are_spread_at_seven_in_the_evening(campaign, api, root, slash):
    answer = api.post(f"{root}/schedule/campaign/advent{slash}")

    first = PostInstance.objects.earliest("scheduled_for")
    assert answer.status_code == 200, answer.content
    assert times(answer) == ["12-01T18:00", "12-05T18:00", "12-10T18:00"]
    assert answer.json()[0] == {
        "schedule_id": str(first.pk),
        "post_id": str(first.content_item_id),
        "status": "PENDING",
        "publish_time": "2026-12-01T18:00:00Z",
        "timezone": "Europe/Madrid",
        "retry_count": 0,
    }


def test_a_repeat_and_a_look_answer_the_same_list(campaign, api):
    first = api.post("/schedule/campaign/advent", {"strategy": "NAIVE"}).json()

    assert api.post("/schedule/campaign/advent").json() == first
    assert api.get(f"/schedule/campaign/{campaign.pk}").json() == first


def test_before_it_is_scheduled_the_list_is_empty(api):
    assert api.get("/schedule/campaign/advent").json() == []


def test_only_the_accounts_that_are_named_get_posts(campaign, api):
    other = ChannelAccountFactory(brand=campaign.brand, external_ref="lumen-fb", platform="facebook")

    answer = api.post("/schedule/campaign/advent", {"channel_accounts": ["lumen-fb"]})

    assert len(answer.json()) == 3
    assert set(PostInstance.objects.values_list("channel_account", flat=True)) == {other.pk}


def test_a_post_that_finds_no_place_on_its_day_is_in_the_list_with_the_reason(campaign, api):
    account = campaign.brand.channel_accounts.get()
    type(account).objects.filter(pk=account.pk).update(gap_minutes=600)
    PostInstanceFactory(channel_account=account, scheduled_for=datetime(2026, 12, 5, 18, 30, tzinfo=MADRID))

    answer = api.post("/schedule/campaign/advent")

    failed = answer.json()[-1]
    assert times(answer) == ["12-01T18:00", "12-10T18:00", None]
    assert (failed["schedule_id"], failed["status"], failed["timezone"]) == (None, "FAILED", "Europe/Madrid")
    assert failed["post_id"] == str(campaign.content_items.order_by("created_at")[1].pk)
    assert "600min gap" in failed["reason"]
    assert api.get("/schedule/campaign/advent").json() == answer.json()


def test_what_was_canceled_is_shown_as_canceled_until_something_stands_in_its_place(campaign, api):
    api.post("/schedule/campaign/advent")
    gone = PostInstance.objects.latest("scheduled_for")
    PostInstance.objects.filter(pk=gone.pk).update(status=Status.CANCELED, due_at=None)
    canceled = api.get("/schedule/campaign/advent").json()

    again = PostInstanceFactory(
        channel_account=gone.channel_account, content_item=gone.content_item, campaign=campaign,
        scheduled_for=gone.scheduled_for + timedelta(hours=1),
    )  # fmt: skip

    assert [one["status"] for one in canceled] == ["PENDING", "PENDING", "CANCELED"]
    assert api.get("/schedule/campaign/advent").json()[2]["schedule_id"] == str(again.pk)
    assert len(api.get("/schedule/campaign/advent").json()) == 3


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"strategy": "clever"}, "strategy"),
        ({"strategy": 7}, "strategy"),
        ({"strategy": "optimized"}, "strategy"),
        ({"channel_accounts": ["nobody"]}, "channel_accounts"),
        ({"channel_accounts": "lumen-x"}, "channel_accounts"),
        ({"stratagy": "naive"}, "stratagy"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_field(api, body, field):
    said = refused(api.post("/schedule/campaign/advent", body), 422, "validation_error")

    assert next(iter(said["errors"])).startswith(field)
    assert not PostInstance.objects.exists()


def test_more_posts_than_days_are_an_error_and_nothing_is_placed(campaign, api):
    Campaign.objects.filter(pk=campaign.pk).update(ends_on=date(2026, 12, 3))
    add_post(campaign, 3)
    before = stored(PostInstance)

    said = refused(api.post("/schedule/campaign/advent"), 422, "validation_error")

    assert said["error_message"].startswith("4 posts are more than the 3 days")
    assert stored(PostInstance) == before


def test_a_campaign_that_is_not_in_the_workspace_is_not_found(api):
    for method in (api.get, api.post):
        refused(method("/schedule/campaign/nobody"), 404, "not_found")


@pytest.mark.parametrize("posts", [1, 30])
def test_the_number_of_queries_of_a_look_does_not_grow(django_assert_max_num_queries, posts):
    campaign = campaign_of(posts, last=date(2026, 12, 31))
    api = Api(campaign.workspace)
    api.post(f"/schedule/campaign/{campaign.pk}")

    with django_assert_max_num_queries(6):
        assert len(api.get(f"/schedule/campaign/{campaign.pk}").json()) == posts
