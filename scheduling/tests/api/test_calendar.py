"""Source 0's second route: read the calendar by local date."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.tests.factories import CampaignFactory
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, PublishedFactory, SlotFactory
from workspaces.tests.calling import Api, refused
from workspaces.tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db
CALENDAR = "/api/v1/marketing/calendar"
MADRID = ZoneInfo("Europe/Madrid")
RANGE = {"start_date": "2026-11-21", "end_date": "2026-12-19"}


@pytest.fixture
def account():
    return ChannelAccountFactory(brand__workspace__slug="h2o", brand__workspace__timezone="Europe/Madrid")


@pytest.fixture
def api(account):
    return Api(account.workspace, "read")


def post_at(account, day, hour, minute=0, factory=PostInstanceFactory, **values):
    at = datetime(2026, 11, day, hour, minute, tzinfo=MADRID)
    return factory(channel_account=account, scheduled_for=at, **values)


def ids(answer):
    assert answer.status_code == 200, answer.content
    return {day: [one["id"] for one in posts] for day, posts in answer.json().items()}


@pytest.mark.parametrize("slash", ["", "/"])
def test_source_0s_example_reads_post_instances_by_date(account, api, slash):
    slot = post_at(account, 21, 18, factory=SlotFactory)

    answer = api.get(
        CALENDAR + slash, tenant_id="h2o", start_date="2026-11-21T00:00:00", end_date="2026-12-19T00:00:00"
    )

    assert ids(answer) == {"2026-11-21": [str(slot.pk)]}


def test_a_post_instance_reads_as_the_contract_writes_it(account, api):
    campaign = CampaignFactory(brand=account.brand)
    post = post_at(account, 22, 18, campaign=campaign, metadata={"note": "for the fair"}, priority=3)

    answer = api.get(CALENDAR, **RANGE)

    assert answer.json()["2026-11-22"] == [
        {
            "id": str(post.pk),
            "workspace": str(account.workspace_id),
            "brand": str(account.brand_id),
            "channel_account": str(account.pk),
            "platform": "x",
            "connection": "sandbox",
            "content_item": str(post.content_item_id),
            "campaign": str(campaign.pk),
            "schedule": None,
            "title": post.content_item.title,
            "status": "scheduled",
            "schedule_type": "scheduled",
            "scheduled_for": "2026-11-22T17:00:00Z",
            "scheduled_window_end": None,
            "scheduled_by": "manual",
            "timezone": "Europe/Madrid",
            "local_time": "2026-11-22T18:00:00",
            "cadence_slot": None,
            "priority": 3,
            "retry_count": 0,
            "next_attempt_at": "2026-11-22T17:00:00Z",
            "published_at": None,
            "remote_id": None,
            "remote_url": None,
            "reason": None,
            "warnings": [],
            "metadata": {"note": "for the fair"},
            "version": 1,
            "created_at": "2026-11-20T09:00:00Z",
            "updated_at": "2026-11-20T09:00:00Z",
        }
    ]


def test_the_range_is_half_open(account, api):
    first = post_at(account, 21, 0)
    last = post_at(account, 22, 23, 59)
    post_at(account, 20, 23, 59)
    post_at(account, 23, 0)

    answer = api.get(CALENDAR, start_date="2026-11-21", end_date="2026-11-23")

    assert ids(answer) == {"2026-11-21": [str(first.pk)], "2026-11-22": [str(last.pk)]}


def test_days_are_those_of_tz_and_else_of_the_workspace(account, api):
    post = post_at(account, 22, 1)

    in_madrid = api.get(CALENDAR, start_date="2026-11-21", end_date="2026-11-24")
    in_new_york = api.get(CALENDAR, start_date="2026-11-21", end_date="2026-11-24", tz="America/New_York")

    assert ids(in_madrid) == {"2026-11-22": [str(post.pk)]}
    assert ids(in_new_york) == {"2026-11-21": [str(post.pk)]}


def test_bounds_may_be_instants_with_an_offset(account, api):
    post = post_at(account, 21, 18)

    answer = api.get(CALENDAR, start_date="2026-11-21T18:00:00+01:00", end_date="2026-11-21T17:00:01Z")

    assert ids(answer) == {"2026-11-21": [str(post.pk)]}


def test_another_workspaces_posts_are_not_there(account, api):
    PostInstanceFactory(scheduled_for=NOW + timedelta(days=2))

    assert ids(api.get(CALENDAR, **RANGE)) == {}


@pytest.mark.parametrize(
    "by", ["brand", "brand by its external_ref", "channel_account", "platform", "its alias", "status", "campaign"]
)
def test_filters_narrow_the_calendar(account, api, by):
    campaign = CampaignFactory(brand=account.brand)
    wanted = post_at(account, 21, 18, campaign=campaign)
    type(account.brand).objects.filter(pk=account.brand_id).update(external_ref="lumen-1")
    other = ChannelAccountFactory(brand__workspace=account.workspace, platform="facebook")
    post_at(other, 21, 17, factory=PublishedFactory)
    name, value = {
        "brand": ("brand", str(account.brand_id)),
        "brand by its external_ref": ("brand", "lumen-1"),
        "channel_account": ("channel_account", str(account.pk)),
        "platform": ("platform", "X"),
        "its alias": ("platform", "twitter"),
        "status": ("status", "Scheduled,draft"),
        "campaign": ("campaign", str(campaign.pk)),
    }[by]

    answer = api.get(CALENDAR, **RANGE, **{name: value})

    assert ids(answer) == {"2026-11-21": [str(wanted.pk)]}


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"start_date": ""}, "start_date"),
        ({"end_date": ""}, "end_date"),
        ({"start_date": "soon"}, "start_date"),
        ({"start_date": "2026-02-30"}, "start_date"),
        ({"start_date": "2026-13-01T10:00"}, "start_date"),
        ({"end_date": "2026-11-21"}, "end_date"),
        ({"end_date": "2026-11-20"}, "end_date"),
        ({"end_date": "2027-11-23"}, "end_date"),
        ({"end_date": "9999-12-31"}, "end_date"),
        ({"tz": "Mars/Olympus"}, "tz"),
        ({"tz": "../../etc/passwd"}, "tz"),
        ({"platform": "myspace"}, "platform"),
        ({"status": "limbo"}, "status"),
        ({"status": "draft,limbo"}, "status"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_field(api, parameters, field):
    answer = api.get(CALENDAR, **{**RANGE, **parameters})

    assert list(refused(answer, 422, "validation_error")["errors"]) == [field]


@pytest.mark.parametrize("text", ["1", "2026-11-2", "20261121", "tomorrow"])
def test_what_is_no_date_is_quoted_as_it_was_written(api, text):
    answer = api.get(CALENDAR, start_date=text, end_date="2026-12-19")

    assert f"“{text}” is not a time." in refused(answer, 422, "validation_error")["error_message"]


def test_366_days_are_shown(api):
    assert api.get(CALENDAR, start_date="2026-11-21", end_date="2027-11-22").status_code == 200


@pytest.mark.parametrize("name", ["brand", "channel_account", "campaign"])
@pytest.mark.parametrize("what", ["unknown", "another workspace's", "too long"])
def test_what_is_not_in_the_workspace_is_not_found(api, name, what):
    foreign = ChannelAccountFactory(brand__workspace=WorkspaceFactory())
    elsewhere = {"brand": foreign.brand, "channel_account": foreign, "campaign": CampaignFactory(brand=foreign.brand)}
    reference = {"unknown": "nobody", "another workspace's": str(elsewhere[name].pk), "too long": "n" * 3000}[what]

    refused(api.get(CALENDAR, **RANGE, **{name: reference}), 404, "not_found")


@pytest.mark.parametrize("posts", [0, 200])
def test_the_number_of_queries_does_not_grow_with_the_posts(account, api, django_assert_max_num_queries, posts):
    for number in range(posts):
        PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(days=2, minutes=number))

    with django_assert_max_num_queries(7):  # Of them four: who, where, and the pace.
        answer = api.get(CALENDAR, **RANGE)

    assert sum(map(len, ids(answer).values())) == posts
