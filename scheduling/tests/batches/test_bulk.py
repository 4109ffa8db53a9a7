"""Many posts by a pattern, over the API: placed by the workers under the rules, each with its reason."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance, Schedule
from scheduling.rules import violations
from scheduling.services.account_rules import posts_of, rules_of
from scheduling.tests.batches.working import contents, work
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
URL = "/api/v1/schedule/bulk"


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


@pytest.fixture
def account(cast):
    return ChannelAccountFactory(brand__workspace=cast.workspace, platform="x", gap_minutes=60)


def ids(items):
    return [str(one.pk) for one in items]


def done(api, body):
    """Post a bulk, do the work, and return the batch."""
    made = api.post(URL, body)
    assert made.status_code == 201, made.content
    work()
    return api.get(f"/api/v1/scheduling/calendar/{made.json()['id']}").json()


def test_source_4s_example_places_three_posts_on_three_days(api, account):
    for number in (1, 2, 3):
        ContentItemFactory(brand=account.brand, external_ref=str(number))

    batch = done(api, {"post_ids": [1, 2, 3], "schedule_pattern": "daily"})

    assert (batch["status"], batch["strategy"]) == ("completed", "daily")
    times = [datetime.fromisoformat(one["scheduled_for"]) for one in batch["items"]]
    assert [after - before for before, after in pairwise(times)] == [timedelta(days=1)] * 2
    assert timedelta(0) < times[0] - NOW <= timedelta(hours=1)
    assert {one["scheduled_by"] for one in batch["items"]} == {"bulk"}


def test_a_wanted_time_that_a_rule_forbids_is_moved_forward_with_the_reason(api, account):
    start = NOW + timedelta(days=1)
    PostInstanceFactory(channel_account=account, scheduled_for=start - timedelta(minutes=20))

    batch = done(api, {"post_ids": ids(contents(account, 2)), "schedule_pattern": "daily", "start": start.isoformat()})

    assert batch["items"][0]["reason"] == "Adjusted 40min forward to respect 60min gap"
    assert batch["items"][1]["reason"] is None


@pytest.mark.parametrize("pattern", ["Weekdays", "weekly", "distribute", "optimal", "FREQ=WEEKLY;BYDAY=MO,TH"])
def test_every_pattern_places_all_and_keeps_every_rule(api, account, pattern):
    batch = done(api, {"post_ids": ids(contents(account, 8)), "schedule_pattern": pattern})

    assert batch["progress"] == {"total": 8, "placed": 8, "refused": 0}
    for post in PostInstance.objects.filter(schedule=batch["id"]):
        others = posts_of(account, around=post.scheduled_for, but=post.pk)
        assert violations(post.scheduled_for, rules=rules_of(account, now=NOW), posts=others) == []


def test_cadence_fills_the_next_open_slots_in_their_order(api, account):
    slots = [SlotFactory(channel_account=account, scheduled_for=NOW + timedelta(days=day)) for day in (3, 1, 2)]
    texts = contents(account, 3)

    done(api, {"post_ids": ids(texts), "schedule_pattern": "cadence"})

    filled = PostInstance.objects.filter(pk__in=[slot.pk for slot in slots]).order_by("scheduled_for")
    assert list(filled.values_list("content_item", flat=True)) == [one.pk for one in texts]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"post_ids": ["nobody"]}, "post_ids.0"),
        ({"post_ids": []}, "post_ids"),
        ({"schedule_pattern": "hourly"}, "schedule_pattern"),
        ({"schedule_pattern": "FREQ=SECONDLY"}, "schedule_pattern"),
        ({"schedule_pattern": "FREQ=DAILY;COUNT=1"}, "schedule_pattern"),
        ({"start": "soon"}, "start"),
        ({"start": "2020-01-01T10:00"}, "start"),
        ({"channel_account": "@nobody"}, "channel_account"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_made(api, account, wrong, field):
    body = {"post_ids": ids(contents(account, 2)), "schedule_pattern": "daily", **wrong}

    said = refused(api.post(URL, body), 422, "validation_error")

    assert list(said["errors"]) == [field]
    assert not Schedule.objects.exists()
