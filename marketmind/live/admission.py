"""Who may open the socket, and what they asked to see; asked again while it is open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from io import BytesIO
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.core.handlers.asgi import ASGIRequest
from django.middleware.csrf import CsrfViewMiddleware
from rest_framework.exceptions import AuthenticationFailed

from marketmind.live.closing import Close, close_of
from scheduling.models import Schedule
from workspaces.access import Caller, caller_of_user
from workspaces.api.auth import ApiKeyAuthentication, TokenAuthentication
from workspaces.errors import Invalid, NotFound, Refusal
from workspaces.lookup import by_reference, is_storable
from workspaces.models import Workspace
from workspaces.services.tickets import caller_of_ticket, redeem_ticket

LARGEST_ID = 2**63 - 1
SCHEMES = {"ws": "http", "wss": "https"}
KNOWN = {"schedule_id", "after", "tenant_id", "business_id", "ticket"}
Asked = Callable[[datetime], Caller]


@dataclass(frozen=True)
class Admission:
    """What a socket shows: the events of a workspace, perhaps of one schedule, perhaps from an id on."""

    workspace: Workspace
    schedule_id: UUID | None
    after: int | None
    caller: Asked

    def renew(self, now: datetime) -> None:
        """Look again whether the credentials are good and reach the workspace.

        :raises Close: if not.
        """
        try:
            caller = self.caller(now)
            caller.workspace(self.workspace.slug)
            caller.require("read", self.workspace)
        except (Refusal, AuthenticationFailed) as error:
            raise close_of(error) from error


def admit(scope: dict[str, Any], now: datetime) -> Admission:
    """Read the address, the credentials and the workspace of a handshake.

    :raises Close: if something is wrong with them.
    """
    request = ASGIRequest({**scope, "method": "GET", "scheme": SCHEMES[scope["scheme"]]}, BytesIO())
    try:
        return _admit(request, now)
    except (Refusal, AuthenticationFailed) as error:
        raise close_of(error) from error


def _admit(request: ASGIRequest, now: datetime) -> Admission:
    asked = request.GET
    if not all(is_storable(value) for values in asked.lists() for value in (values[0], *values[1])):
        raise Invalid("The address holds a character that cannot be stored.")
    unknown = sorted(set(asked) - KNOWN)
    if unknown:
        raise Invalid(f"There is no '{unknown[0][:30]}' here. Use some of: {', '.join(sorted(KNOWN))}.")
    slug = asked.get("tenant_id") or asked.get("business_id")
    ticket = redeem_ticket(token=asked["ticket"], now=now) if asked.get("ticket") else None
    if asked.get("ticket") and ticket is None:
        raise AuthenticationFailed("The ticket is unknown, used already, or older than 30 s.")
    caller_of = (lambda now: _of_ticket(ticket, now)) if ticket else (lambda now: _of_request(request))
    caller = caller_of(now)
    workspace = caller.workspace(slug or (ticket.workspace.slug if ticket else None))
    if ticket and workspace.pk != ticket.workspace_id:
        raise NotFound(f"The ticket is not for the workspace '{workspace.slug}'.")
    caller.require("read", workspace)
    return Admission(workspace, _schedule(asked.get("schedule_id"), workspace), _after(asked.get("after")), caller_of)


def _of_ticket(ticket: Any, now: datetime) -> Caller:
    caller = caller_of_ticket(ticket=ticket, now=now)
    if caller is None:
        raise AuthenticationFailed("Who got the ticket may not come in any more.")
    return caller


def _of_request(request: ASGIRequest) -> Caller:
    """Return whose header or session it is; read anew each time."""
    for kind in (ApiKeyAuthentication, TokenAuthentication):
        found = kind().authenticate(request)
        if found:
            return found[1]
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    person = get_user(request) if key else None
    if person is None or not person.is_authenticated:
        raise AuthenticationFailed("Send a key or token as bearer, a ticket, or a browser's session.")
    # A browser sends the session's cookie for whatever page opens the socket: only our own may, as with a form's POST.
    if "HTTP_ORIGIN" not in request.META or not CsrfViewMiddleware(lambda _: None)._origin_verified(request):
        raise Close(4403, "A session opens the socket from this site's own pages alone.")
    return caller_of_user(person)


def _schedule(reference: str | None, workspace: Workspace) -> UUID | None:
    if not reference:
        return None
    found = by_reference(Schedule.objects.filter(workspace=workspace), reference)
    if found is None:
        raise NotFound(f"There is no schedule '{reference[:60]}'.")
    return found.pk


def _after(text: str | None) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST_ID):
        raise Invalid("'after' is the id of the last event that you have, a whole number from 0 on.")
    return int(text)
