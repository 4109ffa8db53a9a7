"""The page of a post in the admin: each button is one service call, each refusal stands in the form."""

from datetime import timedelta

import pytest

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.services import edit
from scheduling.services.changing import CHANGED
from scheduling.services.schedule import fill
from scheduling.tests.factories import (
    NOW,
    BlackoutFactory,
    PendingFactory,
    PostInstanceFactory,
    PublishedFactory,
    PublishingFactory,
    SlotFactory,
)
from workspaces.admin.display import admin_url
from workspaces.errors import Refusal
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import errors, said, send, value

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)


def page_of(post):
    return admin_url(post, "change", post.pk)


def buttons(browser, post):
    return [name for name, _ in browser.get(page_of(post)).context["deeds"]]


def now_is(post, **facts):
    post.refresh_from_db()
    return {name: getattr(post, name) for name in facts} == facts


@pytest.fixture
def post(plan):
    return PostInstanceFactory(channel_account=plan.account, scheduled_for=TOMORROW)


@pytest.fixture
def slot(plan):
    return SlotFactory(channel_account=plan.account, scheduled_for=TOMORROW)


@pytest.mark.parametrize(("do", "status"), [("fill", Status.SCHEDULED), ("fill_draft", Status.DRAFT)])
def test_an_empty_slot_is_filled(editor, plan, slot, do, status):
    content = ContentItemFactory(brand=plan.brand)

    answer = send(editor, page_of(slot), content_item=content, do=do)

    assert now_is(slot, status=status, content_item=content, scheduled_for=TOMORROW)
    assert said(answer) == [f"Filled. Now: {status}, Sat 21 Nov 2026, 10:00 (Europe/Madrid)."]
    assert answer.url == page_of(slot)


def test_a_post_is_moved_to_a_time_in_the_accounts_zone(editor, post):
    send(editor, page_of(post), when="2026-11-23T18:30", do="move")

    assert now_is(post, status=Status.SCHEDULED, local_time="2026-11-23T18:30:00", timezone="Europe/Madrid")


def test_an_empty_slot_is_moved(editor, slot):
    send(editor, page_of(slot), when="2026-11-23T18:30", do="move")

    assert now_is(slot, status=Status.PLANNED, local_time="2026-11-23T18:30:00")


def test_a_draft_is_scheduled_at_its_own_time_or_another(editor, plan):
    own, other = PostInstanceFactory.create_batch(2, channel_account=plan.account, status=Status.DRAFT)
    before = own.scheduled_for

    send(editor, page_of(own), do="schedule")
    send(editor, page_of(other), when="2026-11-23T18:30", do="schedule")

    assert now_is(own, status=Status.SCHEDULED, scheduled_for=before)
    assert now_is(other, status=Status.SCHEDULED, local_time="2026-11-23T18:30:00")


def test_a_time_with_seconds_stays_when_it_is_not_touched(editor, plan):
    odd = NOW + timedelta(hours=3, seconds=37)
    draft = PostInstanceFactory(channel_account=plan.account, status=Status.DRAFT, scheduled_for=odd)

    send(editor, page_of(draft), do="schedule")

    assert now_is(draft, status=Status.SCHEDULED, scheduled_for=odd)


def test_content_is_taken_out(editor, post):
    send(editor, page_of(post), do="take_out")

    post.refresh_from_db()
    assert post.status == Status.PLANNED
    assert post.content_item.is_placeholder


def test_a_post_is_skipped_with_a_reason(editor, post):
    send(editor, page_of(post), skip_reason="The roaster is broken", do="skip")

    assert now_is(post, status=Status.SKIPPED, reason="The roaster is broken")


def test_a_post_is_canceled_and_brought_back(editor, post):
    send(editor, page_of(post), do="cancel")
    canceled = now_is(post, status=Status.CANCELED)
    send(editor, page_of(post), do="undo")

    assert canceled
    assert now_is(post, status=Status.DRAFT)


def test_an_approver_publishes_now(browser_of, post):
    answer = send(browser_of("approver"), page_of(post), do="publish_now")

    assert now_is(post, status=Status.SCHEDULED, due_at=NOW, schedule_type="immediate")
    assert said(answer)[0].startswith("Due now.")


def test_each_deed_is_done_in_the_name_of_the_person(editor, post):
    send(editor, page_of(post), when="2026-11-23T18:30", do="move")

    event = LedgerEvent.objects.get(event_type="publish_moved")
    assert (event.actor, event.created_at) == ("user:editor", NOW)


def test_what_a_move_breaks_is_a_warning_and_stands_on_the_page(editor, plan, post):
    plan.account.daily_cap = 1
    plan.account.save()
    PostInstanceFactory(channel_account=plan.account, scheduled_for=NOW + timedelta(days=3))

    answer = send(editor, page_of(post), when="2026-11-23T18:30", do="move")

    warning = "2026-11-23 already has 1 post, with a daily cap of 1. The nearest time that keeps every rule: "
    assert warning in said(answer)[1]
    assert warning in editor.get(page_of(post)).content.decode()


