"""The attempts over the API."""

from uuid import uuid4

import pytest

from publishing.models import PublishLog
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.tests.calling import Api, refused

URL = "/api/v1/publish-logs"


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


@pytest.fixture
def post(cast):
    return PostInstanceFactory(channel_account=ChannelAccountFactory(brand__workspace=cast.workspace))


def attempt(post, number=1, **values):
    given = {"workspace": post.workspace, "post_instance": post, "number": number, "idempotency_key": uuid4()}
    return PublishLog.objects.create(**{**given, "started_at": NOW, "claimed_by": "worker-1", **values})


def test_attempts_are_listed_and_one_says_what_the_other_side_said(api, post):
    log = attempt(post, finished_at=NOW, outcome="rejected", error="Too long.", raw_answer="HTTP 400")

    (row,) = api.get(URL).json()["results"]

    assert (row["outcome"], row["error"], row["post_instance"]) == ("rejected", "Too long.", str(post.pk))
    assert "raw_answer" not in row
    assert api.get(f"{URL}/{log.pk}").json()["raw_answer"] == "HTTP 400"


def test_attempts_are_narrowed(api, post):
    attempt(post, finished_at=NOW, outcome="not_sent")
    attempt(post, number=2)

    def numbers(**given):
        return [row["number"] for row in api.get(URL, **given).json()["results"]]

    assert sorted(numbers(post_instance=str(post.pk))) == [1, 2]
    assert numbers(outcome="not_sent") == [1]
    assert numbers(is_open="true") == [2]
    assert numbers(is_open="") == numbers() == [2, 1]
    assert numbers(channel_account=str(uuid4())) == []


def test_a_filter_of_yes_or_no_that_says_neither_is_refused_rather_than_passed_over(api, post):
    for given in ("perhaps", "2", "null"):
        assert list(refused(api.get(URL, is_open=given), 422, "validation_error")["errors"]) == ["is_open"]


def test_the_attempts_of_others_are_not_there_and_nobody_changes_one(api, cast):
    theirs = attempt(PostInstanceFactory(channel_account__brand__workspace=cast.elsewhere))

    assert api.get(URL).json()["results"] == []
    refused(api.get(f"{URL}/{theirs.pk}"), 404, "not_found")
    refused(api.patch(f"{URL}/{theirs.pk}", {}), 405, "method_not_allowed")
