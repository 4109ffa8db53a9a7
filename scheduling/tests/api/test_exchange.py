"""Import and export over the API."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.models import ContentItem
from scheduling.api.exchange_shapes import ImportUpload
from scheduling.models import PostInstance
from scheduling.services.exporting import reading
from scheduling.services.importing import rows as importing_rows
from scheduling.tests.exporting import rows_of
from scheduling.tests.factories import ChannelAccountFactory, PostInstanceFactory
from scheduling.tests.importing import csv_of
from workspaces.models import LedgerEvent
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
IMPORT, EXPORT = "/api/v1/import", "/api/v1/export"
DAY, WEEK = date(datetime.now(UTC).year + 2, 12, 1), timedelta(weeks=1)  # Commands read the real clock.
GOOD = {"title": "Cata para curiosos", "scheduled_for": f"{DAY}T09:30"}
TRAY = {"title": "Si nuestro molino hablara", "scheduled_for": ""}
BAD = {"title": "Ayer", "scheduled_for": "2020-11-01T09:30"}


@pytest.fixture
def account(cast):
    return ChannelAccountFactory(brand__workspace=cast.workspace, external_ref="lumen-x", platform="instagram")


@pytest.fixture
def api(account):
    return Api(account.workspace, "read", "write")


def upload(api, *rows, name="posts.csv", data=None, headers=None, **fields):
    content = csv_of(rows) if data is None else data
    form = {"file": SimpleUploadedFile(name, content), **fields}
    return api.client.post(IMPORT, form, headers={**api.headers, **(headers or {})})


def test_it_is_a_dry_run_unless_something_else_is_said(api):
    answer = upload(api, GOOD, TRAY)

    said = answer.json()
    assert answer.status_code == 200
    assert (said["imported"], said["dry_run"], said["total"]) == (False, True, 2)
    assert [(row["line"], row["status"], row["result"], row["id"]) for row in said["rows"]] == [
        (2, "planned", "scheduled", None),
        (3, "planned", "tray", None),
    ]
    assert [one["rule"] for one in said["rows"][0]["warnings"]] == ["window"]
    assert not ContentItem.objects.exists()


def test_every_row_is_answered_and_made(api):
    answer = upload(api, GOOD, TRAY, dry_run="false")

    said = answer.json()
    assert answer.status_code == 201
    assert said["counts"] == {"scheduled": 1, "draft": 0, "tray": 1, "already_there": 0, "refused": 0}
    assert [row["status"] for row in said["rows"]] == ["created", "created"]
    assert said["rows"][0]["id"] == str(PostInstance.objects.get().pk)
    assert LedgerEvent.objects.last().actor.startswith("key:mm_")


def test_a_file_that_has_come_in_comes_in_once(api):
    upload(api, GOOD, dry_run="false")

    answer = upload(api, GOOD, dry_run="false")

    assert answer.status_code == 200
    assert [row["status"] for row in answer.json()["rows"]] == ["already_there"]
    assert PostInstance.objects.count() == 1


def test_a_refused_row_keeps_all_out_and_the_answer_is_an_error_with_the_report(api):
    answer = upload(api, GOOD, BAD, dry_run="false")

    said = answer.json()
    assert answer.status_code == 422
    assert said["error_code"] == "validation_error"
    assert said["error_message"].startswith("Nothing was imported: 1 row is refused. Mend them,")
    assert [row["status"] for row in said["rows"]] == ["planned", "refused"]
    assert said["rows"][1]["error"] == {"field": "scheduled_for", "message": "2020-11-01 09:30 is in the past."}
    assert not ContentItem.objects.exists()


def test_with_partial_the_others_come_in(api):
    answer = upload(api, GOOD, BAD, dry_run="false", partial="true")

    assert answer.status_code == 201
    assert [row["status"] for row in answer.json()["rows"]] == ["created", "refused"]
    assert PostInstance.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/csv", csv_of([GOOD])),
        ("application/json", json.dumps([{**GOOD, "body": "Ven", "channel_account": "lumen-x"}]).encode()),
    ],
)
def test_the_file_may_be_the_body_itself(api, kind, body):
    tried = api.send("POST", IMPORT, body, kind)
    answer = api.send("POST", f"{IMPORT}?dry_run=false", body, kind)

    assert (tried.status_code, tried.json()["imported"]) == (200, False)
    assert (answer.status_code, answer.json()["imported"]) == (201, True)
    assert PostInstance.objects.count() == 1


def test_the_format_is_the_names_unless_it_is_said(api):
    rows = json.dumps([{**GOOD, "body": "Ven", "channel_account": "lumen-x"}]).encode()

    assert upload(api, data=rows, name="posts.json").status_code == 200
    assert upload(api, data=rows, name="posts.txt", format="json").status_code == 200
    said = refused(upload(api, data=rows, name="posts.txt"), 422, "validation_error")
    assert said["error_message"] == "posts.txt is neither a .csv nor a .json file."
    assert list(said["errors"]) == ["file"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"body,date\n", "Line 1: title is missing, “date” is not a column."),
        ("título".encode("latin-1"), "Line 1: the file is not UTF-8."),
        (b"PK\x03\x04", "This is a spreadsheet or a ZIP, not a text file."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(api, data, sentence):
    said = refused(upload(api, data=data, dry_run="false"), 422, "validation_error")

    assert said["error_message"].startswith(sentence)


def test_a_form_without_a_file_is_refused_and_so_is_what_is_no_list(api):
    nothing = api.client.post(IMPORT, {"dry_run": "true"}, headers=api.headers)
    thing = api.post(IMPORT, {"title": "Cata"})

    assert list(refused(nothing, 422, "validation_error")["errors"]) == ["file"]
    assert refused(thing, 422, "validation_error")["error_message"].startswith("The file holds an object, not a list.")


def test_too_many_bytes_are_a_413_and_too_many_rows_a_422(api, monkeypatch):
    monkeypatch.setattr("scheduling.api.exchange_shapes.MOST_BYTES", 100)
    monkeypatch.setattr(ImportUpload, "largest", 300)
    monkeypatch.setattr(importing_rows, "MOST_ROWS", 1)

    refused(api.send("POST", IMPORT, b"x" * 101, "text/csv"), 413, "too_large")
    refused(upload(api, data=b"x" * 301), 413, "too_large")
    rows = json.dumps([GOOD, GOOD]).encode()
    said = refused(api.send("POST", IMPORT, rows), 422, "validation_error")
    assert said["error_message"] == "The file has 2 posts; 1 at once are the most. Split it."


@pytest.mark.parametrize(("name", "value"), [("dry_run", "perhaps"), ("starting", "soon"), ("parcial", "true")])
def test_an_option_that_means_nothing_is_refused_and_named(api, name, value):
    said = refused(upload(api, GOOD, **{name: value}), 422, "validation_error")

    assert list(said["errors"]) == [name]


def test_all_times_can_move_to_another_week(api):
    answer = upload(api, GOOD, starting=str(DAY + 5 * WEEK + timedelta(days=1)))

    assert answer.json()["weeks_moved"] == 6
    assert answer.json()["rows"][0]["local_time"] == f"{DAY + 6 * WEEK}T09:30:00"


def test_under_one_key_a_file_comes_in_once_though_the_form_has_another_boundary(api):
    key = {"Idempotency-Key": "import-1"}

    first, second = (upload(api, GOOD, dry_run="false", headers=key) for _ in range(2))
    other = upload(api, TRAY, dry_run="false", headers=key)

    assert (first.status_code, second.status_code) == (201, 201)
    assert second["Idempotency-Replayed"] == "true"
    assert second.content == first.content
    refused(other, 409, "conflict")


def test_who_may_only_read_exports_and_does_not_import(account):
    api = Api(account.workspace, "read")

    refused(upload(api, GOOD), 403, "forbidden")
    assert api.get(EXPORT).status_code == 200


def content(answer):
    return b"".join(answer)


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_an_export_is_a_file_and_streamed_where_it_is_long(api, account, monkeypatch, at_once):
    monkeypatch.setattr(reading, "AT_ONCE", at_once)
    posts = PostInstanceFactory.create_batch(2, channel_account=account)

    answer = api.get(EXPORT)

    assert answer.streaming is (at_once == 1)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith(f'attachment; filename="{account.workspace.slug}-posts-2')
    assert [row["title"] for row in rows_of(content(answer).decode())] == [one.content_item.title for one in posts]


def test_an_export_is_narrowed_and_may_be_json(api, account):
    PostInstanceFactory(channel_account=account)
    PostInstanceFactory(channel_account=ChannelAccountFactory(brand=account.brand))

    answer = api.get(EXPORT, **{"format": "json", "channel_account": "lumen-x", "from": "2026-11-20"})

    found = json.loads(content(answer))
    assert [row["channel_account"] for row in found] == ["lumen-x"]


@pytest.mark.parametrize(
    ("parameters", "status", "name"),
    [
        ({"format": "xlsx"}, 422, "format"),
        ({"from": "soon"}, 422, "from"),
        ({"from": "2026-11-22", "to": "2026-11-21"}, 422, "to"),
        ({"status": "lost"}, 422, "status"),
        ({"colour": "red"}, 422, "colour"),
        ({"brand": "nobody"}, 404, None),
    ],
)
def test_what_cannot_be_exported_is_refused(api, parameters, status, name):
    said = refused(api.get(EXPORT, **parameters), status, "not_found" if status == 404 else "validation_error")

    assert list(said.get("errors", {})) == ([name] if name else [])


def test_an_export_is_imported_elsewhere(api, account, cast):
    PostInstanceFactory(channel_account=account, content_item__title="=Cata, «hoy»")
    there = ChannelAccountFactory(brand__workspace=cast.elsewhere, external_ref="lumen-x")
    data = content(api.get(EXPORT))

    answer = upload(Api(cast.elsewhere), data=data, dry_run="false")

    made = PostInstance.objects.get(channel_account=there)
    assert answer.json()["rows"][0]["id"] == str(made.pk)
    assert made.content_item.title == "=Cata, «hoy»"
