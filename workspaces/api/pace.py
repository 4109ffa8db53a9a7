"""How often the API may be called: 429 with `Retry-After`, and where one stands with every answer."""

from ipaddress import IPv6Address, ip_address
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from workspaces.errors import Refusal
from workspaces.rules import Turn
from workspaces.services.pace import turn_of_workspace, turn_outside


class TooFast(APIException):
    """More requests than the pace allows."""

    status_code = status.HTTP_429_TOO_MANY_REQUESTS

    def __init__(self, turn: Turn) -> None:
        super().__init__(f"Too many requests: the limit is reached. Try again in {turn.wait} s.")
        self.headers = {"Retry-After": str(turn.wait)}


class Paced:
    """A view that is called at a workspace's pace.

    A request that does not get as far as a workspace (no credentials, wrong ones, a workspace of others) takes a turn
    of its address instead, of which there are fewer.
    """

    turn: Turn | None = None

    def take_turn(self) -> None:
        """Take a turn of the workspace.

        :raises TooFast: if there is none.
        """
        self.turn = turn_of_workspace(workspace_id=self.workspace.pk, now=self.now)
        require(self.turn)

    def handle_exception(self, exc: Exception) -> HttpResponseBase:
        """Count what was refused before its workspace was known; what is our own fault is not counted."""
        if self.turn is None and isinstance(exc, APIException | Refusal):
            self.turn = turn_outside("stranger", name=address(self.request), now=timezone.now())
            exc = exc if self.turn.is_allowed else TooFast(self.turn)
        return super().handle_exception(exc)

    def finalize_response(self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any) -> Any:
        """Say where the caller stands."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if self.turn:
            for name, value in headers(self.turn).items():
                response[name] = value
        return response


def require(turn: Turn) -> None:
    """Check a turn.

    :raises TooFast: if it was not granted.
    """
    if not turn.is_allowed:
        raise TooFast(turn)


def headers(turn: Turn) -> dict[str, str]:
    """Return how many requests are possible at once, how many are left now, and when all are again, in seconds."""
    return {
        "RateLimit-Limit": str(turn.limit),
        "RateLimit-Remaining": str(turn.remaining),
        "RateLimit-Reset": str(turn.full_in),
    }


def address(request: HttpRequest | Request) -> str:
    """Return by which address a stranger is known: of IPv6 the network, since each household has one of its own."""
    given = request.META.get("REMOTE_ADDR", "")
    try:
        found = ip_address(given)
    except ValueError:
        return given[:100]
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or f"{IPv6Address(int(found) >> 64 << 64)}/64")
    return str(found)
