"""Static files from the web process: before Django, for a page asks for dozens of them at once."""

from asyncio import to_thread
from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import Response

CHUNK = 256 * 1024
# What Django's SecurityMiddleware says of every page.
SAFE = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"same-origin"))


class StaticFiles(WhiteNoiseMiddleware):
    """An ASGI application: WhiteNoise's files under STATIC_URL, everything else as before."""

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer a request for a file, or let the next answer."""
        is_ours = scope["type"] == "http" and scope["path"].startswith(self.static_prefix)
        answer = await to_thread(self._answer, scope) if is_ours else None
        if answer is None:
            await self.get_response(scope, receive, send)
        else:
            await _send(answer, send)

    def _answer(self, scope: dict[str, Any]) -> Response | None:
        """Return WhiteNoise's answer, or None if there is no such file."""
        path = scope["path"]
        found = self.find_file(path) if self.autorefresh else self.files.get(path)
        if found is None:
            return None
        headers = {f"HTTP_{name.decode('latin1').upper().replace('-', '_')}": value for name, value in scope["headers"]}
        return found.get_response(scope["method"], {name: value.decode("latin1") for name, value in headers.items()})


async def _send(answer: Response, send: Any) -> None:
    headers = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in answer.headers]
    await send({"type": "http.response.start", "status": int(answer.status), "headers": [*headers, *SAFE]})
    if answer.file is None:
        await send({"type": "http.response.body", "body": b""})
        return
    with answer.file as file:
        while piece := await to_thread(file.read, CHUNK):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
