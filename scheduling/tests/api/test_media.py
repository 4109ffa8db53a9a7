"""Media over the API."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import Attachment, Media
from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.api.media import MediaUpload
from scheduling.services import media_files
from scheduling.services.media import keep_media
from scheduling.tests.factories import NOW
from scheduling.tests.uploads import HTML, MP4, picture, upload
from workspaces.errors import Invalid
from workspaces.models import LedgerEvent
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
URL = "/api/v1/media"
MOST_QUERIES = 6


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


def stored():
    """Return how many files the storage has for workspaces."""
    days = [f"{top}/{year}/{month}/{day}" for top, year, month, day in _days()]
    return sum(len(default_storage.listdir(day)[1]) for day in days)


def _days():
    tops = default_storage.listdir("")[0] if default_storage.exists("") else []
    for top in tops:
        for year in default_storage.listdir(top)[0]:
            for month in default_storage.listdir(f"{top}/{year}")[0]:
                for day in default_storage.listdir(f"{top}/{year}/{month}")[0]:
                    yield top, year, month, day


def test_a_picture_is_kept_read_described_and_deleted(api, cast):
    content, brand = picture(), BrandFactory(workspace=cast.workspace)

    made = upload(api, content, alt_text="A cup of tea", brand=str(brand.pk))
    one = f"{URL}/{made.json()['id']}"
    changed = api.patch(one, {"alt_text": "A cup of coffee", "brand": None})

    assert made.status_code == 201
    expected = {"kind": "image", "content_type": "image/png", "width": 8, "height": 4, "size": len(content)}
    assert {name: made.json()[name] for name in expected} == expected
    assert (made.json()["brand"], made.json()["alt_text"]) == (str(brand.pk), "A cup of tea")
    assert (changed.json()["brand"], changed.json()["alt_text"]) == (None, "A cup of coffee")
    assert api.get(URL, kind="image", name="CUP").json()["results"] == [changed.json()]
    assert api.delete(one).status_code == 204
    assert not Media.objects.exists()
    told = LedgerEvent.objects.filter(entity_type="media").order_by("id").values_list("event_type", flat=True)
    assert list(told) == ["media_created", "media_changed", "media_deleted"]


def test_the_file_goes_with_its_row_and_does_not_outlive_a_refusal(api, cast):
    before = stored()
    foreign = Media(workspace=cast.workspace, brand=BrandFactory(workspace=cast.elsewhere), created_at=NOW)

    made = upload(api, picture()).json()
    upload(api, HTML)
    with pytest.raises(Invalid):  # By a rule of the row, when the file is in the storage already.
        keep_media(media=foreign, upload=ContentFile(picture(), "cup.png"), now=NOW, actor="user:ana")
    between = stored()
    api.delete(f"{URL}/{made['id']}")

    assert (between, stored()) == (before + 1, before)


def test_a_file_that_is_too_large_of_its_kind_is_refused(api, monkeypatch):
    monkeypatch.setattr(media_files, "LARGEST", {"image": 10, "video": 2 * 1024 * 1024})

    said = refused(upload(api, picture()), 422, "validation_error")

    assert list(said["errors"]) == ["file"]
    assert upload(api, MP4).status_code == 201


def test_the_name_loses_its_folders_and_the_storage_never_sees_it(api):
    made = upload(api, picture(), name="C:\\fakepath\\..\\" + "x" * 300 + ".png").json()

    assert len(made["name"]) <= 200
    assert made["name"].endswith(".png")
    assert "\\" not in made["name"]
    assert "xxx" not in Media.objects.get().file.name


def test_the_same_upload_under_one_key_is_kept_once(api):
    once = {"Idempotency-Key": "once"}

    first, again = (upload(api, picture(), headers=once) for _ in range(2))
    other = upload(api, picture("GIF"), headers=once)

    assert first.json() == again.json()
    refused(other, 409, "conflict")
    assert Media.objects.count() == 1


def test_a_file_that_content_carries_stays(api, cast):
    made = upload(api, picture()).json()
    content = ContentItemFactory(brand__workspace=cast.workspace)
    Attachment.objects.create(content_item=content, media_id=made["id"])

    said = refused(api.delete(f"{URL}/{made['id']}"), 409, "conflict")

    assert said["error_message"] == (
        "“cup.png” cannot be deleted: 1 attachment belongs to it. Take it out of the content first."
    )
    assert [row["id"] for row in api.get(URL, is_used="true").json()["results"]] == [made["id"]]
    assert b"".join(api.client.get(made["url"], headers=api.headers)) == picture()


@pytest.mark.parametrize(("field", "value"), [("brand", "nobody"), ("alt_txt", "x"), ("kind", "video")])
def test_what_is_wrong_stands_at_its_field(api, field, value):
    made = upload(api, picture())
    one = f"{URL}/{made.json()['id']}"

    said = [upload(api, picture(), **{field: value}), api.patch(one, {field: value})]

    assert field == "kind" or [list(refused(one, 422, "validation_error")["errors"]) for one in said] == [[field]] * 2
    assert Media.objects.get().kind == "image"


def test_a_brand_of_another_workspace_is_unknown(api, cast):
    brand = BrandFactory(workspace=cast.elsewhere)

    said = refused(upload(api, picture(), brand=str(brand.pk)), 422, "validation_error")

    assert list(said["errors"]) == ["brand"]


def test_a_body_without_a_file_is_refused_at_its_field(api):
    assert list(refused(api.post(URL, {}), 422, "validation_error")["errors"]) == ["file"]
    assert list(refused(api.post(URL, {"file": "cup.png"}), 422, "validation_error")["errors"]) == ["file"]


def test_a_form_that_cannot_be_read_is_malformed(api):
    refused(api.send("POST", URL, b"--x\r\nnonsense", "multipart/form-data"), 400, "malformed")


def test_a_body_that_is_too_large_is_not_read(api, monkeypatch):
    monkeypatch.setattr(MediaUpload, "largest", 1024 * 1024)

    said = refused(upload(api, MP4 + b"x" * 1024 * 1024), 413, "too_large")

    assert said["error_message"] == "The body is larger than 1 MB."
    assert not Media.objects.exists()


def test_a_file_that_is_gone_from_the_storage_is_not_found(api):
    made = upload(api, picture()).json()
    default_storage.delete(Media.objects.get().file.name)

    refused(api.client.get(made["url"], headers=api.headers), 404, "not_found")


def test_who_only_reads_sees_files_and_uploads_none(api, cast):
    made = upload(api, picture()).json()
    reader = Api(cast.workspace, "read")

    assert reader.client.get(made["url"], headers=reader.headers).status_code == 200
    refused(upload(reader, picture()), 403, "forbidden")
    refused(Api(cast.elsewhere).get(f"{URL}/{made['id']}/file"), 404, "not_found")


def test_the_list_takes_the_same_few_queries_whatever_its_length(api):
    api.get(URL)  # The first call notes that the key is in use.

    with CaptureQueriesContext(connection) as before:
        api.get(URL)
    for _ in range(60):
        upload(api, MP4)
    with CaptureQueriesContext(connection) as after:
        answer = api.get(URL)

    assert len(answer.json()["results"]) == 50
    assert len(after) == len(before) <= MOST_QUERIES
