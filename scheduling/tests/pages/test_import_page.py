"""Importing in two steps: what would come of a file, and the confirmation."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import ContentItem
from scheduling.models import HeldFile, PostInstance
from scheduling.services.importing.holding import GONE
from scheduling.tests.factories import NOW, PostInstanceFactory
from scheduling.tests.importing import csv_of
from scheduling.tests.pages.markup import Markup
from workspaces.models import LedgerEvent

pytestmark = pytest.mark.django_db
GOOD = {"title": "Cata para curiosos"}
TRAY = {"title": "Si nuestro molino hablara", "scheduled_for": ""}
BAD = {"title": "Ayer", "scheduled_for": "2026-11-01T09:30"}


@pytest.fixture(autouse=True)
def known(account):
    account.external_ref = "lumen-x"
    account.save()


def choose(browser, *rows, name="posts.csv", data=None):
    file = SimpleUploadedFile(name, csv_of(rows) if data is None else data)
    return browser.post("/calendar/import/", {"file": file})


def look(browser, *rows):
    """Choose a file, and return the address of its report and the report."""
    address = choose(browser, *rows)["Location"]
    return address, Markup(browser.get(address))


def test_a_file_is_looked_at_first_and_nothing_is_changed(editor):
    address, page = look(editor, GOOD, TRAY)

    assert address == f"/calendar/import/{HeldFile.objects.get().pk}/"
    assert [row.text for row in page.all("td", class_="what")] == [GOOD["title"], TRAY["title"]]
    assert [row.text for row in page.all("span", class_="status")] == ["Scheduled", "Unscheduled tray"]
    assert "2 posts would come in" in page.text()
    assert page.forms() == [address]
    assert not ContentItem.objects.exists()


def test_what_was_looked_at_comes_in_when_it_is_confirmed(editor):
    address, _ = look(editor, GOOD, TRAY)

    page = Markup(editor.post(address))

    post = PostInstance.objects.get()
    assert "2 posts have come in" in page.text()
    assert page.all("a", href=f"/calendar/posts/{post.pk}/")
    assert LedgerEvent.objects.last().actor == "user:editor"
    assert not HeldFile.objects.exists()


def test_a_second_click_does_nothing_and_says_so(editor):
    address, _ = look(editor, GOOD)
    editor.post(address)

    again = editor.post(address)

    assert again.status_code == 404
    assert GONE in Markup(again).text()
    assert PostInstance.objects.count() == 1


def test_refused_rows_stand_first_and_the_others_may_come_in_without_them(editor):
    address, page = look(editor, GOOD, BAD)

    assert [one.text for one in page.all("h2")] == ["Refused 1", "Would come in 1"]
    assert page.one("p", class_="why").text == "scheduled_for 2026-11-01 09:30 is in the past."
    assert page.one("button", class_="button-prime").text == "Import this 1, leave the refused out"
    editor.post(address, {"partial": "1"})
    assert PostInstance.objects.get().content_item.title == GOOD["title"]


def test_where_every_row_is_refused_nothing_can_be_confirmed(editor):
    _, page = look(editor, BAD)

    assert not page.all("button", class_="button-prime")


def test_a_plan_that_changed_since_the_look_keeps_everything_out(editor, account):
    address, _ = look(editor, GOOD, TRAY)
    PostInstanceFactory(channel_account=account, scheduled_for=NOW.replace(month=12, day=1, hour=8, minute=30))

    answer = editor.post(address)

    assert answer.status_code == 422
    page = Markup(answer)
    assert page.one(role="alert").text.startswith("Nothing was imported: the plan has changed since you looked.")
    assert "2026-12-01 09:30 is taken by another post on this account." in page.text()
    assert PostInstance.objects.count() == 1


def test_a_warning_names_the_better_time(editor, account):
    account.window_opens, account.window_closes = 18, 23
    account.save()

    _, page = look(editor, GOOD)

    said = "09:30 is outside the 18:00–23:00 window. Tue 1 Dec, 18:00 would keep every rule."
    assert page.one("p", class_="warned").text == said
    assert "1 with a warning" in page.text()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("posts.xlsx", b"PK\x03\x04", "posts.xlsx is neither a .csv nor a .json file."),
        ("posts.csv", b"PK\x03\x04", "This is a spreadsheet or a ZIP, not a text file."),
        ("posts.csv", b"", "The file is empty."),
        ("posts.json", b"{", "Line 1, column 2: this is not JSON"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_once(editor, name, data, sentence):
    answer = choose(editor, name=name, data=data)

    assert answer.status_code == 422
    assert sentence in Markup(answer).one(role="alert").text
    assert not HeldFile.objects.exists()


def test_without_a_file_it_asks_for_one(editor):
    answer = editor.post("/calendar/import/")

    assert (answer.status_code, Markup(answer).one(role="alert").text) == (422, "Choose a file first.")


def test_a_person_holds_one_file_and_the_last_one_counts(editor):
    first, _ = look(editor, GOOD)
    second, _ = look(editor, TRAY)

    assert HeldFile.objects.count() == 1
    assert editor.get(first).status_code == 404
    assert editor.get(second).status_code == 200


def test_a_file_is_forgotten_after_a_day(editor, signed_in):
    address, _ = look(editor, GOOD)
    HeldFile.objects.update(created_at=NOW - timedelta(days=1))

    gone = [editor.get(address), editor.post(address)]
    look(signed_in("approver"), TRAY)

    assert [answer.status_code for answer in gone] == [404, 404]
    assert HeldFile.objects.count() == 1


@pytest.mark.parametrize("who", ["approver", "owner", "stranger"])
def test_nobody_else_sees_or_imports_a_persons_file(editor, signed_in, who):
    address, _ = look(editor, GOOD)

    answers = [signed_in(who).get(address), signed_in(who).post(address)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert not PostInstance.objects.exists()


def test_a_viewer_exports_and_does_not_import(signed_in):
    viewer = signed_in("viewer")

    assert [viewer.get("/calendar/import/").status_code, choose(viewer, GOOD).status_code] == [403, 403]
    assert viewer.get("/calendar/export/").status_code == 200


def test_queries_grow_with_batches_of_rows_and_not_with_rows(editor):
    def count(number: int) -> int:
        rows = (
            {"title": f"Cata {one}", "scheduled_for": f"2027-01-{one % 28 + 1:02}T09:{one % 60:02}"}
            for one in range(number)
        )
        address = choose(editor, *rows)["Location"]
        with CaptureQueriesContext(connection) as queries:
            editor.get(address)
        return len(queries)

    assert count(200) <= count(1) + 10


def test_an_address_that_nobody_holds_is_not_found(editor):
    assert editor.get(f"/calendar/import/{uuid4()}/").status_code == 404


def test_an_export_of_the_page_comes_in_again_and_changes_nothing(editor, account):
    PostInstanceFactory.create_batch(3, channel_account=account)
    data = editor.get("/calendar/export/").content

    page = Markup(editor.get(choose(editor, data=data)["Location"]))

    assert [one.text for one in page.all("h2")] == ["Already there 3"]
    assert "There is nothing to import: everything stands already." in page.text()
