"""Static files as the web process serves them: whole, in parts, and not again when nothing has changed."""

import asyncio
import gzip
from pathlib import Path

import pytest
from asgiref.testing import ApplicationCommunicator
from django.conf import settings

from marketmind.static_files import PIECE, StaticFiles

SHEET = Path(settings.BASE_DIR, "static", "css", "base.css")
ADDRESS = "/static/css/base.css"


async def rest(scope, receive, send):
    """Answer in Django's place."""
    await send({"type": "http.response.start", "status": 418, "headers": []})
    await send({"type": "http.response.body", "body": b"Not a file."})


def ask(path=ADDRESS, method="GET", **headers):
    """Return the status, the headers and the body of an answer."""

    async def talk():
        named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "path": path, "method": method, "headers": named}
        web = ApplicationCommunicator(StaticFiles(rest), scope)
        start, parts = await web.receive_output(5), []
        while True:
            part = await web.receive_output(5)
            parts.append(part["body"])
            if not part.get("more_body"):
                return start["status"], dict(start["headers"]), b"".join(parts)

    return asyncio.run(talk())


def test_a_file_comes_whole_and_is_what_it_says():
    status, headers, body = ask()

    assert (status, headers[b"content-type"]) == (200, b'text/css; charset="utf-8"')
    assert (headers[b"x-content-type-options"], body) == (b"nosniff", SHEET.read_bytes())


@pytest.mark.parametrize(("wanted", "part"), [("bytes=0-9", slice(0, 10)), ("bytes=100-", slice(100, None))])
def test_a_part_of_a_file_comes_alone(wanted, part):
    status, _, body = ask(range=wanted)

    assert (status, body) == (206, SHEET.read_bytes()[part])


def test_a_file_that_has_not_changed_is_not_sent_again():
    known = ask()[1][b"last-modified"].decode()

    status, _, body = ask(if_modified_since=known)

    assert (status, body) == (304, b"")


def test_only_the_head_is_sent_if_only_the_head_is_wanted():
    status, headers, body = ask(method="HEAD")

    assert (status, int(headers[b"content-length"]), body) == (200, SHEET.stat().st_size, b"")


def test_a_compressed_file_goes_to_who_can_read_it(settings, tmp_path):
    text = b"a { color: red }\n" * 100
    (tmp_path / "a.css").write_bytes(text)
    (tmp_path / "a.css.gz").write_bytes(gzip.compress(text))
    settings.STATIC_ROOT, settings.WHITENOISE_AUTOREFRESH, settings.WHITENOISE_USE_FINDERS = tmp_path, False, False

    _, headers, packed = ask("/static/a.css", accept_encoding="gzip")
    _, plain_headers, plain = ask("/static/a.css")

    assert (headers[b"content-encoding"], gzip.decompress(packed), plain) == (b"gzip", text, text)
    assert b"content-encoding" not in plain_headers
    assert headers[b"vary"] == b"Accept-Encoding"


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_file_of_several_pieces_comes_whole(settings, tmp_path, more):
    text = bytes(range(256)) * (PIECE // 256) * 2 + b"x" * max(more, 0)
    text = text[:-1] if more < 0 else text
    (tmp_path / "film.bin").write_bytes(text)
    settings.STATIC_ROOT, settings.WHITENOISE_AUTOREFRESH, settings.WHITENOISE_USE_FINDERS = tmp_path, False, False

    assert ask("/static/film.bin")[2] == text


@pytest.mark.parametrize("path", ["/static/css/none.css", "/static/../settings.py", "/calendar/"])
def test_what_is_no_file_is_left_to_the_pages(path):
    assert ask(path)[0] == 418
