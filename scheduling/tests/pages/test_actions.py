"""What people do with a post on its page: each a form, each through the one service."""

from datetime import timedelta

import pytest

from campaigns.models import ContentItem
from campaigns.tests.factories import CampaignFactory, ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import NOW, PostInstanceFactory, SlotFactory
from scheduling.tests.pages.markup import Markup
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db
AHEAD = NOW + timedelta(hours=9)  # Friday 20 November 2026, 19:00 in Madrid.
WORDS = {"title": "Meet Ana, our head roaster", "body": "Two burnt batches.\r\nIn nine years.", "link": ""}


@pytest.fixture
def slot(account):
    """An open slot this evening."""
    return SlotFactory(channel_account=account, scheduled_for=AHEAD)


@pytest.fixture
def post(account):
    """A scheduled post this evening."""
    return PostInstanceFactory(channel_account=account, scheduled_for=AHEAD)


def do(client, instance, action, **given):
    """Send one of the page's forms; return the page that follows."""
    return client.post(f"/calendar/posts/{instance.pk}/{action}/", given, follow=True)


def toast(response):
    return Markup(response).one("div", "toasts").text


@pytest.mark.parametrize(("then", "said"), [("scheduled", "Scheduled for"), ("draft", "Kept as a draft for")])
def test_a_slot_is_filled_with_new_words(editor, slot, then, said):
    campaign = CampaignFactory(brand=slot.channel_account.brand)

    response = do(editor, slot, "fill", **WORDS, campaign=campaign.pk, then=then)

    slot.refresh_from_db()
    content = slot.content_item
    assert (slot.status, content.title, content.body) == (then, WORDS["title"], "Two burnt batches.\nIn nine years.")
    assert (slot.campaign, content.campaign) == (campaign, campaign)
    assert f"{said} Friday 20 November 2026, 19:00 (Europe/Madrid)." in toast(response)


@pytest.mark.parametrize("then", ["scheduled", "draft"])
def test_a_slot_is_filled_from_the_tray(editor, slot, then):
    content = ContentItemFactory(brand=slot.channel_account.brand)
    offered = Markup(editor.get(f"/calendar/posts/{slot.pk}/")).all("option", value=str(content.pk))

    do(editor, slot, "fill-from-tray", content=content.pk, then=then)

    slot.refresh_from_db()
    assert len(offered) == 1
    assert (slot.status, slot.content_item) == (then, content)


def test_enter_in_a_field_schedules(editor, slot):
    do(editor, slot, "fill", **WORDS)

    slot.refresh_from_db()
    assert slot.status == Status.SCHEDULED


def test_the_words_of_a_post_are_edited(editor, post):
    form = Markup(editor.get(f"/calendar/posts/{post.pk}/")).one("input", name="seen")

    response = do(editor, post, "edit", **{**WORDS, "link": "lumen.example.com/ana"}, seen=form["value"])

    content = ContentItem.objects.get(pk=post.content_item_id)
    assert (content.title, content.link) == (WORDS["title"], "https://lumen.example.com/ana")
    assert "Saved." in toast(response)


def test_a_draft_is_scheduled_at_its_own_time(editor, account):
    draft = PostInstanceFactory(channel_account=account, status=Status.DRAFT, scheduled_for=AHEAD)

    do(editor, draft, "schedule", date="2026-11-20", time="19:00")

    draft.refresh_from_db()
    assert (draft.status, draft.scheduled_for) == (Status.SCHEDULED, AHEAD)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.FAILED, Status.MISSED])
def test_a_post_that_did_not_go_out_is_scheduled_at_another_time(editor, account, status):
    late = PostInstanceFactory(channel_account=account, status=status, scheduled_for=NOW - timedelta(hours=3))

    response = do(editor, late, "schedule", date="2026-11-21", time="08:15")

    late.refresh_from_db()
    assert (late.status, late.local_time) == (Status.SCHEDULED, "2026-11-21T08:15:00")
    assert "Scheduled for Saturday 21 November 2026, 08:15 (Europe/Madrid)." in toast(response)


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.DRAFT, Status.PLANNED])
def test_a_post_and_a_slot_are_moved_in_the_accounts_zone(editor, account, status):
    factory = SlotFactory if status == Status.PLANNED else PostInstanceFactory
    instance = factory(channel_account=account, status=status, scheduled_for=AHEAD)

    response = do(editor, instance, "move", date="2026-12-24", time="10:30")

    instance.refresh_from_db()
    assert (instance.status, instance.local_time) == (status, "2026-12-24T10:30:00")
    assert "Moved to Thursday 24 December 2026, 10:30 (Europe/Madrid)." in toast(response)


