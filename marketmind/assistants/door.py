"""Who comes in at `/mcp`: the same credentials, workspaces and pace as at the API; everything else is Django's."""

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from django.http import JsonResponse
from django.utils import timezone
from mcp.server.transport_security import TransportSecuritySettings
from rest_framework.exceptions import AuthenticationFailed
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from marketmind.assistants.server import make_server
from marketmind.assistants.visit import VISIT, Visit
from workspaces.access import Caller
from workspaces.api.auth import REALM, ApiKeyAuthentication, TokenAuthentication
from workspaces.api.errors import CODE_OF_STATUS, body, status_of
from workspaces.api.pace import address, headers
from workspaces.errors import Refusal
from workspaces.rules import Turn
from workspaces.services.pace import turn_of_workspace, turn_outside

PATH = "/mcp"
WITH_A_TOKEN = (ApiKeyAuthentication(), TokenAuthentication())  # No session: a page must not act through a browser.
NO_BODY = b""


class Door:
    """An ASGI application: `/mcp` for assistants, everything else as before.

    It keeps no session between two requests, so that any web process can answer each.
    """

    def __init__(self, rest: ASGIApp) -> None:
        self.rest = rest
        # Hosts and origins are checked here, by the installation's own settings.
        checked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        self.assistants = make_server().streamable_http_app(
            streamable_http_path=PATH, stateless_http=True, json_response=True, transport_security=checked
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or start and stop with the process."""
        if scope["type"] == "lifespan":
            await self.assistants(scope, receive, send)
        elif scope["type"] == "http" and scope["path"].rstrip("/") == PATH:
            await self._let_in({**scope, "path": PATH}, receive, send)
        else:
            await self.rest(scope, receive, send)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with ThreadSensitiveContext():
            found = await sync_to_async(greet)(scope)
            if isinstance(found, Visit):
                await self.assistants({**scope, VISIT: found}, receive, send)
                return
        await Response(found.content, found.status_code, dict(found.items()))(scope, receive, send)


def greet(scope: Scope) -> Visit | JsonResponse:
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
