"""No, said on the page: with the reason, and with what was typed still there."""

from datetime import timedelta

import pytest

from campaigns.models import ContentItem
from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import (
    NOW,
    BlackoutFactory,
    ChannelAccountFactory,
    PostInstanceFactory,
    PublishingFactory,
    SlotFactory,
)
from scheduling.tests.pages.markup import Markup

pytestmark = pytest.mark.django_db
AHEAD = NOW + timedelta(hours=9)
WORDS = {"title": "Meet Ana", "body": "Two burnt batches in nine years.", "link": ""}


@pytest.fixture
def slot(account):
    """An open slot this evening."""
    return SlotFactory(channel_account=account, scheduled_for=AHEAD)


@pytest.fixture
def post(account):
    """A scheduled post this evening."""
    return PostInstanceFactory(channel_account=account, scheduled_for=AHEAD)


def refused(client, instance, action, **given):
    """Send a form that is refused; return the status and the page."""
    response = client.post(f"/calendar/posts/{instance.pk}/{action}/", given)
    return response.status_code, Markup(response)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"title": ""}, "This field is required."),
        ({"title": "x" * 201}, "200 characters"),
        ({"body": "", "link": ""}, "Write what the post says, or give it a link."),
        ({"link": "ftp://lumen.example.com"}, "A link starts with https://"),
        ({"link": "not a link"}, "Enter a valid URL."),
        ({"body": "x" * 20_001}, "20000 characters"),
    ],
)
def test_words_that_cannot_be_are_refused_beside_their_field_and_nothing_is_lost(editor, slot, given, sentence):
    status, page = refused(editor, slot, "fill", **{**WORDS, **given})

    slot.refresh_from_db()
    assert (status, slot.status) == (422, Status.PLANNED)
    assert sentence in page.one("ul", "errorlist").text
    assert page.one(id="fill-title").attributes.get("value", "") == {**WORDS, **given}["title"]
    assert page.one(id="fill-body").text == {**WORDS, **given}["body"]
    assert not ContentItem.objects.filter(is_placeholder=False).exists()


def test_a_slot_that_somebody_else_filled_meanwhile_keeps_what_i_wrote_on_the_page(editor, slot):
    seen = slot.version
    PostInstance.objects.filter(pk=slot.pk).update(
        status=Status.DRAFT, version=seen + 1, content_item=ContentItemFactory(brand=slot.channel_account.brand)
    )

    status, page = refused(editor, slot, "fill", **WORDS, version=seen)

    assert status == 409
    assert "Somebody else changed this post meanwhile." in page.one(role="alert").text
    assert page.one(id="fill-body").text == WORDS["body"]


@pytest.mark.parametrize(
    ("date", "time", "status", "sentence"),
    [
        ("2026-11-19", "10:00", 409, "2026-11-19 10:00 is in the past."),
        ("2026-11-22", "12:00", 409, "2026-11-22 12:00 is taken by another post on this account."),
        ("2026-11-25", "12:00", 409, "Inventory"),
        ("", "12:00", 422, "Choose a date."),
        ("2026-11-25", "", 422, "Choose a time of day."),
        ("25/11/2026", "12:00", 422, "Write the date like 2026-11-20."),
        ("2026-11-25", "noon", 422, "Write the time of day like 18:30."),
        ("9999-12-31", "12:00", 422, "too far away"),
    ],
)
def test_a_time_that_nobody_gets_is_refused_and_stays_in_the_form(editor, post, date, time, status, sentence):
    account = post.channel_account
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(days=2, hours=2))
    BlackoutFactory(channel_account=account, starts_at=NOW + timedelta(days=5), ends_at=NOW + timedelta(days=6))

    answer, page = refused(editor, post, "move", date=date, time=time)

    post.refresh_from_db()
    assert (answer, post.scheduled_for) == (status, AHEAD)
    assert sentence in page.text()
    assert page.one(id="move-date")["value"] == date
    assert page.one(id="move-time")["value"] == time


def test_a_time_that_breaks_a_rule_is_kept_with_a_warning_and_the_nearest_better_one(editor, cast):
    account = ChannelAccountFactory(brand__workspace=cast.workspace, platform="instagram")
    PostInstanceFactory(channel_account=account, scheduled_for=AHEAD)
    post = PostInstanceFactory(channel_account=account, scheduled_for=AHEAD + timedelta(days=1))

    response = editor.post(f"/calendar/posts/{post.pk}/move/", {"date": "2026-11-20", "time": "19:20"}, follow=True)

    page = Markup(response)
    post.refresh_from_db()
    assert post.local_time == "2026-11-20T19:20:00"
    assert "Only 20min after another post; the gap is 60min." in page.text()
    assert "Use Friday 20 November, 20:00" in page.text()


