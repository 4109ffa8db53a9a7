"""The week: seven local days from midnight to midnight, each post at its hour, side by side where it is close."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduling.models import Status
from scheduling.tests.factories import ChannelAccountFactory, PostInstanceFactory, SlotFactory
from scheduling.tests.pages.markup import Markup

pytestmark = pytest.mark.django_db


def utc(*when):
    return datetime(*when, tzinfo=UTC)


def week(client, day="2026-11-20", **more):
    query, headers = {"view": "week", "day": day, **more.get("query", {})}, more.get("headers", {})
    return Markup(client.get("/calendar/", query, headers=headers))


def places(page, day):
    """Return where the posts of a day stand: their classes, without what a slot adds."""
    cells = page.inside(page.one(id=f"day-{day}"), "li")
    return [cell["class"].removesuffix(" is-slot") for cell in cells if not cell.has_class("hour-more")]


@pytest.mark.parametrize(
    ("language", "days", "hours", "shown"),
    [
        ("es-ES,en-US;q=0.7", ("2026-11-16", "2026-11-22"), ("00:00", "18:00"), "12:05"),
        ("en-US,en;q=0.9", ("2026-11-15", "2026-11-21"), ("12 am", "6 pm"), "12:05 pm"),
    ],
)
def test_a_week_and_a_clock_are_those_of_who_reads_them(editor, account, language, days, hours, shown):
    PostInstanceFactory(channel_account=account, scheduled_for=utc(2026, 11, 20, 11, 5))

    page = week(editor, headers={"Accept-Language": language})

    cells = [cell["data-date"] for cell in page.all("section", "day")]
    labels = [line.text for line in page.inside(page.one("div", "hours"), "li")]
    assert (len(cells), cells[0], cells[-1]) == (7, *days)
    assert (len(labels), labels[0], labels[18]) == (24, *hours)
    assert shown in page.one("a", "chip").text


@pytest.mark.parametrize(
    ("at", "zone", "day", "quarter"),
    [
        (utc(2026, 11, 20, 9, 20), "Europe/Madrid", "2026-11-20", 41),
        (utc(2026, 11, 20, 23, 30), "Europe/Madrid", "2026-11-21", 2),
        (utc(2026, 11, 20, 23, 30), "Asia/Kathmandu", "2026-11-21", 21),
        # Madrid sets its clocks back on 25 October at 01:00 UTC: half past two comes twice, at one place.
        (utc(2026, 10, 25, 0, 30), "Europe/Madrid", "2026-10-25", 10),
        (utc(2026, 10, 25, 1, 30), "Europe/Madrid", "2026-10-25", 10),
        (utc(2026, 10, 25, 2, 30), "Europe/Madrid", "2026-10-25", 14),
        # And forward on 28 March at 01:00 UTC: three follows on two.
        (utc(2027, 3, 28, 0, 45), "Europe/Madrid", "2027-03-28", 7),
        (utc(2027, 3, 28, 1, 0), "Europe/Madrid", "2027-03-28", 12),
    ],
)
def test_a_post_stands_at_the_quarter_of_its_local_hour(editor, account, at, zone, day, quarter):
    PostInstanceFactory(channel_account=account, scheduled_for=at)

    page = week(editor, day, query={"tz": zone})

    assert places(page, day) == [f"at-q{quarter} lane-1 of-1"]


def test_what_is_close_stands_side_by_side_and_what_is_not_has_the_whole_width(editor, account):
    for minutes in (0, 10, 30, 90):
        PostInstanceFactory(
            channel_account=account, scheduled_for=utc(2026, 11, 20, 17, 0) + timedelta(minutes=minutes)
        )

    page = week(editor)

    assert places(page, "2026-11-20") == [
        "at-q72 lane-1 of-3",
        "at-q72 lane-2 of-3",
        "at-q74 lane-3 of-3",
        "at-q78 lane-1 of-1",
    ]


def test_of_more_than_fit_the_rest_is_counted_and_opens_at_its_hour(editor, account):
    for minutes in range(7):
        PostInstanceFactory(channel_account=account, scheduled_for=utc(2026, 11, 20, 17, minutes))

    page = week(editor, query={"platform": "x"})

    assert places(page, "2026-11-20") == [f"at-q72 lane-{lane} of-4" for lane in (1, 2, 3)]
    more = page.one("a", "more")
    assert more.text.startswith("+4 ")
    assert more["href"] == "/calendar/day/2026-11-20/?platform=x&view=week#h18"
    day = Markup(editor.get(more["href"].partition("#")[0]))
    assert len(day.all("a", "chip")) == 7
    assert "18:00" in day.one("li", id="h18").text


def test_a_full_week_stays_light_and_counts_what_it_leaves_out(editor, account):
    accounts = [account, *(ChannelAccountFactory(brand=account.brand) for _ in range(9))]
    for number in range(200):
        PostInstanceFactory(
            channel_account=accounts[number % 10],
            scheduled_for=utc(2026, 11, 20, 0, 0) + timedelta(minutes=7 * (number // 2), seconds=number),
            content_item__title="Again",
        )

    page = week(editor)

    chips, more = page.all("a", "chip"), page.all("a", "more")
    assert len(chips) <= 24 * 4 / 3 + 1
    assert len(chips) + sum(int(one.text.split()[0]) for one in more) == 200


def test_only_today_has_the_line_of_now(editor, account):
    page = week(editor)

    line = page.one("div", "now-line")
    assert line.has_class("at-q40")  # Ten o'clock in Madrid.
    assert page.one(id="day-2026-11-20") in line.inside
    assert week(editor, "2026-11-27").all("div", "now-line") == []


def test_a_week_says_what_of_it_is_filled_whatever_the_filters_show(editor, account):
    PostInstanceFactory(channel_account=account)
    SlotFactory(channel_account=account)
    PostInstanceFactory(channel_account=account, status=Status.SKIPPED)

    for query in ({}, {"status": "planned"}):
        assert "1/2" in week(editor, query=query).one("div", "coverage").text


def test_a_day_of_a_week_comes_as_the_page_shows_it(editor, account):
    for minutes in (5, 15, 25):
        PostInstanceFactory(channel_account=account, scheduled_for=utc(2026, 11, 20, 17, minutes))

    whole = editor.get("/calendar/?view=week&day=2026-11-18").content.decode()
    part = editor.get("/calendar/days/?days=2026-11-20,2026-11-29&view=week&day=2026-11-18").content.decode()

    begin, end = '<section class="day today" id="day-2026-11-20"', "</section>"
    expected = whole[whole.index(begin) :].partition(end)[0]
    assert expected in part.replace(' hx-swap-oob="true"', "")
    assert "2026-11-29" not in part


def test_the_weeks_beside_and_today_keep_the_filters(editor, account):
    page = week(editor, "2026-12-02", query={"platform": "x"})

    assert page.one("a", rel="prev")["href"] == "/calendar/?day=2026-11-25&platform=x&view=week"
    assert page.one("a", rel="next")["href"] == "/calendar/?day=2026-12-09&platform=x&view=week"
    (today,) = [one for one in page.all("a", "button") if "data-today" in one.attributes]
    assert today["href"] == "/calendar/?platform=x&view=week"
