"""Writing a post for a time of one's own choice."""

from datetime import timedelta

import pytest

from campaigns.models import ContentItem
from campaigns.tests.factories import BrandFactory, CampaignFactory
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from scheduling.tests.pages.markup import Markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(account):
    """What somebody typed for tomorrow at ten."""
    return {
        "account": str(account.pk),
        "date": "2026-11-21",
        "time": "10:00",
        "title": "Free cupping this Saturday",
        "body": "The first cup is on the house ☕",
        "link": "",
        "then": "scheduled",
    }


def test_the_form_comes_with_the_day_and_the_account_of_the_address(editor, account):
    account.schedule_times, account.posts_per_week = ["18:30"], 7
    account.save()

    page = Markup(editor.get(f"/calendar/new/?date=2026-11-27&account={account.pk}"))

    chosen = [option["value"] for option in page.all("option") if "selected" in option.attributes]
    assert (page.one(id="new-date")["value"], page.one(id="new-time")["value"]) == ("2026-11-27", "18:30")
    assert str(account.pk) in chosen


@pytest.mark.parametrize(("then", "status"), [("scheduled", Status.SCHEDULED), ("draft", Status.DRAFT)])
def test_a_post_is_written_and_scheduled_or_kept_as_a_draft(editor, typed, then, status):
    response = editor.post("/calendar/new/", {**typed, "then": then})

    post = PostInstance.objects.get()
    assert (post.status, post.local_time, post.content_item.body) == (status, "2026-11-21T10:00:00", typed["body"])
    assert response["Location"] == f"/calendar/posts/{post.pk}/"


def test_a_post_written_for_the_instant_of_an_open_slot_fills_it(editor, account, typed):
    slot = SlotFactory(channel_account=account, scheduled_for=NOW + timedelta(days=1))

    editor.post("/calendar/new/", typed)

    assert PostInstance.objects.get().pk == slot.pk


def test_the_time_is_read_in_the_accounts_zone_not_in_mine(cast, editor, typed):
    harbor = BrandFactory(workspace=cast.workspace, timezone="America/New_York")
    far = ChannelAccountFactory(brand=harbor)

    editor.post("/calendar/new/", {**typed, "account": str(far.pk)})

    assert PostInstance.objects.get().scheduled_for.isoformat() == "2026-11-21T15:00:00+00:00"


@pytest.mark.parametrize(
    ("given", "status", "sentence"),
    [
        ({"title": ""}, 422, "This field is required."),
        ({"date": "2026-11-19"}, 409, "is in the past"),
        ({"date": "2026-11-22"}, 409, "is taken by another post"),
        ({"account": ""}, 422, "This field is required."),
        ({"account": "01900000-0000-7000-8000-000000000000"}, 422, "Select a valid choice"),
        ({"time": "25:00"}, 422, "Write the time of day like 18:30."),
    ],
)
def test_a_refusal_keeps_what_was_typed_and_makes_nothing(editor, account, typed, given, status, sentence):
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(days=2))
    before = (ContentItem.objects.count(), PostInstance.objects.count())

    response = editor.post("/calendar/new/", {**typed, **given})

    page = Markup(response)
    assert response.status_code == status
    assert sentence in page.text()
    assert page.one(id="new-body").text == typed["body"]
    assert (ContentItem.objects.count(), PostInstance.objects.count()) == before


def test_a_campaign_of_another_brand_is_refused_beside_its_field(cast, editor, typed):
    other = CampaignFactory(brand__workspace=cast.workspace)

    response = editor.post("/calendar/new/", {**typed, "campaign": str(other.pk)})

    assert response.status_code == 422
    assert "belongs to another brand" in Markup(response).one("ul", "errorlist").text


def test_a_viewer_cannot_write(signed_in, typed):
    viewer = signed_in("viewer")

    answers = [viewer.get("/calendar/new/"), viewer.post("/calendar/new/", typed)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert not PostInstance.objects.exists()


def test_a_stranger_cannot_write_to_our_account(signed_in, typed):
    response = signed_in("stranger").post("/calendar/new/", typed)

    assert response.status_code == 422
    assert not PostInstance.objects.exists()


def test_without_an_account_the_page_says_what_is_missing(cast, editor):
    assert "There is no active account" in Markup(editor.get("/calendar/new/")).text()


def test_an_address_with_nonsense_still_shows_the_form(editor, account):
    response = editor.get("/calendar/new/?date=%00soon&account=nobody")

    assert response.status_code == 200