@pytest.mark.parametrize(
    ("date", "time", "kept", "sentence"),
    [
        (
            "2027-03-28",
            "02:30",
            "2027-03-28T03:30:00",
            "02:30 does not exist on 28 March 2027 in Europe/Madrid; it becomes 03:30.",
        ),
        (
            "2027-10-31",
            "02:30",
            "2027-10-31T02:30:00",
            "02:30 happens twice on 31 October 2027 in Europe/Madrid; the first is meant.",
        ),
    ],
)
def test_a_time_that_a_clock_change_touches_is_kept_and_explained(editor, post, date, time, kept, sentence):
    response = editor.post(f"/calendar/posts/{post.pk}/move/", {"date": date, "time": time}, follow=True)

    post.refresh_from_db()
    assert post.local_time == kept
    assert sentence in Markup(response).one("div", "toasts").text


def test_a_page_that_is_out_of_date_changes_nothing_and_shows_what_is_now(editor, post):
    seen = post.version
    PostInstance.objects.filter(pk=post.pk).update(version=seen + 1, scheduled_for=AHEAD + timedelta(hours=2))

    status, page = refused(editor, post, "cancel", version=seen)

    post.refresh_from_db()
    assert (status, post.status) == (409, Status.SCHEDULED)
    assert "Somebody else changed this post meanwhile." in page.one(role="alert").text
    assert "Friday 20 November 2026, 21:00" in page.text()


def test_a_text_that_somebody_else_saved_meanwhile_is_not_overwritten(editor, post):
    seen = post.content_item.updated_at.isoformat()
    ContentItem.objects.filter(pk=post.content_item_id).update(body="Theirs", updated_at=NOW + timedelta(minutes=1))

    status, page = refused(editor, post, "edit", **WORDS, seen=seen)

    assert status == 409
    assert ContentItem.objects.get(pk=post.content_item_id).body == "Theirs"
    assert page.one(id="edit-body").text == WORDS["body"]
    assert page.text().count("Somebody else changed this text meanwhile.") == 1


@pytest.mark.parametrize("action", ["cancel", "skip", "take-out"])
def test_what_a_worker_holds_is_out_of_reach(editor, account, action):
    held = PublishingFactory(channel_account=account)

    status, page = refused(editor, held, action)

    held.refresh_from_db()
    assert (status, held.status) == (409, Status.PUBLISHING)
    assert "Too late: it is being published right now." in page.text()


def test_content_of_another_brand_cannot_be_chosen(editor, slot):
    other = ContentItemFactory(brand__workspace=slot.workspace)

    status, page = refused(editor, slot, "fill-from-tray", content=other.pk)

    slot.refresh_from_db()
    assert (status, slot.status) == (422, Status.PLANNED)
    assert "Select a valid choice" in page.one("ul", "errorlist").text


def test_a_form_from_another_site_is_refused(signed_in, post, cast):
    client = signed_in("editor")
    client.handler.enforce_csrf_checks = True

    response = client.post(f"/calendar/posts/{post.pk}/cancel/")

    post.refresh_from_db()
    assert (response.status_code, post.status) == (403, Status.SCHEDULED)
    assert "Load it again" in Markup(response).text()


def test_a_text_that_somebody_else_changed_is_shown_and_may_then_be_replaced(editor, post):
    mine = {"title": "Mine", "body": "My own words.", "link": ""}
    ContentItem.objects.filter(pk=post.content_item_id).update(body="Their words.", updated_at=NOW)

    status, page = refused(editor, post, "edit", **mine, seen=(NOW - timedelta(days=1)).isoformat())
    again = editor.post(f"/calendar/posts/{post.pk}/edit/", {**mine, "seen": page.one("input", name="seen")["value"]})

    assert status == 409
    assert "Their words." in page.one("section", **{"aria-labelledby": "post-words"}).text
    assert page.one(id="edit-body").text == "My own words."
    assert again.status_code == 302
    assert ContentItem.objects.get(pk=post.content_item_id).body == "My own words."
