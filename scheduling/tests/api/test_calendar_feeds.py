"""Calendar feeds: who may make them, and what a calendar program reads under their address."""

from datetime import UTC, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from icalendar import Calendar

from scheduling.models import CalendarFeed, Status
from scheduling.tests.factories import ChannelAccountFactory, PostInstanceFactory, SlotFactory
from workspaces.models import LedgerEvent
from workspaces.tests.calling import Api, refused
from workspaces.tests.factories import NOW

URL = "/api/v1/calendar-feeds"
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


@pytest.fixture
def account(cast):
    return ChannelAccountFactory(brand__workspace=cast.workspace, name="@cafelumen", platform="instagram")


@pytest.fixture
def post(account):
    return PostInstanceFactory(
        channel_account=account,
        scheduled_for=TOMORROW,
        content_item__title="Cupping, at noon; bring a friend",
        content_item__body="The first cup\nis on the house ☕" + "!" * 200,
        version=3,
    )


def made(api, **body):
    answer = api.post(URL, {"name": "Kitchen wall", **body})
    assert answer.status_code == 201, answer.content
    return urlsplit(answer.json()["url"]).path


def read(path, **headers):
    return Client().get(path, headers=headers)


def events(path):
    return Calendar.from_ical(read(path).content).walk("VEVENT")


def test_a_calendar_program_reads_each_post_as_an_event(api, post, settings):
    settings.PUBLIC_URL = "https://plan.example.com"

    answer = read(made(api))
    calendar = Calendar.from_ical(answer.content)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"].startswith("private")
    assert (calendar["X-WR-CALNAME"], calendar["METHOD"]) == ("Kitchen wall", "PUBLISH")
    (event,) = calendar.walk("VEVENT")
    assert event["UID"] == str(post.pk)
    assert event["DTSTART"].dt == TOMORROW.astimezone(UTC)
    assert event["SUMMARY"] == "Cupping, at noon; bring a friend · Scheduled"
    assert event["DESCRIPTION"] == post.content_item.body
    assert event["LOCATION"] == "Instagram · @cafelumen"
    assert event["STATUS"] == "CONFIRMED"
    assert event["SEQUENCE"] == 3
    assert event["LAST-MODIFIED"].dt == post.updated_at.replace(microsecond=0)
    assert event["URL"] == f"https://plan.example.com/calendar/posts/{post.pk}/"


def test_no_line_of_it_is_longer_than_programs_read(api, post):
    lines = read(made(api)).content.split(b"\r\n")

    assert max(len(line) for line in lines) <= 75


@pytest.mark.parametrize(
    ("status", "said"), [(Status.DRAFT, "TENTATIVE"), (Status.IN_REVIEW, "TENTATIVE"), (Status.CANCELED, "CANCELLED")]
)
def test_what_is_no_promise_is_tentative_and_what_was_called_off_is_cancelled(api, account, status, said):
    PostInstanceFactory(channel_account=account, scheduled_for=TOMORROW, status=status)

    (event,) = events(made(api))

    assert event["STATUS"] == said


def test_empty_slots_are_shown_only_where_they_are_asked_for(api, account):
    slot = SlotFactory(channel_account=account, scheduled_for=TOMORROW)
    SlotFactory(channel_account=account, scheduled_for=TOMORROW + timedelta(hours=1), status=Status.SKIPPED)
    path = made(api)

    assert events(path) == []
    assert [event["UID"] for event in events(f"{path}?slots=1")] == [str(slot.pk)]


def test_it_reaches_from_90_days_back_to_a_year_ahead(api, account):
    far = [timedelta(days=days) for days in (-92, -90, 363, 365)]
    posts = [PostInstanceFactory(channel_account=account, scheduled_for=TOMORROW + one) for one in far]

    assert [event["UID"] for event in events(made(api))] == [str(post.pk) for post in posts[1:3]]


def test_a_feed_of_an_account_a_brand_or_a_workspace_shows_that_alone(api, cast, account, post):
    sibling = ChannelAccountFactory(brand=account.brand)
    cousin = ChannelAccountFactory(brand__workspace=cast.workspace)
    foreign = ChannelAccountFactory(brand__workspace=cast.elsewhere)
    for one in (sibling, cousin, foreign):
        PostInstanceFactory(channel_account=one, scheduled_for=TOMORROW)

    by = {"channel_account": str(account.pk)}, {"brand": str(account.brand_id)}, {}

    assert [len(events(made(api, **level))) for level in by] == [1, 2, 3]


def test_a_calendar_that_has_not_changed_is_not_sent_again(api, post):
    path = made(api)
    first = read(path)

    again = read(path, **{"if-none-match": first["ETag"]})
    since = read(path, **{"if-modified-since": first["Last-Modified"]})
    post.content_item.title = "Cupping, at one"
    post.content_item.updated_at = NOW + timedelta(minutes=1)
    post.content_item.save()
    changed = read(path, **{"if-none-match": first["ETag"]})

    assert (again.status_code, again.content, since.status_code) == (304, b"", 304)
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)


def test_an_address_that_is_none_is_the_same_404_whether_it_was_renewed_deleted_or_never_there(api, post):
    old, gone = made(api), made(api)
    first, second = CalendarFeed.objects.order_by("created_at")

    renewed = api.post(f"{URL}/{first.pk}/renew").json()["url"]
    deleted = api.delete(f"{URL}/{second.pk}")
    answers = [read(path) for path in (old, gone, "/feeds/nobody.ics")]

    assert deleted.status_code == 204
    assert len(events(urlsplit(renewed).path)) == 1
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_the_address_is_answered_once_and_only_its_digest_is_kept(api, post):
    path = made(api)

    token = path.removeprefix("/feeds/").removesuffix(".ics")
    shown = api.get(URL).content.decode() + str(list(LedgerEvent.objects.values_list("metadata", flat=True)))

    assert token not in shown
    assert not CalendarFeed.objects.filter(digest=token).exists()
    assert token.startswith(api.get(URL).json()["results"][0]["prefix"])


def test_to_make_one_needs_the_admin_scope(cast):
    refused(Api(cast.workspace, "read", "write").post(URL, {"name": "Kitchen wall"}), 403, "forbidden")


@pytest.mark.parametrize("body", [{}, {"name": " "}, {"name": "x", "brand": "nobody"}, {"name": "x", "bran": None}])
def test_a_feed_that_cannot_be_is_refused(api, body):
    refused(api.post(URL, body), 422, "validation_error")


def test_a_feed_is_of_a_brand_or_an_account_and_not_of_both(api, account):
    body = {"name": "Both", "brand": str(account.brand_id), "channel_account": str(account.pk)}

    said = refused(api.post(URL, body), 422, "validation_error")

    assert list(said["errors"]) == ["channel_account"]


def test_who_reads_it_is_noted(api, post):
    path = made(api)
    assert CalendarFeed.objects.get().last_read_at is None

    read(path)

    assert CalendarFeed.objects.get().last_read_at == NOW


def test_no_session_is_begun_and_a_text_with_strange_characters_is_read_all_the_same(api, account):
    PostInstanceFactory(
        channel_account=account, scheduled_for=TOMORROW, content_item__body="bell\x07 and\r\nBEGIN:VEVENT"
    )

    answer = read(made(api))

    assert not answer.cookies
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["DESCRIPTION"] == "bell and\nBEGIN:VEVENT"
