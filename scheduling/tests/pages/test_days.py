"""Days by themselves: what a page swaps in after a change is what the page itself would show."""

import re
from datetime import timedelta

import pytest

from scheduling.models import Status
from scheduling.tests.factories import NOW, PostInstanceFactory, PublishedFactory, SlotFactory
from scheduling.tests.pages.markup import Markup

pytestmark = pytest.mark.django_db


def parts(response, pattern):
    return re.findall(pattern, response.content.decode(), re.DOTALL)


def days_of(response):
    found = parts(response, r'<td class="day.*?</td>')
    return {re.search(r'data-date="(.*?)"', one)[1]: one.replace(' hx-swap-oob="true"', "") for one in found}


def test_the_days_that_are_named_come_as_the_page_shows_them_each_to_be_swapped_in(editor, account):
    for number in range(8):
        PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=12 * number + 1))
    page = editor.get("/calendar/?month=2026-11&platform=x")

    answer = editor.get("/calendar/days/?days=2026-11-20,2026-11-23&month=2026-11&platform=x")

    some = days_of(answer)
    assert list(some) == ["2026-11-20", "2026-11-23"]
    assert some == {day: cell for day, cell in days_of(page).items() if day in some}
    assert answer.content.count(b'hx-swap-oob="true"') == 4  # And what the two weeks have filled.


def test_a_page_says_with_what_its_days_are_asked_for_again(editor, account):
    page = Markup(editor.get("/calendar/?month=2026-12&platform=x&tz=Asia/Tokyo"))

    plan = page.one(id="plan")
    assert (plan["data-view"], plan["data-days-url"]) == ("month", "/calendar/days/")
    assert plan["data-query"] == "?month=2026-12&platform=x&tz=Asia%2FTokyo"


def test_days_that_the_page_does_not_show_are_left_out(editor, account):
    answer = editor.get("/calendar/days/?days=2026-12-07,2026-12-06&month=2026-11")

    assert list(days_of(answer)) == ["2026-12-06"]
    assert editor.get("/calendar/days/?days=2027-12-07&month=2026-11").content == b""


def test_the_days_of_a_month_cost_no_more_than_a_few_queries(editor, account, django_assert_max_num_queries):
    for number in range(50):
        PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=number + 1))

    with django_assert_max_num_queries(8):
        editor.get("/calendar/days/?days=2026-11-20,2026-11-21,2026-11-22&month=2026-11")


def test_a_chip_carries_what_a_script_needs_to_move_it(editor, account):
    post = PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=2), version=3)

    chip = Markup(editor.get("/calendar/?month=2026-11")).one("a", "chip")

    assert (chip["data-post"], chip["data-version"]) == (str(post.pk), "3")
    assert (chip["data-at"], chip["data-account"]) == ("2026-11-20T11:00:00Z", str(account.pk))
    assert "data-movable" in chip.attributes
    assert "data-slot" not in chip.attributes


def test_only_what_can_be_moved_by_who_may_says_so(signed_in, account):
    slot = SlotFactory(channel_account=account)
    PublishedFactory(channel_account=account)
    PostInstanceFactory(channel_account=account, status=Status.SKIPPED)

    movable = {
        who: [
            chip["data-post"]
            for chip in Markup(signed_in(who).get("/calendar/?month=2026-11")).all("a", "chip")
            if "data-movable" in chip.attributes
        ]
        for who in ("editor", "viewer")
    }

    assert movable == {"editor": [str(slot.pk)], "viewer": []}


def test_a_past_day_says_so(editor, account):
    page = Markup(editor.get("/calendar/?month=2026-11"))

    past = [cell["data-date"] for cell in page.all("td", "day") if "data-past" in cell.attributes]
    assert (past[0], past[-1]) == ("2026-10-26", "2026-11-19")


@pytest.mark.parametrize("day", ["soon", "2026-11-31", "9999-01-01"])
def test_a_day_that_does_not_exist_is_not_found(editor, account, day):
    assert editor.get("/calendar/days/", {"days": day}).status_code == 404


def test_a_stranger_gets_no_days_of_ours(signed_in, account):
    PostInstanceFactory(channel_account=account, content_item__title="Ours")

    answer = signed_in("stranger").get("/calendar/days/?days=2026-11-20&month=2026-11")

    assert "Ours" not in answer.content.decode()
