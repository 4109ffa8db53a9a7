"""The same bad rows are refused in the same words by command, API and page; and nothing comes in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from campaigns.models import ContentItem
from scheduling.models import PostInstance
from scheduling.tests.factories import NOW, ChannelAccountFactory
from scheduling.tests.importing import HEADER, csv_of
from scheduling.tests.pages.markup import Markup
from workspaces.tests.calling import Api
from workspaces.tests.commands import run

pytestmark = pytest.mark.django_db
BAD_ROWS = [
    ({"title": ""}, "The title is empty. Give the post a title, by which the team finds it."),
    ({"title": "x" * 201}, "The title has 201 characters; 200 are the most."),
    ({"body": "", "link": ""}, "Write what the post says, or give it a link."),
    ({"link": "lumen"}, "“lumen” is not a web address. Write it like https://example.com/page."),
    ({"channel_account": "@nobody"}, "There is no account “@nobody” in this workspace. Use one of lumen-x."),
    ({"scheduled_for": "tomorrow"}, "scheduled_for: “tomorrow” is not a time. Write it like 2025-01-15T20:00"),
    ({"scheduled_for": "2026-11-01T09:30"}, "2026-11-01 09:30 is in the past."),
    ({"scheduled_for": "2199-12-31T09:30"}, "2199-12-31 09:30 is more than 5 years ahead: check the year."),
    ({"status": "lost"}, "“lost” is not a status. Use scheduled or draft, or leave it out."),
    ({"status": "published"}, "It is published: there is nothing left to plan."),
]
BAD_FILES = [
    (b"", "The file is empty."),
    (
        b"titulo;body;link;channel_account;scheduled_for\n",
        "Line 1: title is missing, “titulo” is not a column.",
    ),
    (f'{HEADER}\n"Cata,Ven,,lumen-x,\n'.encode(), "Line 2: a quotation mark opens in this row and is never closed."),
    ("título".encode("utf-16"), "Line 1: the file is UTF-16, not UTF-8."),
]


@pytest.fixture(autouse=True)
def _it_is_now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def account(cast):
    return ChannelAccountFactory(brand__workspace=cast.workspace, external_ref="lumen-x")


def upload(data):
    return {"file": SimpleUploadedFile("posts.csv", data)}


def by_command(account, cast, data, folder):
    path = folder / "posts.csv"
    path.write_bytes(data)
    said = run("import_posts", str(path), "--workspace", account.workspace.slug)
    return said.out + said.error


def by_api(account, cast, data, folder):
    api = Api(account.workspace)
    form = {**upload(data), "dry_run": "false"}
    answer = api.client.post("/api/v1/import", form, headers=api.headers)
    assert answer.status_code == 422
    return str(answer.json())


def by_page(account, cast, data, folder):
    browser = Client()
    browser.force_login(cast.editor)
    answer = browser.post("/calendar/import/", upload(data))
    return Markup(browser.post(answer["Location"]) if answer.status_code == 302 else answer).text()


@pytest.mark.parametrize("door", [by_command, by_api, by_page])
@pytest.mark.parametrize(("row", "sentence"), BAD_ROWS)
def test_a_bad_row_is_refused_alike_and_keeps_the_good_one_out(account, cast, tmp_path, door, row, sentence):
    columns = [*HEADER.split(","), "status"]
    data = csv_of([{"title": "Cata", "status": ""}, {"status": "", **row}], columns)

    assert sentence in door(account, cast, data, tmp_path)
    assert not PostInstance.objects.exists()
    assert not ContentItem.objects.exists()


@pytest.mark.parametrize("door", [by_command, by_api, by_page])
@pytest.mark.parametrize(("data", "sentence"), BAD_FILES)
def test_a_file_that_cannot_be_read_is_refused_alike(account, cast, tmp_path, door, data, sentence):
    assert sentence in door(account, cast, data, tmp_path)
