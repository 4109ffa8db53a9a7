"""The drawer is the post's page without what stands around it, and its answers bring the days that have changed."""

import json
from datetime import timedelta

import pytest

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from scheduling.tests.pages.markup import Markup

pytestmark = pytest.mark.django_db
AHEAD = NOW + timedelta(days=2, hours=2)
HTMX = {"HX-Request": "true"}
WORDS = {"title": "Meet Ana", "body": "Two burnt batches in nine years.", "link": ""}


@pytest.fixture
def post(account):
    """A scheduled post in two days."""
    return PostInstanceFactory(channel_account=account, scheduled_for=AHEAD)


def names(page):
    """Return what a page asks for: the names of its fields, and where its forms go."""
    fields = {one["name"] for one in page.all("input") + page.all("textarea") if "name" in one.attributes}
    return fields - {"csrfmiddlewaretoken", "next"}, {one for one in page.forms() if "/posts/" in one}


def said(page):
    """Return all that a fragment says."""
    return " ".join(one.text for one in page.elements if one.tag in ("p", "li", "h2"))


def test_the_drawer_has_the_same_forms_as_the_page(editor, post):
    here = f"/calendar/posts/{post.pk}/?platform=x"

    page, drawer = Markup(editor.get(here)), Markup(editor.get(here, headers=HTMX))

    assert names(drawer) == names(page)
    assert (page.all("html") != [], drawer.all("html")) == (True, [])


def test_a_save_answers_the_drawer_the_days_that_changed_and_what_to_say(editor, post):
    given = {"date": "2026-11-24", "time": "10:00", "version": post.version, "plan": "?month=2026-11"}

    answer = editor.post(f"/calendar/posts/{post.pk}/move/", given, headers=HTMX)

    page = Markup(answer)
    assert json.loads(answer["HX-Trigger"]) == {"plan-changed": {"days": ["2026-11-22", "2026-11-24"]}}
    assert {"day-2026-11-22", "day-2026-11-24"} <= {one.attributes.get("id") for one in page.elements}
    assert "Moved to Tuesday 24 November 2026, 10:00 (Europe/Madrid)." in said(page)
    assert page.one(id="move-date")["value"] == "2026-11-24"


def test_without_a_calendar_beside_it_no_days_are_sent(editor, post):
    answer = editor.post(f"/calendar/posts/{post.pk}/skip/", {"reason": ""}, headers=HTMX)

    assert [one for one in Markup(answer).elements if one.attributes.get("id", "").startswith("day-")] == []
    assert "plan-changed" in answer["HX-Trigger"]


def test_a_refusal_stays_in_the_drawers_form(editor, post):
    answer = editor.post(f"/calendar/posts/{post.pk}/edit/", {**WORDS, "body": "a" * 292}, headers=HTMX)

    page = Markup(answer)
    assert (answer.status_code, page.all("html")) == (422, [])
    assert "Too long for X by 12: 292 of 280." in said(page)
    assert page.one(id="edit-title")["value"] == "Meet Ana"


def test_a_slot_is_filled_in_the_drawer(editor, account):
    slot = SlotFactory(channel_account=account, scheduled_for=AHEAD)

    answer = editor.post(f"/calendar/posts/{slot.pk}/fill/", {**WORDS, "then": "scheduled"}, headers=HTMX)

    slot.refresh_from_db()
    assert (answer.status_code, slot.status) == (200, Status.SCHEDULED)
    assert "Scheduled for Sunday 22 November 2026, 12:00" in said(Markup(answer))


def test_a_new_post_is_written_in_the_drawer_and_stands_there(editor, account):
    given = {**WORDS, "account": str(account.pk), "date": "2026-11-24", "time": "10:00", "plan": "?month=2026-11"}

    asked = editor.get(f"/calendar/new/?date=2026-11-24&account={account.pk}", headers=HTMX)
    answer = editor.post("/calendar/new/", given, headers=HTMX)

    post = PostInstance.objects.get()
    page = Markup(answer)
    assert Markup(asked).all("html") == []
    assert f"/calendar/posts/{post.pk}/edit/" in page.forms()
    assert "day-2026-11-24" in {one.attributes.get("id") for one in page.elements}


def test_another_account_brings_its_counter_its_preview_and_its_times(editor, cast):
    account = ChannelAccountFactory(brand=BrandFactory(workspace=cast.workspace), platform="linkedin")

    page = Markup(editor.get(f"/calendar/new/?beside=1&account={account.pk}", headers=HTMX))

    assert [one["data-counter"] for one in page.all("span") if "data-counter" in one.attributes] == ["linkedin"]
    assert [one["data-preview"] for one in page.all("article")] == ["linkedin"]
    assert len([one for one in page.all("button") if one.attributes.get("name") == "at"]) == 4


def test_the_page_of_a_post_takes_the_same_queries_with_much_around_it(editor, account, django_assert_max_num_queries):
    content = ContentItemFactory(brand=account.brand)
    post = PostInstanceFactory(channel_account=account, content_item=content, scheduled_for=AHEAD)
    for platform in ("facebook", "linkedin", "instagram", "youtube"):
        other = ChannelAccountFactory(brand=account.brand, platform=platform)
        PostInstanceFactory(channel_account=other, content_item=content, scheduled_for=AHEAD)
    SlotFactory.create_batch(30, channel_account=account)

    with django_assert_max_num_queries(32):
        editor.get(f"/calendar/posts/{post.pk}/", headers=HTMX)
