"""Who comes in at `/mcp`: the same credentials, workspaces and pace as at the API; everything else is Django's."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from django.http import JsonResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from rest_framework.exceptions import AuthenticationFailed

from marketmind.assistants.visit import VISIT, Visit
from workspaces.access import Caller
from workspaces.api.auth import REALM, ApiKeyAuthentication, TokenAuthentication
from workspaces.api.errors import CODE_OF_STATUS, body, status_of
from workspaces.api.pace import address, headers
from workspaces.errors import Refusal
from workspaces.rules import Turn
from workspaces.services.pace import turn_of_workspace, turn_outside

PATH = "/mcp"
SERVER = "marketmind.assistants.server.application"
Application = Callable[..., Awaitable[None]]
WITH_A_TOKEN = (ApiKeyAuthentication(), TokenAuthentication())  # No session: a page must not act through a browser.
NO_BODY = b""


class Door:
    """An ASGI application: `/mcp` for assistants, everything else as before.

    It keeps no session between two requests, so that any web process can answer each.
    """

    def __init__(self, rest: Application) -> None:
        self.rest = rest
        self._first = asyncio.Lock()
        self._over = asyncio.Event()
        self._served: tuple[Application, asyncio.Task] | None = None

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer a request, or start and stop with the process."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http" and scope["path"].rstrip("/") == PATH:
            await self._let_in({**scope, "path": PATH}, receive, send)
        else:
            await self.rest(scope, receive, send)

    async def _let_in(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        async with ThreadSensitiveContext():
            found = await sync_to_async(greet)(scope)
            if isinstance(found, Visit):
                assistants = await self._assistants()
                await assistants({**scope, VISIT: found}, receive, send)
                return
        headers = [(name.lower().encode(), value.encode()) for name, value in found.items()]
        await send({"type": "http.response.start", "status": found.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": found.content})

    async def _assistants(self) -> Application:
        """Return the SDK's application; the first visit loads it: 30 MB that most web processes never need."""
        async with self._first:
            if self._served is None:
                application = await sync_to_async(import_string)(SERVER)
                started = asyncio.Event()
                self._served = application, asyncio.create_task(self._run(application, started))
                await started.wait()
        return self._served[0]

    async def _run(self, application: Any, started: asyncio.Event) -> None:
        async with application.router.lifespan_context(application):
            started.set()
            await self._over.wait()

    async def _live(self, receive: Any, send: Any) -> None:
        """Say that all is ready; at the end, let the SDK end first."""
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._over.set()
        if self._served:
            await self._served[1]
        await send({"type": "lifespan.shutdown.complete"})


def greet(scope: dict[str, Any]) -> Visit | JsonResponse:
    """Return who comes, and into which workspace, or why they may not come in."""
    try:
        return _visit(ASGIRequest(scope, NO_BODY))
    finally:
        close_old_connections()


def _visit(request: ASGIRequest) -> Visit | JsonResponse:
    try:
        host = request.get_host()
    except DisallowedHost:
        return _refused(400, "This host is not one of ALLOWED_HOSTS.", "DisallowedHost")
    if not _is_origin_ours(request.headers.get("Origin", ""), host):
        return _refused(403, "A page of another origin may not call this.", "ForeignOrigin")
    caller = _caller(request)
    now = timezone.now()
    if caller is None:
        turn = turn_outside("stranger", name=address(request), now=now)
        return _unknown() if turn.is_allowed else _too_fast(turn)
    try:
        workspace = caller.workspace(request.GET.get("tenant_id") or request.GET.get("business_id"))
    except Refusal as error:
        return _refused(status_of(error), error.message, type(error).__name__)
    turn = turn_of_workspace(workspace_id=workspace.pk, now=now)
    return Visit(caller, workspace) if turn.is_allowed else _too_fast(turn)


def _caller(request: ASGIRequest) -> Caller | None:
    """Return who calls; None without credentials, and with wrong ones."""
    for way in WITH_A_TOKEN:
        try:
            found = way.authenticate(request)
        except AuthenticationFailed:
            return None
        if found is not None:
            return found[1]
    return None


def _is_origin_ours(origin: str, host: str) -> bool:
    """Tell whether a request comes from no page, from a page of ours, or from one that the operator trusts."""
    own = (f"http://{host}", f"https://{host}")
    return not origin or origin in own or origin in settings.CSRF_TRUSTED_ORIGINS


def _unknown() -> JsonResponse:
    said = "Send an API key or a person's token that is still good: Authorization: Bearer …"
    answer = _refused(401, said, "NotAuthenticated")
    answer["WWW-Authenticate"] = REALM
    return answer


def _too_fast(turn: Turn) -> JsonResponse:
    answer = _refused(429, f"Too many requests: the limit is reached. Try again in {turn.wait} s.", "TooFast")
    for name, value in {**headers(turn), "Retry-After": str(turn.wait)}.items():
        answer[name] = value
    return answer


def _refused(status: int, message: str, error_class: str) -> JsonResponse:
    return JsonResponse(body(CODE_OF_STATUS[status], message, error_class), status=status)
