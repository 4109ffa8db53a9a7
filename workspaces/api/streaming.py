"""Answers that are too long to be held: written while they are read."""

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from django.http import StreamingHttpResponse
from rest_framework.request import Request


def streamed_json(request: Request, parts: Iterator[bytes]) -> StreamingHttpResponse:
    """Return an answer that asks for its next part when the one before is on its way.

    An error on the way breaks the connection off: what arrives whole is whole.
    """
    under_asgi = isinstance(request._request, ASGIRequest)
    return StreamingHttpResponse(_one_by_one(parts) if under_asgi else parts, content_type="application/json")


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
