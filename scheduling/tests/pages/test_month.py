"""The month: whole weeks of local days, and each post on the right one."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduling.models import Status
from scheduling.tests.factories import NOW, PostInstanceFactory, PublishedFactory, SlotFactory
from scheduling.tests.pages.markup import Markup

pytestmark = pytest.mark.django_db


def utc(*when):
    return datetime(*when, tzinfo=UTC)


def month(client, query="?month=2026-11"):
    return Markup(client.get(f"/calendar/{query}"))


def chips_of(page, day):
    return [chip.text for chip in page.inside(page.one(id=f"day-{day}"), "a", "chip")]


def test_a_month_is_shown_in_whole_weeks_from_monday_to_sunday(editor, account):
    page = month(editor)

    days = [cell["id"] for cell in page.all("td", "day")]
    assert (days[0], days[-1], len(days)) == ("day-2026-10-26", "day-2026-12-06", 42)
    assert [head.text for head in page.all("th", scope="col")][1:] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert "W44" in page.all("th", scope="row")[0].text


def test_the_days_of_the_neighbouring_months_are_grey_and_filled_too(editor, account):
    PostInstanceFactory(channel_account=account, scheduled_for=utc(2026, 12, 2, 9), content_item__title="Winter menu")

    page = month(editor)

    assert page.one(id="day-2026-12-02").has_class("out")
    assert "Winter menu" in chips_of(page, "2026-12-02")[0]


@pytest.mark.parametrize(("zone", "today"), [("Europe/Madrid", "2026-11-20"), ("Pacific/Honolulu", "2026-11-19")])
def test_today_is_marked_and_is_the_day_in_the_zone_shown(editor, account, zone, today):
    page = month(editor, f"?month=2026-11&tz={zone}")

    assert page.one("td", **{"aria-current": "date"})["id"] == f"day-{today}"


@pytest.mark.parametrize(
    ("at", "zone", "day", "shown"),
    [
        (utc(2026, 11, 20, 23, 30), "Europe/Madrid", "2026-11-21", "00:30"),
        (utc(2026, 11, 20, 23, 30), "America/New_York", "2026-11-20", "18:30"),
        (utc(2026, 11, 20, 23, 30), "Asia/Kathmandu", "2026-11-21", "05:15"),
        # Madrid leaves summer time on 25 October 2026 at 01:00 UTC: its 26th begins at 23:00 UTC, the 25th at 22:00.
        (utc(2026, 10, 24, 22, 0), "Europe/Madrid", "2026-10-25", "00:00"),
        (utc(2026, 10, 25, 22, 59), "Europe/Madrid", "2026-10-25", "23:59"),
        (utc(2026, 10, 25, 23, 0), "Europe/Madrid", "2026-10-26", "00:00"),
        # New York leaves it on 1 November at 06:00 UTC.
        (utc(2026, 11, 1, 3, 59), "America/New_York", "2026-10-31", "23:59"),
        (utc(2026, 11, 2, 4, 30), "America/New_York", "2026-11-01", "23:30"),
    ],
)
def test_a_post_stands_on_its_local_day_at_its_local_time(editor, account, at, zone, day, shown):
    PostInstanceFactory(channel_account=account, scheduled_for=at)

    page = month(editor, f"?month={day[:7]}&tz={zone}")

    (chip,) = chips_of(page, day)
    assert shown in chip


def test_a_chip_says_state_time_platform_and_title(editor, account):
    post = PostInstanceFactory(
        channel_account=account, scheduled_for=NOW + timedelta(hours=2), content_item__title="Meet Ana"
    )

    chip = month(editor).one("a", "chip")

    assert [word in chip.text for word in ("Scheduled", "12:00", "X", "Meet Ana")] == [True] * 4
    assert chip["href"] == f"/calendar/posts/{post.pk}/"
    assert chip.has_class("st-scheduled")
    assert "@cafelumen" in chip["title"]


def test_an_open_slot_is_dashed_and_asks_to_be_filled_by_those_who_may(signed_in, account):
    SlotFactory(channel_account=account)

    editors, viewers = (month(signed_in(who)).one("a", "chip") for who in ("editor", "viewer"))

    assert editors.has_class("st-planned")
    assert "Fill" in editors.text
    assert "Fill" not in viewers.text


def test_a_day_shows_four_and_opens_the_rest(editor, account):
    for minutes in range(7):
        PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=1, minutes=minutes))

    page = month(editor, "?month=2026-11&platform=x")

    assert [chip.split()[1] for chip in chips_of(page, "2026-11-20")] == ["11:00", "11:01", "11:02", "11:03"]
    more = page.one("a", "more")
    assert more.text.startswith("+3 more")
    assert more["href"] == "/calendar/day/2026-11-20/?platform=x"
    assert len(Markup(editor.get(more["href"])).all("a", "chip")) == 7


def test_what_was_skipped_is_the_first_to_give_way_to_the_four(editor, account):
    for minutes in range(5):
        status = Status.SKIPPED if minutes == 0 else Status.SCHEDULED
        PostInstanceFactory(
            channel_account=account, scheduled_for=NOW + timedelta(hours=1, minutes=minutes), status=status
        )

    page = month(editor)

    assert [chip.split()[1] for chip in chips_of(page, "2026-11-20")] == ["11:01", "11:02", "11:03", "11:04"]
    assert page.one("a", "more").text.startswith("+1 more")


def test_a_week_says_how_many_of_its_slots_are_filled(editor, account):
    PublishedFactory(channel_account=account)
    PostInstanceFactory(channel_account=account)
    SlotFactory(channel_account=account)
    PostInstanceFactory(channel_account=account, status=Status.MISSED)
    PostInstanceFactory(channel_account=account, status=Status.SKIPPED)

    whole, narrowed = month(editor), month(editor, "?month=2026-11&status=published")

    for page in (whole, narrowed):
        week = next(head for head in page.all("th", "coverage") if "W47" in head.text)
        assert "2/4" in week.text


def test_nothing_of_another_workspace_is_shown(editor, account):
    PostInstanceFactory(content_item__title="Somebody else's secret", scheduled_for=NOW + timedelta(hours=1))

    page = month(editor)

    assert page.all("a", "chip") == []
    assert "secret" not in page.text()
