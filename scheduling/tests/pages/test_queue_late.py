"""What an account owes stands first in its queue, with when it is tried next, and cannot be moved from there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.tests.factories import BrandFactory
from scheduling.models import Status
from scheduling.services.queues import A_PAGE, FIRST_FEW
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from scheduling.tests.pages.markup import Markup

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def owed(account, age, **given):
    title = given.pop("title", f"Roast of {age} minutes ago")
    at = NOW - age * MINUTE
    terms = {"due_at": at, "content_item__title": title, **given}
    return PostInstanceFactory(channel_account=account, scheduled_for=at, **terms)


def late_of(answer):
    found = Markup(answer).all("section", "queue-late")
    return found[0].text if found else ""


def test_late_posts_stand_first_with_the_next_try_and_why(editor, account):
    owed(account, 12, due_at=NOW + 4 * MINUTE, reason="It is late and waits its turn.")
    owed(account, 30, status=Status.PENDING)
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + MINUTE, content_item__title="Ahead of all")

    answer = editor.get("/queue/")

    shown = [one.text for one in Markup(answer).all("span", "queue-title")]
    assert shown == ["Roast of 30 minutes ago", "Roast of 12 minutes ago", "Ahead of all"]
    assert "Late: 2, next try Fri 20 Nov, 10:04" in late_of(answer)
    assert "It is late and waits its turn." in late_of(answer)
    assert "1 ahead" in Markup(answer).text()


def test_where_nobody_says_when_the_heading_claims_no_next_try(editor, account):
    owed(account, 12)

    assert late_of(editor.get("/queue/")).startswith("Late: 1 ")


def test_a_late_post_is_no_place_that_can_be_taken_or_moved(editor, account):
    late = owed(account, 12)

    page = Markup(editor.get("/queue/"))

    assert not page.all("li", **{"data-place": str(late.pk)})
    assert not page.all("button", "step")


def test_what_went_out_is_on_its_way_or_not_late_is_not_listed(editor, account):
    PostInstanceFactory(channel_account=account, scheduled_for=NOW - MINUTE)
    owed(account, 20, status=Status.MISSED, due_at=None)
    owed(ChannelAccountFactory(), 12)

    assert late_of(editor.get("/queue/")) == ""


def test_an_account_switched_off_is_shown_while_it_owes(editor, account):
    owed(account, 12)
    account.is_active = False
    account.save()

    assert "Late: 1" in late_of(editor.get("/queue/"))


def test_many_late_posts_show_the_oldest_and_say_how_many_more(editor, account):
    for age in range(A_PAGE + 2):
        owed(account, 10 + age)

    few = late_of(editor.get("/queue/"))
    whole = late_of(editor.get(f"/queue/?channel_account={account.pk}"))

    assert f"Late: {A_PAGE + 2}" in few
    assert f"{A_PAGE + 2 - FIRST_FEW} more are late" in few
    assert "2 more are late, and go out after these." in whole


def test_the_number_of_queries_does_not_grow_with_what_is_late(editor, account):
    def queries():
        with CaptureQueriesContext(connection) as found:
            editor.get("/queue/")
        return len(found)

    owed(account, 5)
    few = queries()
    for brand in BrandFactory.create_batch(3, workspace=account.workspace):
        for one in ChannelAccountFactory.create_batch(2, brand=brand):
            for age in range(5, 13):
                owed(one, age)

    assert queries() == few <= 13


def test_since_when_is_told_in_the_zone_of_who_reads(editor, account):
    owed(account, 12)

    assert "it was due Fri 20 Nov, 09:48" in Markup(editor.get("/queue/")).one("div", "overdue").text
