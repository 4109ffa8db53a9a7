"""Uploads are known by what they hold, and come back as nothing else."""

import pytest
from PIL import Image

from campaigns.models import Media
from scheduling.tests.uploads import HEIC, HTML, MATROSKA, MOV, MP4, SVG, WEBM, picture, upload
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(cast):
    return Api(cast.workspace)


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
