"""Recommended times, better times for a batch, and the platforms, over the API."""

from datetime import datetime, timedelta

import pytest

from scheduling.models import Engagement, Placing, PostInstance, Status
from scheduling.rules import iso, violations
from scheduling.services.account_rules import posts_of, rules_of
from scheduling.tests.batches.working import batch_of, work
from scheduling.tests.factories import (
    NOW,
    BlackoutFactory,
    ChannelAccountFactory,
    PostInstanceFactory,
    PublishedFactory,
    SlotFactory,
)
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
RECOMMENDED = "/api/v1/scheduling/recommendations"
OPTIMIZE = "/api/v1/scheduling/optimize"


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


@pytest.fixture
def account(cast):
    return ChannelAccountFactory(brand__workspace=cast.workspace, platform="instagram")


def recommended(api, **asked):
    answer = api.get(RECOMMENDED, **asked)
    assert answer.status_code == 200, answer.content
    return answer.json()["recommendations"]


def test_times_are_local_inside_the_window_free_and_best_first(api, account):
    BlackoutFactory(channel_account=account, starts_at=NOW, ends_at=NOW + timedelta(days=2))
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(days=3))

    found = recommended(api, platforms="instagram", target_count="5")

    assert len(found) == 5
    rules, posts = rules_of(account, now=NOW), posts_of(account, around=NOW)
    for one in found:
        at = datetime.fromisoformat(one["scheduled_time"])
        assert violations(at, rules=rules, posts=posts) == []
        assert one["local_time"] == at.astimezone(account.zone).strftime("%Y-%m-%dT%H:%M:%S")
        assert 18 <= int(one["local_time"][11:13]) < 23
        assert (one["basis"], one["lift"], one["interval"], one["outside_window"]) == (
            "platform guidance",
            None,
            None,
            False,
        )
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
    assert "Widen it" in found[0]["reasons"][1]


def test_an_accounts_own_posts_make_it_your_history(api, account):
    for number in range(80):
        at = NOW - timedelta(days=4 + number, hours=NOW.hour - (20 if number % 2 else 18))
        post = PublishedFactory(channel_account=account, scheduled_for=at)
        likes = 90 if number % 2 else 20
        Engagement.objects.create(
            workspace=account.workspace, post_instance=post, measured_at=at + timedelta(days=2), reactions=likes
        )

    best = recommended(api, channel_account=str(account.pk))[0]

    assert (best["basis"], best["posts"]) == ("your history", 80)
    assert best["interval"][0] < best["lift"] < best["interval"][1]
    assert best["local_time"][11:13] >= "20"


@pytest.mark.parametrize("wrong", [{"measured_after": 40}, {"is_paid": True}])
def test_posts_that_are_young_or_paid_do_not_count(api, account, wrong):
    for number in range(12):
        post = PublishedFactory(channel_account=account, scheduled_for=NOW - timedelta(days=3 + number))
        Engagement.objects.create(
            workspace=account.workspace,
            post_instance=post,
            measured_at=post.published_at + timedelta(hours=wrong.get("measured_after", 50)),
            is_paid=wrong.get("is_paid", False),
            reactions=10,
        )

    assert recommended(api)[0]["posts"] == 0