def test_a_move_that_changes_nothing_keeps_the_very_second(editor, account):
    post = PostInstanceFactory(channel_account=account, scheduled_for=AHEAD + timedelta(seconds=17))

    do(editor, post, "move", date="2026-11-20", time="19:00")

    post.refresh_from_db()
    assert post.scheduled_for == AHEAD + timedelta(seconds=17)


def test_content_is_taken_out_and_waits_in_the_tray(editor, slot):
    do(editor, slot, "fill", **WORDS)

    response = do(editor, slot, "take-out")

    slot.refresh_from_db()
    page = Markup(editor.get(f"/calendar/posts/{slot.pk}/"))
    assert slot.status == Status.PLANNED
    assert WORDS["title"] in [option.text for option in page.all("option")]
    assert f"“{WORDS['title']}” waits in the tray." in toast(response)


def test_a_skipped_slot_does_not_come_back_and_says_why(editor, slot):
    response = do(editor, slot, "skip", reason="Bank holiday")

    slot.refresh_from_db()
    assert (slot.status, slot.reason) == (Status.SKIPPED, "Bank holiday")
    assert "editor skipped it: Bank holiday" in Markup(response).text()


def test_a_post_is_canceled_and_brought_back_as_a_draft(editor, post):
    do(editor, post, "cancel")
    post.refresh_from_db()
    canceled = post.status

    response = do(editor, post, "undo")

    post.refresh_from_db()
    assert (canceled, post.status) == (Status.CANCELED, Status.DRAFT)
    assert "It is back as a draft." in toast(response)


def test_canceling_a_post_of_the_cadence_opens_its_slot_again(editor, slot):
    do(editor, slot, "fill", **WORDS)

    response = do(editor, slot, "cancel")

    slot.refresh_from_db()
    assert slot.status == Status.PLANNED
    assert "the slot is open again" in toast(response)


def test_who_may_publish_makes_a_post_due_at_once(signed_in, post):
    response = do(signed_in("approver"), post, "publish-now")

    post.refresh_from_db()
    assert (post.status, post.scheduled_for, post.due_at) == (Status.SCHEDULED, NOW, NOW)
    assert "the workers take it next" in toast(response)


def test_what_a_person_did_stands_in_the_ledger_under_their_name(editor, post):
    do(editor, post, "cancel")

    event = LedgerEvent.objects.get(entity_id=post.pk)
    assert (event.event_type, event.actor) == ("publish_canceled", "user:editor")


def test_an_action_keeps_the_calendars_filters_for_the_way_back(editor, post):
    response = editor.post(f"/calendar/posts/{post.pk}/cancel/?platform=x&next=//evil.example.com")

    assert response["Location"] == f"/calendar/posts/{post.pk}/?platform=x"


@pytest.mark.parametrize(
    "action",
    ["fill", "fill-from-tray", "edit", "schedule", "move", "use-nearest", "take-out", "skip", "cancel", "undo"],
)
def test_a_viewer_can_do_nothing(signed_in, post, action):
    response = do(signed_in("viewer"), post, action)

    assert response.status_code == 403
    assert "Your role does not allow this" in Markup(response).text()
    assert PostInstance.objects.get().version == post.version


def test_an_editor_cannot_publish_now(editor, post):
    response = do(editor, post, "publish-now")

    post.refresh_from_db()
    assert (response.status_code, post.scheduled_for) == (403, AHEAD)


def test_the_address_of_an_action_leads_to_its_post(editor, post):
    assert editor.get(f"/calendar/posts/{post.pk}/move/")["Location"] == f"/calendar/posts/{post.pk}/"
