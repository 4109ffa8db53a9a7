"""Answers that are too long to be held: written while they are read."""

from collections.abc import AsyncIterator, Iterator
from itertools import chain, islice

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from rest_framework.request import Request

FEW = 3  # Parts of a file: its head, its foot, and what is between them.


def streamed_json(request: Request, parts: Iterator[bytes]) -> StreamingHttpResponse:
    """Return JSON that is written while it is read."""
    return streamed(request._request, parts, "application/json")


def streamed(
    request: HttpRequest, parts: Iterator[bytes], content_type: str, headers: dict[str, str] | None = None
) -> StreamingHttpResponse:
    """Return an answer that asks for its next part when the one before is on its way.

    An error on the way breaks the connection off: what arrives whole is whole.
    """
    under_asgi = isinstance(request, ASGIRequest)
    return StreamingHttpResponse(
        _one_by_one(parts) if under_asgi else parts, content_type=content_type, headers=headers
    )


def file_answer(
    request: HttpRequest, parts: Iterator[bytes], *, name: str, content_type: str
) -> StreamingHttpResponse | HttpResponse:
    """Return a file to be saved: as a whole where it is short, so that an error is still an answer."""
    headers = {"Content-Disposition": content_disposition_header(True, name), "Cache-Control": "private, no-store"}
    begun = list(islice(parts, FEW))
    if len(begun) < FEW:
        return HttpResponse(b"".join(begun), content_type=content_type, headers=headers)
    return streamed(request, chain(begun, parts), content_type, headers)


async def _one_by_one(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Yield parts that are made in the request's thread: Django's ASGI handler would read a plain iterator whole."""
    while (part := await sync_to_async(_next)(parts)) is not None:
        yield part


def _next(parts: Iterator[bytes]) -> bytes | None:
    """Return the next part and give the connection back: a slow reader must not keep it from others."""
    try:
        return next(parts, None)
    finally:
        close_old_connections()
