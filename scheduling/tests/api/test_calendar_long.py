"""A calendar that is too long for one answer in memory: it is read and written in parts, and nobody sees the seams."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from scheduling.models import PostInstance
from scheduling.rules import local_day
from scheduling.services import days
from scheduling.services.days import ranges_by_date, read_by_date
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.tests.calling import Api

pytestmark = pytest.mark.django_db
CALENDAR = "/api/v1/marketing/calendar"
RANGE = {"start_date": "2026-11-20", "end_date": "2026-11-25"}
ST_JOHNS = ZoneInfo("America/St_Johns")


@pytest.fixture
def plan():
    """Thirty posts over three days, on two accounts at the same instants."""
    first = ChannelAccountFactory()
    accounts = [first, ChannelAccountFactory(brand=first.brand)]
    for number in range(30):
        at = NOW + timedelta(hours=5 * (number // 2))
        PostInstanceFactory(channel_account=accounts[number % 2], scheduled_for=at, metadata={"table": "№ 7 “☕”"})
    return first.workspace


def text(answer):
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    return b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()


@pytest.mark.parametrize("at_once", [1, 2, 3, 7, 29])
def test_parts_make_the_same_answer_as_a_whole(plan, monkeypatch, at_once):
    api = Api(plan)
    whole = api.get(CALENDAR, **RANGE)
    monkeypatch.setattr(days, "AT_ONCE", at_once)

    parts = api.get(CALENDAR, **RANGE)

    assert (whole.streaming, parts.streaming) == (False, True)
    assert text(parts) == text(whole)
    assert [len(posts) for posts in json.loads(text(whole)).values()] == [6, 10, 10, 4]


@pytest.mark.parametrize("at_once", [30, 31])
def test_what_fits_into_one_part_is_not_streamed(plan, monkeypatch, at_once):
    monkeypatch.setattr(days, "AT_ONCE", at_once)

    assert not Api(plan).get(CALENDAR, **RANGE).streaming


def test_a_post_that_is_made_while_one_reads_does_not_shift_the_others(plan, monkeypatch):
    monkeypatch.setattr(days, "AT_ONCE", 4)
    rows = PostInstance.objects.filter(workspace=plan).values("id", "scheduled_for")
    parts = read_by_date(rows, start=NOW, end=NOW + timedelta(days=9), zone=ZoneInfo("UTC"))

    seen = [one["id"] for one in next(parts)]
    PostInstanceFactory(channel_account=ChannelAccountFactory(brand__workspace=plan), scheduled_for=NOW)
    seen += [one["id"] for part in parts for one in part]

    assert len(seen) == len(set(seen)) == 30


def test_a_range_is_one_piece_where_no_clock_goes_back_over_midnight():
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)

    for zone in ("Europe/Madrid", "America/Havana", "Asia/Beirut", "Australia/Lord_Howe", "UTC"):
        assert ranges_by_date(start, end, ZoneInfo(zone)) == [(start, end)]


def test_an_old_date_that_comes_again_after_midnight_is_read_before_the_new_one():
    """St John's set its clocks back at 00:01 until 2011."""
    start, end = datetime(2010, 11, 6, tzinfo=UTC), datetime(2010, 11, 9, tzinfo=UTC)

    pieces = ranges_by_date(start, end, ST_JOHNS)

    minutes = [
        since + timedelta(minutes=number)
        for since, until in pieces
        for number in range(int((until - since) / timedelta(minutes=1)))
    ]
    dates = [local_day(at, ST_JOHNS) for at in minutes]
    assert dates == sorted(dates)
    assert date(2010, 11, 7) in dates
    assert len(minutes) == len(set(minutes)) == (end - start) / timedelta(minutes=1)
    assert all(a != b for (_, a), (b, _) in pairwise(pieces))
