"""Pages travel compressed to who takes them so, and nothing else does."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse, JsonResponse
from django.test import RequestFactory

from marketmind.compressing import CompressPages

LONG = "Free cupping this Saturday. " * 50


def answered(response, encoding="gzip, deflate, br"):
    request = RequestFactory().get("/", headers={"Accept-Encoding": encoding})
    return CompressPages(lambda _: response)(request)


def test_a_page_is_compressed_for_who_takes_it_so():
    compressed, plain = answered(HttpResponse(LONG)), answered(HttpResponse(LONG), encoding="identity")

    assert gzip.decompress(compressed.content).decode() == LONG
    assert len(compressed.content) < len(LONG) / 4
    assert plain.content.decode() == LONG
    assert "Accept-Encoding" in compressed["Vary"]


def test_the_length_of_a_compressed_page_varies_so_that_it_tells_nothing():
    lengths = {len(answered(HttpResponse(LONG)).content) for _ in range(20)}

    assert len(lengths) > 1


@pytest.mark.parametrize(
    "response",
    [
        JsonResponse({"text": LONG}),
        HttpResponse(LONG, content_type="image/svg+xml"),
        FileResponse([LONG.encode()], content_type="text/html"),
    ],
)
def test_json_files_and_streams_stay_as_they_are(response):
    assert "Content-Encoding" not in answered(response)
