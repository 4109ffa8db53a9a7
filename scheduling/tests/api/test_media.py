"""Media over the API: uploads are known by what they hold, and come back as nothing else."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from campaigns.models import Attachment, Media
from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.api.media import MediaUpload
from scheduling.services import media_files
from workspaces.models import LedgerEvent
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
URL = "/api/v1/media"
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + b"\x00" * 40
MOV = b"\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00qt  " + b"\x00" * 40
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x84webm" + b"\x00" * 40
MATROSKA = WEBM.replace(b"\x84webm", b"\x88matroska")
HEIC = MP4.replace(b"isom", b"heic", 1)
HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
MOST_QUERIES = 6


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


def picture(kind="PNG", size=(8, 4), **options):
    """Return a picture's bytes."""
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def upload(api, content, name="cup.png", headers=None, **fields):
    """Upload a file as a form."""
    form = {"file": SimpleUploadedFile(name, content), **fields}
    return api.client.post(URL, form, headers={**api.headers, **(headers or {})})


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


def test_the_file_goes_with_its_row_and_stays_with_a_refusal(api):
    before = stored()

    made = upload(api, picture()).json()
    upload(api, HTML)
    upload(api, picture(), alt_text="x" * 1001)
    between = stored()
    api.delete(f"{URL}/{made['id']}")

    assert (between, stored()) == (before + 1, before)


@pytest.mark.parametrize(
    ("content", "kind", "content_type"),
    [
        (picture("JPEG"), "image", "image/jpeg"),
        (picture("GIF"), "image", "image/gif"),
        (picture("WEBP"), "image", "image/webp"),
        (MP4, "video", "video/mp4"),
        (MOV, "video", "video/quicktime"),
        (WEBM, "video", "video/webm"),
    ],
)
def test_what_a_file_is_says_what_it_holds_not_its_name(api, content, kind, content_type):
    made = upload(api, content, name="page.html")

    assert (made.json()["kind"], made.json()["content_type"]) == (kind, content_type)
    answer = api.client.get(made.json()["url"], headers=api.headers)
    assert b"".join(answer) == content
    assert answer["Content-Type"] == content_type
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'inline; filename="page.html"'
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (HTML, "Use a JPEG"),
        (SVG, "Use a JPEG"),
        (MATROSKA, "Use a JPEG"),
        (HEIC, "Use a JPEG"),
        (picture()[:48], "The picture is broken"),
        (picture("JPEG", (64, 64))[:300], "The picture is broken"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "The picture is broken"),
        (b"RIFF\x00\x00\x00\x00WEBP" + b"\x00" * 50, "The picture is broken"),
        (b"GIF89a" + b"\x00" * 50, "The picture is broken"),
    ],
)
def test_what_is_neither_a_picture_nor_a_film_is_refused_whatever_it_is_called(api, content, sentence):
    said = refused(upload(api, content, name="cup.png"), 422, "validation_error")

    assert said["errors"]["file"][0].startswith(sentence)
    assert not Media.objects.exists()


@pytest.mark.parametrize("size", [(7_000, 7_000), (20_000, 20_000)])
def test_a_small_file_with_a_huge_picture_is_refused_before_it_is_unpacked(api, size):
    bomb = bytearray(picture("GIF"))
    bomb[6:10] = size[0].to_bytes(2, "little") + size[1].to_bytes(2, "little")

    said = refused(upload(api, bytes(bomb)), 422, "validation_error")

    assert said["errors"]["file"] == ["The picture has more than 40 million pixels."]


def test_a_picture_that_lies_on_its_side_has_the_size_that_one_sees(api):
    turned = Image.Exif()
    turned[0x0112] = 6

    made = upload(api, picture("JPEG", (8, 4), exif=turned)).json()

    assert (made["width"], made["height"]) == (4, 8)


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

    assert said["error_message"] == "Content carries it. Take it out there first."
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
