"""Static files from the web process, read without blocking the others that it serves."""

from asyncio import to_thread
from collections.abc import AsyncIterator
from typing import Any, BinaryIO

from django.core.handlers.asgi import ASGIRequest
from django.http import FileResponse, HttpRequest
from whitenoise.middleware import WhiteNoiseMiddleware

CHUNK = 64 * 1024


class StaticFiles(WhiteNoiseMiddleware):
    """WhiteNoise, whose files Django's ASGI handler would otherwise read whole into memory, with a warning each."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> FileResponse:
        """Return a file, or what is said in its place, such as that it has not changed."""
        response = WhiteNoiseMiddleware.serve(static_file, request)
        if isinstance(request, ASGIRequest):
            response.streaming_content = _chunks(response.file_to_stream)
        return response


async def _chunks(file: BinaryIO | None) -> AsyncIterator[bytes]:
    while file and (chunk := await to_thread(file.read, CHUNK)):
        yield chunk
