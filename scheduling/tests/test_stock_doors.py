"""Files of what posts are made of, by every door: the API, the commands and the page."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.models import Brand, ContentItem
from campaigns.tests.factories import BrandFactory, CampaignFactory, ContentItemFactory
from scheduling.tests.exporting import rows_of
from workspaces.tests.calling import Api, refused
from workspaces.tests.commands import run

pytestmark = pytest.mark.django_db
IMPORT, EXPORT, PAGE = "/api/v1/import", "/api/v1/export", "/calendar/export/"
BRANDS = b"name,timezone\nCaf\xc3\xa9 Lumen,Europe/Madrid\n"


@pytest.fixture
def brand(cast):
    return BrandFactory(workspace=cast.workspace, name="Lumen")


@pytest.fixture
def editor(client, cast):
    client.force_login(cast.editor)
    return client


def whole(answer):
    return b"".join(answer).decode()


def test_the_api_gives_a_file_of_each_kind(cast, brand):
    api = Api(cast.workspace)
    ContentItemFactory(brand=brand, title="Cata", campaign=CampaignFactory(brand=brand, name="Otoño"))

    found = {kind: api.get(f"{EXPORT}?kind={kind}") for kind in ("content", "campaigns", "brands")}

    rows = {kind: rows_of(whole(one))[0] for kind, one in found.items()}
    assert (rows["content"]["campaign"], rows["brands"]["name"]) == (
        rows["campaigns"]["external_ref"] or "Otoño",
        "Lumen",
    )
    assert "h2o-brands-" in found["brands"]["Content-Disposition"]


def test_the_api_makes_what_a_file_of_a_kind_says(cast):
    api = Api(cast.workspace)

    tried = api.post(f"{IMPORT}?kind=brands", [{"name": "Lumen"}])
    made = api.post(f"{IMPORT}?kind=brands&dry_run=false", [{"name": "Lumen"}])

    assert (tried.status_code, made.status_code) == (200, 201)
    assert made.json()["counts"]["made"] == 1
    assert made.json()["rows"][0]["id"] == str(Brand.objects.get().pk)


@pytest.mark.parametrize(
    ("path", "field"),
    [(f"{EXPORT}?kind=people", "kind"), (f"{EXPORT}?kind=content&platform=x", "kind")],
)
def test_the_api_says_what_it_cannot_give(cast, path, field):
    assert field in refused(Api(cast.workspace).get(path), 422, "validation_error")["errors"]


def test_only_posts_can_be_moved_in_time(cast):
    answer = Api(cast.workspace).post(f"{IMPORT}?kind=brands&starting=2027-01-01", [{"name": "Lumen"}])

    assert refused(answer, 422, "validation_error")["error_message"] == "Only posts can be moved to another week."


def test_who_may_only_read_brings_nothing_in(cast):
    refused(Api(cast.workspace, "read").post(f"{IMPORT}?kind=brands", [{"name": "Lumen"}]), 403, "forbidden")


def test_the_commands_write_and_read_a_kind(cast, brand, tmp_path):
    ContentItemFactory(brand=brand, title="Cata")
    path = tmp_path / "content.csv"

    written = run("export_posts", "--workspace", "h2o", "--kind", "content", "--output", str(path), "--json")
    ContentItem.objects.all().delete()
    read = run("import_posts", str(path), "--workspace", "h2o", "--kind", "content", "--json")

    assert (written.code, read.code) == (0, 0)
    assert read.document["counts"]["tray"] == 1
    assert ContentItem.objects.get().title == "Cata"


def test_the_command_prints_a_kind_as_one_document(cast, brand):
    said = run("export_posts", "--workspace", "h2o", "--kind", "brands", "--json")

    assert [one["name"] for one in said.document["brands"]] == ["Lumen"]


@pytest.mark.parametrize("name", ["brands.csv", "brands.json"])
def test_the_page_knows_a_file_by_its_columns(editor, cast, name):
    data = (
        BRANDS if name.endswith("csv") else json.dumps([{"name": "Café Lumen", "timezone": "Europe/Madrid"}]).encode()
    )

    looked = editor.post(reverse("import-posts"), {"file": SimpleUploadedFile(name, data)}, follow=True)
    before = Brand.objects.count()
    done = editor.post(looked.redirect_chain[-1][0])

    assert "Café Lumen" in looked.content.decode()
    assert "row would come in" in looked.content.decode()
    assert (before, done.status_code) == (0, 200)
    assert Brand.objects.get().timezone.key == "Europe/Madrid"


def test_a_file_that_fits_nothing_is_refused_in_the_words_for_posts(editor):
    answer = editor.post(reverse("import-posts"), {"file": SimpleUploadedFile("a.csv", b"nombre,zona\nLumen,x\n")})

    assert answer.status_code == 422
    assert "The columns are title,body,link,channel_account,scheduled_for" in answer.content.decode()


def test_the_page_gives_a_file_of_each_kind(editor, cast, brand):
    links = editor.get(reverse("import-posts")).content.decode()

    answer = editor.get(PAGE, {"kind": "brands"})

    assert "Export brands" in links
    assert [row["name"] for row in rows_of(whole(answer).removeprefix("\ufeff"))] == ["Lumen"]


def test_the_page_says_on_the_calendar_what_it_cannot_give(editor, cast):
    answer = editor.get(PAGE, {"kind": "people"}, follow=True)

    assert "'people' is not a kind of file." in answer.content.decode().replace("&#x27;", "'")
