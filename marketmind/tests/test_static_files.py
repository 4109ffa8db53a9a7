"""Static files as the web process serves them: whole, in parts, and not again when nothing has changed."""

import asyncio
from pathlib import Path

import pytest
from django.conf import settings
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import AsyncClient, Client

SHEET = Path(settings.BASE_DIR, "static", "css", "base.css")
ADDRESS = "/static/css/base.css"


def over_asgi(**headers):
    """Return an answer and its body, read as the ASGI handler reads it; a warning is an error."""

    async def ask():
        answer = await AsyncClient().get(ADDRESS, headers=headers)
        body = b"".join([part async for part in answer]) if answer.status_code != 304 else b""
        request_finished.disconnect(close_old_connections)  # Of other tests, in whose transactions they are.
        try:
            answer.close()
        finally:
            request_finished.connect(close_old_connections)
        return answer, body

    return asyncio.run(ask())


def test_a_file_comes_whole_without_a_warning():
    answer, body = over_asgi()

    assert (answer.status_code, answer["Content-Type"]) == (200, 'text/css; charset="utf-8"')
    assert body == SHEET.read_bytes()


@pytest.mark.parametrize(("wanted", "part"), [("bytes=0-9", slice(0, 10)), ("bytes=100-", slice(100, None))])
def test_a_part_of_a_file_comes_alone(wanted, part):
    answer, body = over_asgi(range=wanted)

    assert (answer.status_code, body) == (206, SHEET.read_bytes()[part])


def test_a_file_that_has_not_changed_is_not_sent_again():
    known = over_asgi()[0]["Last-Modified"]

    answer, _ = over_asgi(**{"if-modified-since": known})

    assert answer.status_code == 304


def test_a_server_without_asgi_gets_it_too():
    answer = Client().get(ADDRESS)

    assert b"".join(answer.streaming_content) == SHEET.read_bytes()
