"""Recurrences in the admin: typed in the account's time, with what became of each time."""

import pytest

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance, Recurrence
from scheduling.services.topoff import top_off
from scheduling.tests.factories import NOW, BlackoutFactory, RecurrenceFactory
from workspaces.admin.display import admin_list_url, admin_url
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import errors, send

pytestmark = pytest.mark.django_db
ADD = admin_url(Recurrence, "add")


@pytest.fixture
def terms(plan):
    return {
        "content_item": ContentItemFactory(brand=plan.brand, title="Fresh from the roaster"),
        "channel_account": plan.account,
        "rule": "FREQ=WEEKLY;BYDAY=MO",
        "starts_at": "2026-11-23T09:00",
        "excluded": "2026-12-07\n\n 2026-12-14T09:00 ",
        "is_active": "on",
    }


def page_of(recurrence):
    return admin_url(recurrence, "change", recurrence.pk)


def test_one_that_is_saved_has_its_posts(editor, plan, terms):
    send(editor, ADD, **terms)

    made = Recurrence.objects.get()
    assert (made.workspace, made.starts_at) == (plan.workspace, "2026-11-23T09:00:00")
    assert made.excluded == ["2026-12-07", "2026-12-14T09:00:00"]
    assert [one.local_time for one in PostInstance.objects.all()] == ["2026-11-23T09:00:00", "2026-11-30T09:00:00"]
    assert LedgerEvent.objects.get(event_type="recurrence_created").actor == "user:editor"


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"rule": "each monday"}, "rule", "is not a rule"),
        ({"rule": "FREQ=WEEKLY;UNTIL=20261101"}, "rule", "It gives no time"),
        ({"starts_at": "whenever"}, "starts_at", "“whenever” is not a time."),
        ({"excluded": "Christmas"}, "excluded", "“Christmas” is not a time."),
        ({"content_item": None}, "content_item", "This field is required."),
    ],
)
def test_what_cannot_be_is_refused_in_the_form(editor, terms, typed, field, sentence):
    answer = send(editor, ADD, **{**terms, **typed})

    assert sentence in errors(answer)[field][0]
    assert not Recurrence.objects.exists()


def test_an_account_of_another_workspace_is_no_choice(editor, plan, terms):
    answer = send(editor, ADD, **{**terms, "channel_account": plan.foreign_account})

    assert "channel_account" in errors(answer)


def test_its_page_and_its_list_show_what_became_of_each_time(browser_of, plan):
    recurrence = RecurrenceFactory(channel_account=plan.account)
    BlackoutFactory(channel_account=plan.account, starts_at="2026-11-30T00:00:00Z", ends_at="2026-12-01T00:00:00Z")
    top_off(now=NOW, actor="command", days=14)

    page = browser_of("viewer").get(page_of(recurrence)).content.decode()
    rows = browser_of("viewer").get(admin_list_url(Recurrence)).content.decode()

    assert "2026-11-23 09:00" in page
    assert str(PostInstance.objects.get().pk) in page
    assert "2026-11-30 09:00 falls in a blackout" in page
    assert "2026-11-30 09:00 falls in a blackout" in rows


def test_deleted_it_takes_its_posts_back_after_saying_so(editor, plan):
    recurrence = RecurrenceFactory(channel_account=plan.account)
    top_off(now=NOW, actor="command", days=7)
    delete = admin_url(recurrence, "delete", recurrence.pk)

    asked = editor.get(delete).content.decode()
    editor.post(delete, {"post": "yes"})

    assert "Its posts ahead that nobody has touched are canceled" in asked
    assert not Recurrence.objects.exists()
    assert PostInstance.objects.get().status == "canceled"
