"""How the web process answers HTTP: one thread a request, which keeps nothing of it."""

import asyncio
import threading
from types import SimpleNamespace

import pytest
from asgiref.testing import ApplicationCommunicator
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path
from django.utils import translation

from marketmind.handling import Handler

seen = SimpleNamespace(threads=[], closed=None, parts=0)


def whole(request):
    """Answer with the language that the thread was left with, and leave another."""
    seen.threads.append(threading.current_thread().name)
    found = translation.get_language()
    translation.activate("es")
    return HttpResponse(f"{found} {request.body.decode()}")


def endless(request):
    """Answer without an end."""

    async def parts():
        try:
            while True:
                seen.parts += 1
                yield b"one more "
                await asyncio.sleep(0)
        finally:
            seen.closed = True

    return StreamingHttpResponse(parts())


def broken(request):
    """Answer with the page of a bug."""
    raise RuntimeError("This is a bug.")


urlpatterns = [path("whole/", whole), path("endless/", endless), path("broken/", broken)]
handler404 = handler500 = lambda request, exception=None: HttpResponse("Sorry.", status=500)


@pytest.fixture(autouse=True)
def alone(settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
    seen.threads, seen.closed, seen.parts = [], None, 0
    for signal in (request_started, request_finished):  # The connections are of tests, in whose transactions they are.
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def scope_of(path):
    return {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
    }


async def answer(handler, path, *body):
    """Return the status and the body of an answer to a body that comes in parts."""
    web = ApplicationCommunicator(handler, scope_of(path))
    for part in body[:-1]:
        await web.send_input({"type": "http.request", "body": part, "more_body": True})
    await web.send_input({"type": "http.request", "body": body[-1] if body else b""})
    start, content = await web.receive_output(5), await web.receive_output(5)
    await web.wait(5)
    return start["status"], content["body"]


def test_a_request_is_read_whole_and_answered_in_a_thread_of_the_handler():
    found = asyncio.run(answer(Handler(), "/whole/", b"hello ", b"there"))

    assert found == (200, b"en hello there")
    assert seen.threads[0].startswith("request")


def test_what_one_request_sets_for_itself_is_gone_for_the_next():
    async def twice(handler):
        return [await answer(handler, "/whole/") for _ in range(3)]

    assert {body for _, body in asyncio.run(twice(Handler()))} == {b"en "}


def test_a_bug_is_a_page_and_the_handler_goes_on():
    handler = Handler()

    async def both():
        return await answer(handler, "/broken/"), await answer(handler, "/whole/")

    (status, text), (after, _) = asyncio.run(both())

    assert (status, text, after) == (500, b"Sorry.", 200)


def test_a_caller_who_leaves_before_the_end_of_the_body_is_not_answered():
    async def leave():
        web = ApplicationCommunicator(Handler(), scope_of("/whole/"))
        await web.send_input({"type": "http.request", "body": b"half", "more_body": True})
        await web.send_input({"type": "http.disconnect"})
        await web.wait(5)
        return await web.receive_nothing()

    assert asyncio.run(leave())
    assert seen.threads == []


def test_an_answer_in_parts_ends_when_nobody_listens_any_more():
    async def listen_a_while():
        web = ApplicationCommunicator(Handler(), scope_of("/endless/"))
        await web.send_input({"type": "http.request", "body": b""})
        start, *parts = [await web.receive_output(5) for _ in range(4)]
        await web.send_input({"type": "http.disconnect"})
        await web.wait(5)
        return start["status"], parts

    status, parts = asyncio.run(listen_a_while())

    assert (status, parts[0]["body"], parts[0]["more_body"]) == (200, b"one more ", True)
    assert seen.closed
