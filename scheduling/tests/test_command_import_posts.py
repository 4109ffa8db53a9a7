"""manage.py import_posts: the file, the options, and what is printed."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scheduling.models import PostInstance
from scheduling.tests.factories import ChannelAccountFactory
from scheduling.tests.importing import csv_of
from workspaces.tests.commands import Said, run

DAY, WEEK = date(datetime.now(UTC).year + 2, 12, 1), timedelta(weeks=1)  # Commands read the real clock.
GOOD = {"title": "Cata para curiosos", "scheduled_for": f"{DAY}T09:30"}
TRAY = {"title": "Si nuestro molino hablara", "scheduled_for": ""}
BAD = {"title": "Ayer\x1b[31m", "scheduled_for": "2020-11-01T09:30"}


@pytest.fixture
def account(db):
    return ChannelAccountFactory(external_ref="lumen-x", brand__workspace__slug="h2o", platform="instagram")


def bring(path: Path, *options: str) -> Said:
    return run("import_posts", str(path), "--workspace", "h2o", *options)


def a_file(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "Café & co.csv"
    path.write_bytes(csv_of(rows))
    return path


def test_every_row_is_answered_for_people(account, tmp_path):
    said = bring(a_file(tmp_path, GOOD, TRAY))

    assert said.code == 0
    assert said.out.splitlines() == [
        f"row 1 (line 2)       scheduled     {DAY} 09:30    lumen-x              Cata para curiosos",
        f"          Warning: 09:30 is outside the 18:00–23:00 window. {DAY} 18:00 would keep every rule.",
        "row 2 (line 3)       tray          no time             lumen-x              Si nuestro molino hablara",
        "",
        "2 rows: 1 scheduled, 1 tray.",
    ]
    assert PostInstance.objects.get().status == "scheduled"


def test_every_row_is_answered_in_json(account, tmp_path):
    document = bring(a_file(tmp_path, GOOD, TRAY), "--json").document

    post = PostInstance.objects.get()
    assert (document["imported"], document["dry_run"], document["total"]) == (True, False, 2)
    assert document["counts"] == {"scheduled": 1, "draft": 0, "tray": 1, "already_there": 0, "refused": 0}
    first = document["rows"][0]
    assert (first["row"], first["line"], first["title"], first["id"]) == (1, 2, "Cata para curiosos", str(post.pk))
    assert (first["result"], first["scheduled_for"]) == ("scheduled", f"{DAY}T08:30:00Z")
    assert [warning["rule"] for warning in first["warnings"]] == ["window"]
    assert document["rows"][1]["scheduled_for"] is None


def test_a_refused_row_keeps_all_out_with_the_reason_and_a_failure(account, tmp_path):
    said = bring(a_file(tmp_path, GOOD, BAD))

    assert said.code == 1
    assert said.error == "Nothing was imported: 1 row is refused. Mend them, or import the others with --partial."
    assert "          2020-11-01 09:30 is in the past." in said.out.splitlines()
    assert said.out.splitlines()[-1] == "2 rows: 1 scheduled, 1 refused. Nothing was changed."
    assert "\x1b" not in said.out
    assert not PostInstance.objects.exists()


def test_a_refused_row_in_json_is_an_error_of_the_api_with_the_report(account, tmp_path):
    said = bring(a_file(tmp_path, GOOD, BAD), "--json")

    assert said.code == 1
    assert (said.document["error_code"], said.document["error_class"]) == ("validation_error", "Invalid")
    assert said.document["error_message"] == said.error
    assert [row["result"] for row in said.document["rows"]] == ["scheduled", "refused"]
    assert said.document["rows"][1]["reason"] == "2020-11-01 09:30 is in the past."


def test_with_partial_the_good_rows_come_in_and_that_is_a_success(account, tmp_path):
    said = bring(a_file(tmp_path, GOOD, BAD), "--partial")

    assert (said.code, said.out.splitlines()[-1]) == (0, "2 rows: 1 scheduled, 1 refused.")
    assert PostInstance.objects.count() == 1


def test_a_dry_run_changes_nothing_and_says_so(account, tmp_path):
    said = bring(a_file(tmp_path, GOOD), "--dry-run")

    assert said.out.splitlines()[-1] == "1 row: 1 scheduled. Nothing was changed: this was a dry run."
    assert not PostInstance.objects.exists()


def test_twice_in_a_row_is_once(account, tmp_path):
    path = a_file(tmp_path, GOOD, TRAY)

    said = [bring(path), bring(path)][1]

    assert (said.code, said.out.splitlines()[-1]) == (0, "2 rows: 2 already there.")
    assert PostInstance.objects.count() == 1


def test_all_times_can_move_to_another_week(account, tmp_path):
    said = bring(a_file(tmp_path, GOOD), "--starting", str(DAY - 50 * WEEK))

    assert said.out.splitlines()[-1] == "1 row: 1 scheduled. All times moved by -50 weeks."
    assert PostInstance.objects.get().local_time == f"{DAY - 50 * WEEK}T09:30:00"


def test_json_comes_in_whatever_the_case_of_its_ending(account, tmp_path):
    path = tmp_path / "posts.JSON"
    path.write_text(json.dumps([{"title": "Cata", "body": "Ven", "channel_account": "lumen-x"}]), encoding="utf-8")

    assert bring(path).out.splitlines()[-1] == "1 row: 1 tray."


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("none.csv", None, "There is no file {path}."),
        ("folder.csv", "a folder", "{path} is not a file. Name a .csv or .json file."),
        ("posts.xlsx", b"PK", "{path} is neither a .csv nor a .json file."),
        ("empty.csv", b"", "The file is empty."),
        (
            "latin.csv",
            "título".encode("latin-1"),
            "Line 1: the file is not UTF-8. It holds the byte 0xED, “í” in Latin-1",
        ),
        ("header.csv", b"title,text\nCata,Ven\n", "Line 1: “text” is not a column."),
        ("broken.json", b'[{"title": ', "Line 1, column 12: this is not JSON"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_sentence(account, tmp_path, name, data, sentence):
    path = tmp_path / name
    if data == "a folder":
        path.mkdir()
    elif data is not None:
        path.write_bytes(data)

    said = bring(path)

    assert said.error.startswith(sentence.format(path=path))
    assert (said.code, said.out) == (1, "")


def test_a_wrong_call_is_refused(account, tmp_path):
    path = a_file(tmp_path, GOOD)

    assert run("import_posts", str(path)).error == "Error: the following arguments are required: --workspace"
    assert run("import_posts", str(path), "--workspace", "h3o").error == "There is no workspace 'h3o'. Known: h2o."
    assert bring(path, "--starting", "monday").error == (
        "Error: argument --starting: 'monday' is not a date: write it like 2027-01-31"
    )