@pytest.mark.parametrize(
    ("maker", "do", "service"),
    [
        (PublishingFactory, "cancel", edit.cancel),
        (PublishedFactory, "skip", edit.skip),
        (PendingFactory, "publish_now", edit.publish_now),
        (SlotFactory, "cancel", edit.cancel),
        (PostInstanceFactory, "undo", edit.restore),
    ],
)
def test_a_refusal_stands_in_the_form_in_the_words_of_the_service(browser_of, plan, maker, do, service):
    post = maker(channel_account=plan.account)
    with pytest.raises(Refusal) as refusal:
        service(instance=PostInstance.objects.get(pk=post.pk), now=NOW, actor="user:owner")

    answer = browser_of("owner").post(page_of(post), {"do": do, "version": post.version})

    assert refusal.value.message in answer.content.decode()
    assert now_is(post, status=post.status, version=post.version)


def test_a_slot_that_somebody_else_filled_is_not_filled_again(editor, plan, slot):
    mine, theirs = ContentItemFactory.create_batch(2, brand=plan.brand)
    page = {"content_item": mine.pk, "when": "2026-11-21T10:00", "version": slot.version, "do": "fill"}
    filled = fill(instance=PostInstance.objects.get(), content=theirs, now=NOW, actor="user:owner")
    with pytest.raises(Refusal) as refusal:
        fill(instance=filled, content=mine, now=NOW, actor="user:editor")

    answer = editor.post(page_of(slot), page)

    assert errors(answer)["__all__"] == [refusal.value.message]
    assert now_is(slot, content_item=theirs)


def test_a_refused_move_keeps_what_was_typed_and_changes_nothing(editor, plan, post):
    BlackoutFactory(channel_account=plan.account, starts_at=NOW + timedelta(days=2), ends_at=NOW + timedelta(days=4))

    answer = send(editor, page_of(post), when="2026-11-23T18:30", do="move")

    assert "falls in a blackout" in errors(answer)["__all__"][0]
    assert value(answer, "when") == "2026-11-23T18:30"
    assert now_is(post, scheduled_for=TOMORROW, version=1)


def test_an_old_page_is_refused_and_the_next_press_is_about_what_it_shows(editor, post):
    edit.move(instance=PostInstance.objects.get(), at=NOW + timedelta(days=2), now=NOW, actor="user:owner")

    refused = send(editor, page_of(post), when="2026-11-23T18:30", version=1, do="move")
    again = send(editor, page_of(post), when="2026-11-23T18:30", version=value(refused, "version"), do="move")

    assert errors(refused)["__all__"] == [CHANGED]
    assert value(refused, "version") == "2"
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("do", "typed", "field", "sentence"),
    [
        ("fill", {}, "content_item", "Choose the content that goes into this slot."),
        ("move", {"when": "soon"}, "when", "“soon” is not a time."),
        ("skip", {"when": "2026-11-23T18:30"}, "when", "“Skip for good” does not use this."),
        ("explode", {}, "__all__", "Say what to do with it"),
        ("skip", {"version": None}, "version", "This field is required."),
    ],
)
def test_a_form_that_says_too_little_or_too_much_is_refused(editor, slot, do, typed, field, sentence):
    answer = send(editor, page_of(slot), do=do, **typed)

    assert sentence in errors(answer)[field][0]
    assert now_is(slot, status=Status.PLANNED, version=1)


def test_content_of_another_brand_does_not_fill_a_slot(editor, plan, slot):
    content = ContentItemFactory(brand=BrandFactory(workspace=plan.workspace))

    answer = send(editor, page_of(slot), content_item=content, do="fill")

    assert "belongs to another brand than the account" in errors(answer)["__all__"][0]
    assert now_is(slot, status=Status.PLANNED)


def test_status_and_time_cannot_be_typed(editor, post):
    send(editor, page_of(post), status="published", scheduled_for="2026-11-23 18:30", remote_id="42", do="move")

    assert now_is(post, status=Status.SCHEDULED, scheduled_for=TOMORROW, remote_id="")


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("viewer", []),
        ("editor", ["move", "skip", "take_out", "cancel"]),
        ("approver", ["move", "publish_now", "skip", "take_out", "cancel"]),
    ],
)
def test_the_buttons_are_those_that_the_role_has(browser_of, post, role, offered):
    assert buttons(browser_of(role), post) == offered


def test_an_editor_who_posts_publish_now_by_hand_is_refused(editor, post):
    answer = send(editor, page_of(post), do="publish_now")

    assert "This needs the 'publish' scope" in errors(answer)["__all__"][0]
    assert now_is(post, due_at=TOMORROW)


def test_to_schedule_what_is_in_review_is_to_approve_it(editor, browser_of, plan):
    review = PostInstanceFactory(channel_account=plan.account, status=Status.IN_REVIEW)

    refused = send(editor, page_of(review), do="schedule")
    send(browser_of("approver"), page_of(review), do="schedule")

    assert "This needs the 'publish' scope" in errors(refused)["__all__"][0]
    assert now_is(review, status=Status.SCHEDULED)


def test_a_published_post_has_nothing_to_press(browser_of, plan):
    assert buttons(browser_of("owner"), PublishedFactory(channel_account=plan.account)) == []


def test_the_page_leads_to_the_posts_page_and_its_records(editor, post):
    page = editor.get(page_of(post)).content.decode()

    assert f"/calendar/posts/{post.pk}/" in page
    assert f"/admin/publishing/publishlog/?post_instance__id__exact={post.pk}" in page
    assert f"/admin/workspaces/ledgerevent/?entity_id={post.pk}" in page


def test_a_post_is_never_deleted(browser_of, post):
    answer = browser_of("owner").post(admin_url(post, "delete", post.pk), {"post": "yes"})

    assert answer.status_code == 403
    assert PostInstance.objects.exists()
