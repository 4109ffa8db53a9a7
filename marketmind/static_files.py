"""Static files from the web process: before Django, for a page asks for dozens of them at once."""

from asyncio import to_thread
from contextlib import nullcontext
from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import Response

PIECE = 256 * 1024
# What Django's SecurityMiddleware says of every page.
SAFE = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"same-origin"))


class StaticFiles(WhiteNoiseMiddleware):
    """An ASGI application: WhiteNoise's files under STATIC_URL, everything else as before."""

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer a request for a file, or let the next answer."""
        is_ours = scope["type"] == "http" and scope["path"].startswith(self.static_prefix)
        answer, begun = await to_thread(self._answer, scope) if is_ours else (None, b"")
        if answer is None:
            await self.get_response(scope, receive, send)
        else:
            await _send(answer, begun, send)

    def _answer(self, scope: dict[str, Any]) -> tuple[Response | None, bytes]:
        """Return WhiteNoise's answer and its first piece, which is all of most files; None if there is no such file."""
        path = scope["path"]
        found = self.find_file(path) if self.autorefresh else self.files.get(path)
        if found is None:
            return None, b""
        headers = {f"HTTP_{name.decode('latin1').upper().replace('-', '_')}": value for name, value in scope["headers"]}
        answer = found.get_response(scope["method"], {name: value.decode("latin1") for name, value in headers.items()})
        return answer, answer.file.read(PIECE) if answer.file else b""


async def _send(answer: Response, piece: bytes, send: Any) -> None:
    headers = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in answer.headers]
    with answer.file or nullcontext() as file:
        await send({"type": "http.response.start", "status": int(answer.status), "headers": [*headers, *SAFE]})
        while len(piece) == PIECE:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            piece = await to_thread(file.read, PIECE)
        await send({"type": "http.response.body", "body": piece})
