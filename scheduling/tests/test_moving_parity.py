"""Form, drag, dialog, bulk, admin, API and command refuse the same wrong move in the same words, and change nothing."""

from datetime import date, timedelta

import pytest

from scheduling.models import PostInstance
from scheduling.tests import test_planning_parity as planning
from scheduling.tests.factories import NOW, PostInstanceFactory, PublishingFactory
from scheduling.tests.pages.fragments import said as in_toast
from workspaces.tests.calling import Api
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
BY_SCRIPT = {"HX-Request": "true"}
SENTENCES, TOO_LATE = planning.SENTENCES, planning.TOO_LATE
_it_is_now, account, browser = planning._it_is_now, planning.account, planning.browser  # The same stage.


def sent(browser, post, address="moves", **fields):
    post.refresh_from_db()
    answer = browser.post(f"/calendar/{address}/", {"post": f"{post.pk}:{post.version}", **fields}, headers=BY_SCRIPT)
    assert answer.status_code in (409, 422), answer.content
    return in_toast(answer)


def moved_by_drag_in_the_week(browser, post, when):
    return sent(browser, post, at=f"{when}:00")


def moved_by_dialog(browser, post, when):
    day, time = when.split("T")
    return sent(browser, post, date=day, time=time)


def moved_by_undo_or_use_it(browser, post, when):
    answer = browser.post("/calendar/moves/", {"step": f"{post.pk}:{post.version}:{when}"}, headers=BY_SCRIPT)
    assert answer.status_code == 409, answer.content
    return in_toast(answer)


def moved_by_drag_together(browser, post, when):
    other = PostInstanceFactory(channel_account=post.channel_account, scheduled_for=NOW + timedelta(days=9))
    day, time = when.split("T")
    fields = {"post": [str(post.pk), str(other.pk)], "date": day, "time": time}
    answer = browser.post("/calendar/moves/", fields, headers=BY_SCRIPT)
    PostInstance.objects.filter(pk=other.pk).delete()
    return in_toast(answer)


def moved_by_plain_form(browser, post, when):
    day, time = when.split("T")
    return in_toast(browser.post("/calendar/moves/", {"post": str(post.pk), "date": day, "time": time}, follow=True))


def moved_by_api_bulk(browser, post, when):
    items = [{"id": str(post.pk), "scheduled_for": when}]
    answer = Api(post.workspace).post("/api/v1/post-instances/bulk", {"action": "move", "items": items})
    assert answer.status_code == 409
    return answer.json()["error_message"]


BY_HAND = [
    moved_by_drag_in_the_week,
    moved_by_dialog,
    moved_by_undo_or_use_it,
    moved_by_drag_together,
    moved_by_plain_form,
    moved_by_api_bulk,
]


def canceled_by_the_bar(browser, post):
    return sent(browser, post, "many", do="cancel")


def skipped_by_the_bar(browser, post):
    return sent(browser, post, "many", do="skip")


@pytest.mark.parametrize("door", BY_HAND)
@pytest.mark.parametrize(("when", "sentence"), SENTENCES)
def test_a_time_that_nobody_gets_is_refused_by_every_way_of_moving(browser, account, door, when, sentence):
    post = PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(days=1))
    before = stored(PostInstance)

    assert sentence in door(browser, post, when)
    assert stored(PostInstance) == before


@pytest.mark.parametrize("door", [*BY_HAND, *planning.MOVED])
def test_what_is_being_published_stays_whatever_the_way(browser, account, door):
    post = PublishingFactory(channel_account=account)
    before = stored(PostInstance)

    assert TOO_LATE in door(browser, post, "2026-11-23T12:00")
    assert stored(PostInstance) == before


@pytest.mark.parametrize("door", [canceled_by_the_bar, skipped_by_the_bar, *planning.CANCELED])
def test_what_is_being_published_is_neither_canceled_nor_skipped(browser, account, door):
    post = PublishingFactory(channel_account=account)
    before = stored(PostInstance)

    assert TOO_LATE in door(browser, post)
    assert stored(PostInstance) == before


def test_by_days_and_to_a_day_are_refused_as_a_stated_time_is(browser, account):
    post = PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(days=1))
    before = stored(PostInstance)

    for where in ({"days": -3}, {"day": date(2026, 11, 18).isoformat()}):
        assert "2026-11-18 10:00 is in the past." in sent(browser, post, **where)
    assert stored(PostInstance) == before
