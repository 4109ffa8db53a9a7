"""manage.py topoff."""

import pytest

from scheduling.models import PostInstance
from scheduling.tests.factories import ChannelAccountFactory
from workspaces.tests.commands import run


@pytest.fixture
def account(db):
    return ChannelAccountFactory(posts_per_week=7, schedule_times=["09:30"], brand__workspace__slug="h2o")


def test_it_makes_the_missing_slots_and_a_second_time_none(account):
    first, second = run("topoff"), run("topoff")

    assert first.out == "Created 28 new slots, skipped 0 existing\n"
    assert second.out == "Created 0 new slots, skipped 28 existing\n"
    assert PostInstance.objects.filter(channel_account=account).count() == 28


def test_it_goes_as_far_as_it_is_told(account):
    assert run("topoff", "--days", "90").out == "Created 90 new slots, skipped 0 existing\n"


def test_only_the_named_workspace_is_planned(account):
    other = ChannelAccountFactory(posts_per_week=7, schedule_times=["09:30"])

    run("topoff", "--workspace", other.workspace.slug)

    assert {post.channel_account for post in PostInstance.objects.all()} == {other}


def test_json_says_the_same_as_the_api(account):
    document = run("topoff", "--json", "--days", "1").document

    assert list(document) == [
        "accounts_processed",
        "instances_created",
        "instances_skipped",
        "window_start",
        "window_end",
        "message",
    ]
    assert (document["accounts_processed"], document["instances_created"]) == (1, 1)
    assert document["message"] == "Created 1 new slots, skipped 0 existing"
    assert document["window_end"].endswith("Z")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--days", "0"), "days has to be from 1 to 90; 0 is not."),
        (("--days", "91"), "days has to be from 1 to 90; 91 is not."),
        (("--days", "-1"), "days has to be from 1 to 90; -1 is not."),
        (("--days", "abc"), "Error: argument --days: 'abc' is not a whole number"),
        (
            ("--days", "9" * 5_000),
            "Error: argument --days: '99999999999999999999999999999999999999999999999999' is not",
        ),
        (("--workspace", "h3o"), "There is no workspace 'h3o'. Known: h2o."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_cannot_be_is_refused_and_makes_nothing(account, arguments, sentence):
    said = run("topoff", *arguments)

    assert said.error.startswith(sentence)
    assert (said.code, said.out) == (1, "")
    assert not PostInstance.objects.exists()
