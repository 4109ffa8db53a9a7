"""What repeats, for people: listed in words with its next days, chosen by days and a time, switched, and deleted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import PostInstance, Recurrence
from scheduling.services.recurring.saving import save_recurrence
from scheduling.tests.factories import NOW, ChannelAccountFactory, RecurrenceFactory
from scheduling.tests.pages.markup import Markup
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import said

pytestmark = pytest.mark.django_db
ADD = "/recurrences/add/"


@pytest.fixture
def chosen(account):
    content = ContentItemFactory(brand=account.brand, title="Market day at the roastery")
    return {
        "content": str(content.pk),
        "account": str(account.pk),
        "every": "WEEKLY",
        "days": ["MO", "TH"],
        "interval": "1",
        "time": "09:00",
        "date": "2026-11-21",
    }


def repeating(account, **given):
    row = RecurrenceFactory(channel_account=account, content_item__title="Market day", **given)
    return save_recurrence(recurrence=row, now=NOW, actor="user:ana")


def test_days_and_a_time_become_a_rule_with_its_posts(editor, chosen):
    answer = editor.post(ADD, chosen)

    made = Recurrence.objects.get()
    assert answer.url == f"/recurrences/#repeat-{made.pk}"
    assert (made.rule, made.starts_at) == ("FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-21T09:00:00")
    assert PostInstance.objects.order_by("scheduled_for").first().local_time == "2026-11-23T09:00:00"
    assert LedgerEvent.objects.get(event_type="recurrence_created").actor == "user:editor"
    assert said(answer) == ["“Market day at the roastery” repeats. Every week on Monday and Thursday."]


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"every": "MONTHLY", "month_day": "-1FR"}, "FREQ=MONTHLY;BYDAY=-1FR"),
        ({"every": "MONTHLY", "month_day": "15", "interval": "2"}, "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15"),
        ({"until": "2026-12-31"}, "FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20261231"),
        ({"count": "4"}, "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=4"),
        ({"rule": "FREQ=DAILY;INTERVAL=3", "days": []}, "FREQ=DAILY;INTERVAL=3"),
    ],
)
def test_every_choice_is_a_rule_and_a_written_rule_wins(editor, chosen, given, rule):
    editor.post(ADD, {**chosen, **given})

    assert Recurrence.objects.get().rule == rule


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"days": []}, "days", "Choose a day, or several."),
        ({"every": "MONTHLY"}, "month_day", "Choose a day."),
        ({"until": "2026-12-31", "count": "4"}, "count", "not both"),
        ({"until": "2026-11-20"}, "days", "It gives no time within 24 months from its start."),
        ({"rule": "each monday"}, "rule", "is not a rule"),
        ({"date": "2036-01-01"}, "date", "within 24 months"),
        ({"excluded": "Christmas"}, "excluded", "“Christmas” is not a time."),
        ({"content": ""}, "content", "This field is required."),
    ],
)
def test_what_cannot_be_is_said_at_its_field(editor, chosen, given, field, sentence):
    answer = editor.post(ADD, {**chosen, **given})

    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors[field][0]
    assert not Recurrence.objects.exists()


def test_what_is_of_another_workspace_is_no_choice(editor, chosen):
    foreign = ChannelAccountFactory()

    assert "account" in editor.post(ADD, {**chosen, "account": str(foreign.pk)}).context["form"].errors
    assert editor.get(f"/recurrences/{RecurrenceFactory(channel_account=foreign).pk}/").status_code == 404


def test_the_list_says_the_rule_and_the_next_three_days(editor, account):
    repeating(account, rule="FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=6")

    page = Markup(editor.get("/recurrences/"))

    assert "Every month on the last day, 6 times, 09:00" in page.text()
    assert [one.text for one in page.all("time")] == ["Mon 30 Nov", "Thu 31 Dec", "Sun 31 Jan"]


def test_a_rule_beyond_days_is_shown_and_changed_as_a_rule(editor, account):
    row = repeating(account, rule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24")

    assert "By a rule of its own: FREQ=YEARLY" in Markup(editor.get("/recurrences/")).text()
    assert editor.get(f"/recurrences/{row.pk}/").context["form"]["rule"].value() == row.rule


def test_what_stands_in_the_form_saved_again_changes_nothing(editor, account):
    row = repeating(account, rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", starts_at="2026-11-23T09:00:30")
    before = list(PostInstance.objects.order_by("pk").values_list("pk", "scheduled_for", "version"))
    form = editor.get(f"/recurrences/{row.pk}/").context["form"]
    shown = {one.name: one.value() for one in form if one.value() not in (None, "", [])}

    editor.post(f"/recurrences/{row.pk}/", {**shown, "time": "09:00"})

    saved = Recurrence.objects.get()
    assert (saved.rule, saved.starts_at) == (row.rule, row.starts_at)
    assert list(PostInstance.objects.order_by("pk").values_list("pk", "scheduled_for", "version")) == before


def test_switched_off_its_posts_are_taken_back_and_on_they_come_again(editor, account):
    row = repeating(account)

    off = editor.post(f"/recurrences/{row.pk}/off/")
    states = set(PostInstance.objects.values_list("status", flat=True))
    editor.post(f"/recurrences/{row.pk}/on/")

    assert "does not repeat any more" in said(off)[0]
    assert states == {"canceled"}
    assert PostInstance.objects.filter(status="scheduled").count() == 4


def test_deleting_asks_first_and_says_what_goes_with_it(editor, account):
    row = repeating(account)

    question = Markup(editor.get(f"/recurrences/{row.pk}/delete/")).text()
    stands = Recurrence.objects.count()
    editor.post(f"/recurrences/{row.pk}/delete/")

    assert "4 posts ahead that nobody has touched are taken back." in question
    assert stands == 1
    assert not Recurrence.objects.exists()


def test_a_viewer_reads_and_changes_nothing(signed_in, account):
    row, viewer = repeating(account), signed_in("viewer")

    page = Markup(viewer.get("/recurrences/"))

    assert "Market day" in page.text()
    assert not page.all("a", href=f"/recurrences/{row.pk}/")
    assert viewer.get(ADD).status_code == 403
    assert viewer.post(f"/recurrences/{row.pk}/off/").status_code == 403


def test_the_number_of_queries_does_not_grow(editor, account):
    def queries():
        with CaptureQueriesContext(connection) as found:
            editor.get("/recurrences/")
        return len(found)

    repeating(account)
    few = queries()
    for brand in BrandFactory.create_batch(3, workspace=account.workspace):
        for one in ChannelAccountFactory.create_batch(2, brand=brand):
            repeating(one), repeating(one, rule="FREQ=MONTHLY;BYMONTHDAY=1")

    assert queries() == few <= 12


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("until", ["", "0001-01-01", "9999-12-31"])
def test_dates_at_the_ends_of_time_are_refused_not_stumbled_over(editor, chosen, date, until):
    assert editor.post(ADD, {**chosen, "date": date, "until": until}).status_code == 422


@pytest.mark.parametrize("query", ["?page=-1", "?page=99999", "?brand=x&page=%00", "?channel_account=%00"])
def test_nothing_in_the_address_of_the_list_can_fail(editor, account, query):
    assert editor.get(f"/recurrences/{query}").status_code == 200


@pytest.mark.parametrize("query", ["?content=%00", "?content=x&account=y", "?content=" + "9" * 400])
def test_nothing_in_the_address_of_the_form_can_fail(editor, account, query):
    assert editor.get(ADD + query).status_code == 200
