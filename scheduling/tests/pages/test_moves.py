"""Moving posts by the page: the touched days and a toast come back, or the refusal and the days as they stand."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduling.models import PostInstance
from scheduling.tests.factories import ChannelAccountFactory, PostInstanceFactory, PublishingFactory
from scheduling.tests.pages.fragments import days_of, form_of, said
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
MADRID = ZoneInfo("Europe/Madrid")
EVENING = datetime(2026, 11, 20, 18, 0, tzinfo=MADRID)
DAY = timedelta(days=1)
HERE = "/calendar/moves/?month=2026-11"
BY_SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def post(account):
    words = {"content_item__title": "Meet Ana", "content_item__brand": account.brand}
    return PostInstanceFactory(channel_account=account, scheduled_for=EVENING, **words)


def named(*posts):
    return [f"{one.pk}:{PostInstance.objects.get(pk=one.pk).version}" for one in posts]


def send(browser, address=HERE, **fields):
    return browser.post(address, fields, headers=BY_SCRIPT)


def at(post):
    return PostInstance.objects.get(pk=post.pk).scheduled_for


@pytest.mark.parametrize(
    ("where", "there"),
    [
        ({"days": 3}, EVENING + 3 * DAY),
        ({"day": "2026-11-23"}, EVENING + 3 * DAY),
        ({"at": "2026-11-23T09:15:00"}, datetime(2026, 11, 23, 9, 15, tzinfo=MADRID)),
        ({"at": "2026-11-23T08:15:00Z"}, datetime(2026, 11, 23, 9, 15, tzinfo=MADRID)),
        ({"date": "2026-11-23", "time": "09:07"}, datetime(2026, 11, 23, 9, 7, tzinfo=MADRID)),
    ],
)
def test_a_post_goes_where_the_hand_says_and_the_two_days_come_back(editor, post, where, there):
    answer = send(editor, post=named(post), **where)

    assert (answer.status_code, at(post)) == (200, there)
    assert days_of(answer) == ["2026-11-20", "2026-11-23"]
    assert f"Moved to Mon 23 Nov, {there:%H:%M}" in said(answer)


def test_a_time_without_a_zone_is_read_as_the_calendar_shows_it(editor, post):
    send(editor, HERE + "&tz=Asia/Tokyo", post=named(post), date="2026-11-24", time="02:00")

    assert at(post) == EVENING + 3 * DAY


def test_the_toast_undoes_it_to_the_second(editor, post):
    PostInstance.objects.filter(pk=post.pk).update(scheduled_for=EVENING + timedelta(seconds=7))
    answer = send(editor, post=named(post), days=1)

    back = send(editor, **form_of(answer, "Undo"))

    assert (back.status_code, at(post)) == (200, EVENING + timedelta(seconds=7))
    assert "Back to Fri 20 Nov, 18:00" in said(back)
    assert "Undo" not in back.content.decode()


def test_an_undo_that_came_too_late_says_why_and_shows_the_day_as_it_is(editor, post):
    fields = form_of(send(editor, post=named(post), days=1), "Undo")
    send(editor, post=named(post), days=1)
    before = stored(PostInstance)

    answer = send(editor, **fields)

    assert answer.status_code == 412
    assert "Somebody else changed this post meanwhile" in said(answer)
    assert (days_of(answer), stored(PostInstance)) == (["2026-11-22"], before)


def test_what_breaks_a_rule_is_kept_with_the_nearest_time_one_click_away(editor, account, post):
    account.gap_minutes = 60
    account.save()
    PostInstanceFactory(channel_account=account, scheduled_for=EVENING + DAY + timedelta(minutes=20))

    answer = send(editor, post=named(post), days=1)
    text = said(answer)
    send(editor, **form_of(answer, "Use it"))

    assert "Kept, but Only 20min before another post; the gap is 60min." in text
    assert "Nearest free time: Sat 21 Nov, 17:20." in text
    assert at(post) == EVENING + DAY - timedelta(minutes=40)


def test_a_past_day_is_refused_and_the_chip_goes_back(editor, post):
    before = stored(PostInstance)

    answer = send(editor, post=named(post), days=-1, shown="2026-11-19")

    assert answer.status_code == 409
    assert "2026-11-19 18:00 is in the past." in said(answer)
    assert (days_of(answer), stored(PostInstance)) == (["2026-11-19", "2026-11-20"], before)


def test_one_of_several_that_cannot_be_moved_keeps_all_where_they_are(editor, account, post):
    busy = PublishingFactory(channel_account=account, content_item__brand=account.brand, content_item__title="Beans")
    before = stored(PostInstance)

    answer = send(editor, post=named(post, busy), days=1)

    assert answer.status_code == 409
    assert "Nothing was moved. “Beans” (" in said(answer)
    assert stored(PostInstance) == before


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Say where to: choose a date and a time."),
        ({"date": "2026-11-23"}, "Say where to: choose a date and a time."),
        ({"date": "soon", "time": "18:00"}, "Write the date like 2026-11-20."),
        ({"at": "2026-11-23T09:05:00"}, "A post is dropped on a quarter of an hour."),
        ({"at": "tomorrow"}, "“tomorrow” is not a time."),
        ({"days": "400"}, "A post moves by 366 days at most."),
        ({"days": "many"}, "Enter a whole number."),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(editor, post, fields, sentence):
    answer = send(editor, post=named(post), **fields)

    assert answer.status_code == 422
    assert sentence in said(answer)


@pytest.mark.parametrize("reference", ["", "rubbish", "0192c4c2-0000-7000-8000-000000000000:1"])
def test_a_post_that_is_not_there_is_not_found(editor, account, reference):
    answer = send(editor, post=reference, days=1)

    assert answer.status_code == 404
    assert "There is no such post." in said(answer)


def test_posts_of_others_are_not_there(editor, post):
    other = PostInstanceFactory(channel_account=ChannelAccountFactory())
    before = stored(PostInstance)

    assert send(editor, post=named(other), days=1).status_code == 404
    assert send(editor, post=named(post, other), days=1).status_code == 404
    assert stored(PostInstance) == before


def test_who_may_only_read_moves_nothing(signed_in, post):
    assert send(signed_in("viewer"), post=named(post), days=1).status_code == 403
    assert at(post) == EVENING


def test_a_plain_form_is_sent_back_whence_it_came_with_a_sentence(editor, post):
    answer = editor.post(HERE, {"post": named(post), "days": 1, "back": "/calendar/?month=2026-11"}, follow=True)

    assert answer.redirect_chain == [("/calendar/?month=2026-11", 302)]
    assert "Moved to Sat 21 Nov, 18:00" in said(answer)
    elsewhere = editor.post(HERE, {"post": named(post), "days": -9, "back": "https://elsewhere.example/"}, follow=True)
    assert elsewhere.redirect_chain == [("/calendar/?month=2026-11", 302)]
    assert "is in the past" in said(elsewhere)


def test_the_rest_of_a_queue_moves_on(editor, account, post):
    after = PostInstanceFactory(channel_account=account, scheduled_for=EVENING + DAY)

    answer = send(editor, post=named(post), ripple="1")

    assert (at(post), at(after)) == (EVENING + DAY, EVENING + 2 * DAY)
    assert "2 posts moved." in said(answer)
    send(editor, **form_of(answer, "Undo"))
    assert (at(post), at(after)) == (EVENING, EVENING + DAY)


def test_a_move_asks_no_more_for_a_full_month_than_for_an_empty_one(
    editor, account, post, django_assert_max_num_queries
):
    for number in range(60):
        PostInstanceFactory(channel_account=account, scheduled_for=EVENING + timedelta(hours=5 * number + 1))

    with django_assert_max_num_queries(40):
        send(editor, post=named(post), days=1)
