"""Content of the tray dropped on the calendar by the page."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import PostInstance, Status
from scheduling.tests.factories import ChannelAccountFactory, PostInstanceFactory, SlotFactory
from scheduling.tests.pages.fragments import days_of, form_of, said
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 23, 18, 0, tzinfo=ZoneInfo("Europe/Madrid"))


@pytest.fixture
def account(account):
    account.schedule_times = ["18:00"]
    account.save()
    return account


@pytest.fixture
def content(account):
    return ContentItemFactory(brand=account.brand, title="Gift guide")


def send(browser, address="/calendar/drops/?month=2026-11&tray=1", **fields):
    return browser.post(address, fields, headers={"HX-Request": "true"})


def test_on_a_slot_it_becomes_a_draft_and_leaves_the_tray_and_that_is_undone(editor, account, content):
    slot = SlotFactory(channel_account=account, scheduled_for=EVENING)

    answer = send(editor, content=content.pk, post=slot.pk)

    slot.refresh_from_db()
    assert (slot.status, slot.content_item, days_of(answer)) == (Status.DRAFT, content, ["2026-11-23"])
    assert "“Gift guide” is a draft for Mon 23 Nov, 18:00 on @cafelumen." in said(answer)
    assert '<b id="untimed-count" hx-swap-oob="true">0</b>' in answer.content.decode()
    undo = form_of(answer, "Undo")
    back = editor.post("/calendar/many/?month=2026-11&tray=1", undo, headers={"HX-Request": "true"})
    slot.refresh_from_db()
    assert slot.status == Status.PLANNED
    assert f'data-content="{content.pk}"' in back.content.decode()


def test_on_a_day_it_goes_to_the_only_account_of_its_brand(editor, account, content):
    send(editor, content=content.pk, day="2026-11-23")

    assert PostInstance.objects.get(content_item=content).scheduled_for == EVENING


def test_where_several_accounts_are_possible_it_asks_which(editor, account, content):
    other = ChannelAccountFactory(brand=account.brand, platform="linkedin", name="Café Lumen")

    question = send(editor, content=content.pk, day="2026-11-23")

    assert not PostInstance.objects.filter(content_item=content).exists()
    assert "On which account shall “Gift guide” stand?" in said(question)
    send(editor, content=content.pk, day="2026-11-23", account=other.pk)
    assert PostInstance.objects.get(content_item=content).channel_account == other


def test_the_account_that_the_calendar_shows_is_meant(editor, account, content):
    other = ChannelAccountFactory(brand=account.brand, platform="linkedin", name="Café Lumen")

    send(editor, f"/calendar/drops/?channel_account={other.pk}", content=content.pk, day="2026-11-23")

    assert PostInstance.objects.get(content_item=content).channel_account == other


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"day": "2026-11-19"}, 409, "2026-11-19 is over."),
        ({}, 422, "Drop it on an open slot or on a day."),
        ({"day": "2026-11-23", "content": "0192c4c2-0000-7000-8000-000000000000"}, 404, "There is no such content."),
    ],
)
def test_what_cannot_be_is_refused_in_words(editor, account, content, fields, status, sentence):
    before = stored(PostInstance)

    answer = send(editor, **{"content": content.pk, **fields})

    assert (answer.status_code, stored(PostInstance)) == (status, before)
    assert sentence in said(answer)


def test_a_slot_that_is_filled_already_is_refused(editor, account, content):
    taken = PostInstanceFactory(channel_account=account, scheduled_for=EVENING)

    answer = send(editor, content=content.pk, post=taken.pk)

    assert answer.status_code == 409
    assert "This slot has content already." in said(answer)


def test_content_of_a_brand_without_accounts_has_nowhere_to_go(editor, cast):
    content = ContentItemFactory(brand=BrandFactory(workspace=cast.workspace))

    answer = send(editor, content=content.pk, day="2026-11-23")

    assert (answer.status_code, "no active account" in said(answer)) == (422, True)
