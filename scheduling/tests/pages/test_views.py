"""The calendar's views: which one is shown, the way between them, and the agenda."""

from datetime import timedelta

import pytest

from scheduling.tests.factories import NOW, PostInstanceFactory, SlotFactory
from scheduling.tests.pages.markup import Markup

pytestmark = pytest.mark.django_db


def view_of(client, query=""):
    return Markup(client.get(f"/calendar/{query}")).one(id="plan")["data-view"]


def test_the_view_that_was_chosen_is_the_one_of_the_next_visit(editor, account):
    seen = [view_of(editor, query) for query in ("", "?view=week", "", "?view=agenda", "?platform=x")]

    assert seen == ["month", "week", "week", "agenda", "agenda"]


def test_the_address_of_a_month_shows_the_month_whatever_was_seen_last(editor, account):
    editor.get("/calendar/?view=week")

    assert view_of(editor, "?month=2026-12") == "month"
    assert view_of(editor, "?view=yearly") == "week"


def test_of_a_month_seen_again_today_stays_a_month(editor, account):
    editor.get("/calendar/?view=week")

    page = Markup(editor.get("/calendar/?month=2027-03"))

    (today,) = [one for one in page.all("a", "button") if "data-today" in one.attributes]
    assert today["href"] == "/calendar/?view=month"


def test_the_views_are_links_to_the_same_place_with_the_same_filters(editor, account):
    page = Markup(editor.get("/calendar/?month=2026-12&platform=x"))

    links = page.inside(page.one("nav", "views"), "a")
    assert [link.text for link in links] == ["Month", "Week", "Agenda"]
    assert [link["href"] for link in links] == [
        "/calendar/?month=2026-12&platform=x&view=month",
        "/calendar/?platform=x&day=2026-12-01&view=week",
        "/calendar/?platform=x&day=2026-12-01&view=agenda",
    ]
    assert [link.attributes.get("aria-current") for link in links] == ["true", None, None]


def test_a_post_leads_back_to_the_view_from_which_it_was_opened(editor, account):
    PostInstanceFactory(channel_account=account)
    chip = Markup(editor.get("/calendar/?view=week")).one("a", "chip")

    assert chip["href"].endswith("/?view=week")


@pytest.mark.parametrize("day", ["2026-11-31", "soon", "1066-10-14"])
def test_a_day_that_does_not_exist_is_a_sentence_and_today_is_shown(editor, account, day):
    page = Markup(editor.get("/calendar/", {"view": "week", "day": day}))

    assert day in page.one(role="alert").text
    assert page.one("section", "today")["data-date"] == "2026-11-20"


def test_an_agenda_tells_four_weeks_day_by_day_and_says_which_are_empty(editor, account):
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=1), content_item__title="Meet Ana")
    SlotFactory(channel_account=account, scheduled_for=NOW + timedelta(days=2))

    page = Markup(editor.get("/calendar/?view=agenda"))

    days = page.all("section", "day")
    assert (len(days), days[0]["data-date"], days[-1]["data-date"]) == (28, "2026-11-16", "2026-12-13")
    today = page.one(id="day-2026-11-20").text
    assert [word in today for word in ("11:00", "Scheduled", "@cafelumen", "Meet Ana")] == [True] * 4
    assert "No posts" in page.one(id="day-2026-11-21").text
    assert "1 open" in page.one(id="day-2026-11-22").text
    assert page.one("a", rel="next")["href"] == "/calendar/?day=2026-12-18&view=agenda"


def test_a_full_day_of_an_agenda_opens_the_rest(editor, account):
    for minutes in range(15):
        PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=1, minutes=minutes))

    page = Markup(editor.get("/calendar/?view=agenda"))

    assert len(page.inside(page.one(id="day-2026-11-20"), "a", "chip")) == 12
    assert page.one("a", "more").text.startswith("+3 more")


def test_the_month_starts_on_sunday_for_who_is_used_to_it_and_its_weeks_say_what_is_filled(editor, account):
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(days=2))  # A Sunday.

    page = Markup(editor.get("/calendar/?month=2026-11", headers={"Accept-Language": "en-US"}))

    days = [cell["data-date"] for cell in page.all("td", "day")]
    assert (days[0], days[-1]) == ("2026-11-01", "2026-12-05")
    assert [head.text for head in page.all("th", scope="col")][1:3] == ["Sun", "Mon"]
    assert "W48" in page.one(id="week-2026-11-22").text
    assert "1/1" in page.one(id="week-2026-11-22").text
