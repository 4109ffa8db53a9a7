"""Scheduling content through the admin's form: the time is the account's, the service has the word."""

from datetime import timedelta

import pytest

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.services.schedule import schedule_as_stated
from scheduling.tests.factories import NOW, BlackoutFactory, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from workspaces.admin.display import admin_url
from workspaces.errors import Refusal
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import errors, said, send, value

pytestmark = pytest.mark.django_db
ADD = admin_url(PostInstance, "add")


@pytest.fixture
def content(plan):
    return ContentItemFactory(brand=plan.brand)


def test_a_typed_time_is_meant_in_the_accounts_zone(editor, plan, content):
    ChannelAccount.objects.filter(pk=plan.account.pk).update(schedule_timezone="America/New_York")

    answer = send(editor, ADD, channel_account=plan.account, content_item=content, when="2026-11-20T18:00")

    post = PostInstance.objects.get()
    assert post.scheduled_for == NOW.replace(hour=23)
    assert (post.status, post.workspace) == (Status.SCHEDULED, plan.workspace)
    assert said(answer) == ["Placed. Now: scheduled, Fri 20 Nov 2026, 18:00 (America/New_York)."]


def test_the_zone_stands_behind_the_accounts_name(editor, plan):
    page = editor.get(ADD, {"channel_account": str(plan.account.pk)}).content.decode()

    assert "Café Lumen · X · @cafelumen (Europe/Madrid)" in page


def test_it_is_scheduled_in_the_name_of_the_person(editor, plan, content):
    send(editor, ADD, channel_account=plan.account, content_item=content, when="2026-11-20T18:00")

    event = LedgerEvent.objects.get(event_type="publish_scheduled_created")
    assert (event.actor, event.created_at) == ("user:editor", NOW)


def test_a_draft_keeps_its_place_and_is_no_promise(editor, plan, content):
    send(editor, ADD, channel_account=plan.account, content_item=content, when="2026-11-20T18:00", as_draft=True)

    post = PostInstance.objects.get()
    assert (post.status, post.due_at) == (Status.DRAFT, None)


def test_content_on_the_instant_of_an_empty_slot_fills_it(editor, plan, content):
    slot = SlotFactory(channel_account=plan.account, scheduled_for=NOW + timedelta(hours=8))

    send(editor, ADD, channel_account=plan.account, content_item=content, when="2026-11-20T18:00")

    assert list(PostInstance.objects.values_list("pk", "status")) == [(slot.pk, Status.SCHEDULED)]


def test_what_the_time_breaks_is_a_warning_with_the_nearest_time(editor, plan, content):
    ChannelAccount.objects.update(window_opens=9, window_closes=12)

    answer = send(editor, ADD, channel_account=plan.account, content_item=content, when="2026-11-20T18:00")

    assert said(answer)[1] == (
        "18:00 is outside the 09:00–12:00 window. "
        "The nearest time that keeps every rule: Fri 20 Nov 2026, 11:59 (Europe/Madrid)."
    )
    assert PostInstance.objects.get().status == Status.SCHEDULED


def test_a_time_that_the_clock_skips_is_moved_and_said(editor, plan, content):
    answer = send(editor, ADD, channel_account=plan.account, content_item=content, when="2027-03-28T02:30")

    assert "02:30 does not exist on 28 March 2027 in Europe/Madrid; it becomes 03:30." in said(answer)
    assert PostInstance.objects.get().local_time == "2027-03-28T03:30:00"


@pytest.mark.parametrize(
    ("prepare", "when"),
    [
        (lambda account: None, "2026-11-20T09:00"),
        (lambda account: PostInstanceFactory(channel_account=account, scheduled_for=NOW + timedelta(hours=8)), None),
        (lambda account: BlackoutFactory(channel_account=account, starts_at=NOW), None),
        (lambda account: ChannelAccount.objects.update(is_active=False), None),
    ],
    ids=["past", "taken", "blackout", "switched off"],
)
def test_what_the_service_refuses_stands_in_the_form_in_its_words(editor, plan, content, prepare, when):
    prepare(plan.account)
    when = when or "2026-11-20T18:00"
    at = NOW.replace(hour=int(when[11:13]) - 1)
    before = PostInstance.objects.count()
    with pytest.raises(Refusal) as refusal:
        schedule_as_stated(account=plan.account, content=content, at=at, now=NOW, actor="user:editor")

    answer = send(editor, ADD, channel_account=plan.account, content_item=content, when=when)

    assert errors(answer) == {"__all__": [refusal.value.message]}
    assert value(answer, "when") == when
    assert PostInstance.objects.count() == before


def test_content_of_another_brand_is_refused(editor, plan):
    content = ContentItemFactory(brand=BrandFactory(workspace=plan.workspace), title="Opening hours")

    answer = send(editor, ADD, channel_account=plan.account, content_item=content, when="2026-11-20T18:00")

    assert errors(answer)["__all__"] == ["'Opening hours' belongs to another brand than the account @cafelumen."]


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("", "This field is required."),
        ("tomorrow", "“tomorrow” is not a time."),
        ("2026-11-31T18:00", "There is no day 2026-11-31."),
        ("2026-11-20T24:30", "There is no time of day 24:30"),
        ("2026-11-20", "2026-11-20 is a date without a time of day."),
        ("9999-12-31T23:00", "is too far away to be used."),
    ],
)
def test_a_time_that_is_none_is_refused_at_its_field(editor, plan, content, when, sentence):
    answer = send(editor, ADD, channel_account=plan.account, content_item=content, when=when)

    assert sentence in errors(answer)["when"][0]
    assert not PostInstance.objects.exists()


def test_the_only_account_is_chosen_already(editor, plan):
    assert str(value(editor.get(ADD), "channel_account")) == str(plan.account.pk)


def test_the_address_can_say_what_is_scheduled(editor, plan, content):
    ChannelAccountFactory(brand=plan.brand)

    page = editor.get(ADD, {"content_item": str(content.pk), "when": "2026-12-01T18:00", "channel_account": "no id"})

    assert str(value(page, "content_item")) == str(content.pk)
    assert value(page, "when") == "2026-12-01T18:00"
