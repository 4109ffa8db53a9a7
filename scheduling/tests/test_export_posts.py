"""What an export has, and how it is read: in parts, as one file that no spreadsheet computes."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import Status
from scheduling.services.calendar import Filters
from scheduling.services.exporting import export_posts, reading
from scheduling.services.exporting.reading import references
from scheduling.tests.exporting import exported, rows_of
from scheduling.tests.factories import (
    NOW,
    ChannelAccountFactory,
    PostInstanceFactory,
    PublishedFactory,
    SlotFactory,
)
from workspaces.errors import Invalid, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(db):
    return ChannelAccountFactory(external_ref="lumen-x")


def titles(account, **options):
    return [row["title"] for row in json.loads(exported(account.workspace, "json", **options))]


def post(account, title, **values):
    return PostInstanceFactory(channel_account=account, content_item__title=title, **values)


def test_it_has_what_is_planned_with_content_and_what_went_out_in_the_order_of_their_times(account):
    post(account, "Second", status=Status.DRAFT, due_at=None)
    PublishedFactory(channel_account=account, content_item__title="First")
    SlotFactory(channel_account=account)
    post(account, "Skipped", status=Status.SKIPPED, due_at=None)
    post(ChannelAccountFactory(), "Somebody else's")

    assert titles(account) == ["First", "Second"]


def test_what_was_called_off_is_exported_when_it_is_asked_for(account):
    post(account, "Skipped", status=Status.SKIPPED, due_at=None)
    post(account, "Scheduled")

    assert titles(account, filters=Filters(status="skipped,canceled")) == ["Skipped"]


def test_a_range_is_half_open(account):
    for hours in range(3):
        post(account, f"At {hours}", scheduled_for=NOW + timedelta(hours=hours))

    assert titles(account, start=NOW + timedelta(hours=1), end=NOW + timedelta(hours=2)) == ["At 1"]


def test_what_cannot_be_exported_is_refused_before_anything_is_read(account):
    with pytest.raises(NotFound):
        export_posts(workspace=account.workspace, format="csv", filters=Filters(brand="nobody"))
    with pytest.raises(Invalid, match="'xml' is not a format"):
        export_posts(workspace=account.workspace, format="xml")


@pytest.mark.parametrize("format", ["csv", "json"])
@pytest.mark.parametrize("at_once", [1, 2, 4, 5])
def test_parts_make_the_same_file_as_a_whole(account, monkeypatch, format, at_once):
    other = ChannelAccountFactory(brand=account.brand)
    for number in range(5):
        post((account, other)[number % 2], f"Cupping {number}", scheduled_for=NOW + timedelta(hours=number // 2))
    in_one = exported(account.workspace, format)
    monkeypatch.setattr(reading, "AT_ONCE", at_once)

    assert exported(account.workspace, format) == in_one
    assert in_one.count(b"Cupping") == 5


@pytest.mark.parametrize(("format", "empty"), [("csv", b""), ("json", b"[]\n")])
def test_an_export_of_nothing_is_a_file_all_the_same(account, format, empty):
    assert exported(account.workspace, format).endswith(empty)
    assert exported(account.workspace, format).count(b"\n") == 1


def test_queries_do_not_grow_with_posts_or_accounts(account):
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            exported(account.workspace)
        return len(queries)

    before = count()
    for _ in range(40):
        post(ChannelAccountFactory(brand=account.brand), "Cupping")

    assert count() == before == 2


@pytest.mark.parametrize("text", ["=1+1", "+34 600", "-10 %", "@lumen", "\tTab", "  =SUM(A1)", "'=1+1", "＝1+1"])
def test_no_cell_is_a_formula_to_a_spreadsheet(account, text):
    PostInstanceFactory(channel_account=account, content_item=ContentItemFactory(brand=account.brand, body=text))

    cell = rows_of(exported(account.workspace).decode())[0]["body"]

    assert cell == f"'{text}"


def test_the_text_is_the_one_that_goes_to_the_rows_account(account):
    other = ChannelAccountFactory(brand=account.brand, platform="linkedin")
    content = ContentItemFactory(brand=account.brand, body="For all", variants={"x": {"body": "For X"}})
    for one in (account, other):
        PostInstanceFactory(channel_account=one, content_item=content)

    assert [row["body"] for row in rows_of(exported(account.workspace).decode())] == ["For X", "For all"]


def test_an_account_is_called_by_its_reference_else_by_a_name_that_is_its_own_else_by_its_id():
    brand = BrandFactory()
    known = ChannelAccountFactory(brand=brand, external_ref="lumen-x", name="@lumen")
    named = ChannelAccountFactory(brand=brand, name="@lumen.es")
    twice = [ChannelAccountFactory(brand=brand, name="@twice", platform=one) for one in ("x", "tiktok")]
    like_a_reference = ChannelAccountFactory(brand=brand, name="lumen-x")

    found = references([known, named, *twice, like_a_reference])

    assert (found[known.pk], found[named.pk]) == ("lumen-x", "@lumen.es")
    assert [found[one.pk] for one in (*twice, like_a_reference)] == [str(one.pk) for one in (*twice, like_a_reference)]