def test_a_platform_without_an_account_is_answered_in_the_workspaces_zone(api, cast):
    found = recommended(api, platforms="youtube", target_count="5")

    assert len(found) == 5
    assert {(one["platform"], one["channel_account"]) for one in found} == {("youtube", None)}
    assert all(17 <= int(one["local_time"][11:13]) < 22 for one in found)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"platforms": "myspace"}, "platforms"),
        ({"target_count": "0"}, "target_count"),
        ({"target_count": "101"}, "target_count"),
        ({"target_count": "many"}, "target_count"),
        ({"start": "tomorrow"}, "start"),
        ({"end": "2020-01-01"}, "end"),
        ({"end": "2030-01-01"}, "end"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_its_name(api, asked, field):
    assert list(refused(api.get(RECOMMENDED, **asked), 422, "validation_error")["errors"]) == [field]


def test_another_workspaces_account_is_not_found(api, cast):
    account = ChannelAccountFactory(brand__workspace=cast.elsewhere)

    refused(api.get(RECOMMENDED, channel_account=str(account.pk)), 404, "not_found")


@pytest.fixture
def batch(cast):
    """Return a batch that is done: four posts in the middle of the night."""
    account = ChannelAccountFactory(brand__workspace=cast.workspace, platform="linkedin", gap_minutes=60)
    night = NOW.replace(hour=1, minute=30, second=0, microsecond=0) + timedelta(days=2)
    made = batch_of(account, 4, start=night, every=timedelta(days=1), placing=Placing.STATED)
    work()
    made.refresh_from_db()
    return made


def times(batch):
    return dict(PostInstance.objects.filter(schedule=batch).values_list("pk", "scheduled_for"))


def test_without_apply_nothing_changes(api, batch):
    before = times(batch)

    said = api.post(OPTIMIZE, {"schedule_id": str(batch.pk), "apply": False}).json()

    assert (said["applied"], len(said["changes"])) == (False, 4)
    assert said["score_after"] > said["score_before"]
    assert times(batch) == before


def test_applied_the_posts_stand_where_it_said_and_keep_every_rule(api, batch):
    wanted = {"schedule_id": str(batch.pk)}
    dry = api.post(OPTIMIZE, wanted).json()

    said = api.post(OPTIMIZE, {**wanted, "apply": True}).json()

    assert said["changes"] == dry["changes"]
    assert said["applied"]
    stand = times(batch)
    assert {str(pk): iso(at) for pk, at in stand.items()} == {one["id"]: one["after"] for one in said["changes"]}
    account = batch.items.first().channel_account
    for pk, at in stand.items():
        others = posts_of(account, around=at, but=pk)
        assert violations(at, rules=rules_of(account, now=NOW), posts=others) == []
    again = api.post(OPTIMIZE, {**wanted, "apply": True}).json()
    assert again["score_after"] >= again["score_before"] == said["score_after"]


def test_no_post_gets_a_worse_time(api, batch):
    api.post(OPTIMIZE, {"schedule_id": str(batch.pk), "apply": True})
    before = times(batch)
    night = NOW.replace(hour=23, minute=0, second=0, microsecond=0) + timedelta(days=2)
    constraints = {"start": iso(night), "end": iso(night + timedelta(hours=6))}

    said = api.post(OPTIMIZE, {"schedule_id": str(batch.pk), "constraints": constraints, "apply": True}).json()

    assert (said["changes"], said["score_after"]) == ([], said["score_before"])
    assert times(batch) == before


def test_only_posts_that_may_still_move_are_moved(api, batch):
    first, second, third, _ = PostInstance.objects.filter(schedule=batch).order_by("scheduled_for")
    PostInstance.objects.filter(pk=first.pk).update(status=Status.CANCELED, due_at=None)
    constraints = {"locked": [str(second.pk)], "most_moves": 1}

    said = api.post(OPTIMIZE, {"schedule_id": str(batch.pk), "constraints": constraints}).json()

    assert [one["id"] for one in said["changes"]] == [str(third.pk)]


def test_a_post_that_takes_a_slots_place_lets_it_come_back_no_second_time(api, batch):
    account = batch.items.first().channel_account
    dry = api.post(OPTIMIZE, {"schedule_id": str(batch.pk)}).json()
    place = datetime.fromisoformat(dry["changes"][0]["after"])
    slot = SlotFactory(channel_account=account, scheduled_for=place)

    api.post(OPTIMIZE, {"schedule_id": str(batch.pk), "apply": True})

    slot.refresh_from_db()
    assert slot.status == Status.SKIPPED


def test_what_is_still_being_placed_is_not_optimized(api, cast):
    batch = batch_of(ChannelAccountFactory(brand__workspace=cast.workspace), 1)

    refused(api.post(OPTIMIZE, {"schedule_id": str(batch.pk)}), 409, "conflict")


def test_the_platforms_are_those_of_source_3_with_their_rules(api):
    found = {one["key"]: one for one in api.get("/api/v1/scheduling/platforms").json()["platforms"]}

    assert set(found) == {"x", "facebook", "instagram", "linkedin", "youtube", "tiktok"}
    assert found["instagram"]["window"] == {"opens": 18, "closes": 23}
    assert found["youtube"]["gap_minutes"] == 90
    assert found["x"]["content_types"] == ["Tweets", "Threads"]
    assert found["tiktok"]["best_times"] == "Wed 3-4pm, Sun 8pm"
    assert found["linkedin"]["frequency"] == "2-5/week"
