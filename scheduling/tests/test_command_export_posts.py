"""manage.py export_posts: the file, the options, and what is printed."""

import json
import os
from datetime import timedelta

import pytest
from django.core.management import call_command

from campaigns.tests.factories import BrandFactory
from scheduling.tests.exporting import rows_of
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.tests.commands import Said, run

HEADER = "title,body,link,channel_account,scheduled_for,status"


@pytest.fixture
def account(db):
    return ChannelAccountFactory(external_ref="lumen-x", brand__workspace__slug="h2o")


def export(*options: str) -> Said:
    return run("export_posts", "--workspace", "h2o", *options)


def test_it_prints_a_csv(account):
    post = PostInstanceFactory(channel_account=account, scheduled_for=NOW, content_item__title="Cata, hoy")

    said = export()

    words = f'"Cata, hoy",{post.content_item.body},{post.content_item.link}'
    assert said.out == f"{HEADER}\r\n{words},lumen-x,2026-11-20T10:00:00+01:00,scheduled\r\n"


def test_it_prints_json(account):
    PostInstanceFactory(channel_account=account, content_item__title="Cata")

    assert [row["title"] for row in json.loads(export("--format", "json").out)] == ["Cata"]
    assert [row["title"] for row in export("--json").document["posts"]] == ["Cata"]


def test_it_writes_a_file_whose_name_says_the_format(account, tmp_path):
    PostInstanceFactory(channel_account=account, content_item__title="Cata ☕")
    target = tmp_path / "Café.json"

    said = export("--output", str(target))

    assert said.out == f"Wrote {target.stat().st_size} bytes to {target}.\n"
    assert [row["title"] for row in json.loads(target.read_text())] == ["Cata ☕"]
    assert list(tmp_path.iterdir()) == [target]


def test_a_range_and_filters_narrow_it(account):
    other = ChannelAccountFactory(brand=BrandFactory(workspace=account.workspace), external_ref="other")
    for days in range(3):
        for one in (account, other):
            at = NOW + timedelta(days=days)
            PostInstanceFactory(channel_account=one, scheduled_for=at, content_item__title=f"Day {days}")

    said = export("--from", "2026-11-21", "--to", "2026-11-22", "--channel-account", "other")

    assert [(row["title"], row["channel_account"]) for row in rows_of(said.out)] == [("Day 1", "other")]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--from", "soon"), "from: “soon” is not a time. Write it like 2025-01-15T20:00"),
        (("--from", "2026-11-22", "--to", "2026-11-22"), "The end has to be after the start."),
        (("--status", "lost"), "'lost' is not a status."),
        (("--brand", "lumen"), "There is no brand 'lumen' in"),
        (("--output", "posts.xlsx"), "'xlsx' is not a format. Use one of: csv, json."),
        (("--output", "/nowhere/posts.csv"), "/nowhere/posts.csv cannot be written: No such file or directory."),
    ],
)
def test_what_cannot_be_exported_is_said(account, options, sentence):
    said = export(*options)

    assert said.code == 1
    assert said.error.startswith(sentence)
    assert said.out == ""


def test_whoever_stops_reading_makes_no_traceback(account):
    PostInstanceFactory(channel_account=account)
    reading, writing = os.pipe()
    os.close(reading)

    with os.fdopen(writing, "w") as nobody_reads:
        call_command("export_posts", "--workspace", "h2o", stdout=nobody_reads)
        nobody_reads.write("Python's own last words go nowhere.")
