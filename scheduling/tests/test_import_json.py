"""JSON files: the same posts as a list of objects."""

import json

import pytest

from campaigns.models import ContentItem
from scheduling.models import PostInstance
from scheduling.services.importing import Result
from scheduling.tests.factories import ChannelAccountFactory
from scheduling.tests.importing import POST, bring_in_file
from workspaces.errors import Invalid

SHAPE = "Write a list of objects with the keys title, body, link, channel_account, scheduled_for."


@pytest.fixture
def account(db):
    return ChannelAccountFactory(external_ref="lumen-x")


def test_a_list_of_objects_comes_in_and_keys_that_are_left_out_or_null_are_empty(account):
    posts = [POST, {"title": "Tazas feas", "body": "🏆", "channel_account": "lumen-x", "link": None}]

    report = bring_in_file(account.workspace, json.dumps(posts).encode(), "json")

    assert [row.result for row in report.rows] == [Result.SCHEDULED, Result.TRAY]
    assert [(row.number, row.line) for row in report.rows] == [(1, None), (2, None)]
    assert PostInstance.objects.get().content_item.title == POST["title"]
    assert ContentItem.objects.get(title="Tazas feas").link == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[\n  {"title": "Cata",}\n]', "Line 2, column 2"),
        ('[{"title": "Cata"}', "Line 1, column 19: this is not JSON ("),
        ("title,body", "Line 1, column 1: this is not JSON ("),
        ('{"posts": []}', f"The file holds an object, not a list. {SHAPE}"),
        ('"Cata"', f"The file holds text, not a list. {SHAPE}"),
        ("null", f"The file holds nothing, not a list. {SHAPE}"),
        ("[]", "There are no posts in the list."),
        ("[" * 100_000, f"The file is nested too deeply. {SHAPE}"),
        (f"[{'9' * 5_000}]", f"The file holds a number that is too long. {SHAPE}"),
        (f"[{'{},' * 5_000}{{}}]", "The file has 5,001 posts; 5,000 at once are the most. Split it."),
    ],
    ids=lambda value: value[:30],
)
def test_a_file_of_another_shape_is_refused_as_a_whole(account, text, said):
    with pytest.raises(Invalid) as refused:
        bring_in_file(account.workspace, text.encode(), "json")

    assert refused.value.message.startswith(said)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('"Cata"', f"This is text, not an object. {SHAPE}"),
        ("null", f"This is nothing, not an object. {SHAPE}"),
        ('{"title": "Cata", "date": "2026-12-01"}', "“date” is not a key. Use title, body, link, channel_account,"),
        ('{"title": 7}', "title has to be text in quotation marks; a number is given."),
        ('{"title": "Cata", "body": ["a"]}', "body has to be text in quotation marks; a list is given."),
        ('{"title": "Cata", "link": false}', "link has to be text in quotation marks; true or false is given."),
        ('{"title": "Cata \\ud83d", "body": "x"}', "The title holds half of a character (a lone surrogate)."),
        ('{"title": "Cata \\u0000", "body": "x"}', "The title holds a NUL character. Take it out."),
        ('{"title": "Cata", "body": "x", "channel_account": "\\udc00"}', "The channel_account holds half of a"),
        ("{}", "The title is empty."),
    ],
)
def test_an_object_of_another_shape_refuses_its_row_alone(account, row, reason):
    report = bring_in_file(account.workspace, f"[{row}, {json.dumps(POST)}]".encode(), "json", partial=True)

    assert report.rows[0].reason.startswith(reason)
    assert report.rows[1].result == Result.SCHEDULED
    assert PostInstance.objects.count() == 1
