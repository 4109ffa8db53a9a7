"""The file of what the calendar shows."""

import json
from datetime import timedelta

import pytest

from scheduling.tests.exporting import rows_of
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from scheduling.tests.pages.markup import Markup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known(account):
    account.external_ref = "lumen-x"
    account.save()


def titles(answer):
    return [row["title"] for row in rows_of(b"".join(answer).decode("utf-8-sig"))]


@pytest.fixture
def posts(account):
    """A post in November, one in January, and one of another account."""
    other = ChannelAccountFactory(brand=account.brand, external_ref="other")
    PostInstanceFactory(channel_account=account, content_item__title="In November")
    PostInstanceFactory(channel_account=other, content_item__title="Elsewhere")
    later = NOW + timedelta(days=60)
    PostInstanceFactory(channel_account=account, content_item__title="In January", scheduled_for=later)


def test_an_export_is_a_file_that_spreadsheets_open(editor, posts):
    answer = editor.get("/calendar/export/")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="h2o-posts-2026-11-20.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert titles(answer) == ["In November", "Elsewhere", "In January"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("month=2026-11", ["In November", "Elsewhere"]),
        ("month=2026-11&channel_account=other", ["Elsewhere"]),
        ("month=2027-01&view=month", ["In January"]),
        ("day=2026-11-20&view=week", ["In November", "Elsewhere"]),
        ("day=2026-11-27&view=week", []),
        ("status=draft", []),
    ],
)
def test_it_has_what_the_calendar_shows_at_the_same_address(editor, posts, query, expected):
    assert titles(editor.get(f"/calendar/export/?{query}")) == expected


def test_it_may_be_json(editor, posts):
    answer = editor.get("/calendar/export/?format=json")

    assert len(json.loads(answer.content)) == 3


@pytest.mark.parametrize(
    ("query", "said"),
    [("brand=nobody", "There is no brand"), ("format=xml", "is not a format"), ("month=soon", "is not a month")],
)
def test_what_cannot_be_exported_is_said_on_the_calendar(editor, posts, query, said):
    answer = editor.get(f"/calendar/export/?{query}", follow=True)

    assert answer.redirect_chain[0][0].startswith("/calendar/?")
    assert said in Markup(answer).text()
