"""What every API view does first."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.urls import URLPattern, path
from django.utils import timezone
from rest_framework.exceptions import ParseError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from workspaces.access import Caller
from workspaces.api.idempotency import Repeatable
from workspaces.api.pace import Paced
from workspaces.api.parsing import ReadsChunks
from workspaces.lookup import is_storable
from workspaces.models import Workspace


class WorkspaceView(Paced, Repeatable, ReadsChunks, APIView):
    """A view inside one workspace: it finds it, checks the scope of the method, and reads the clock once.

    A POST with an `Idempotency-Key` is done once; a view whose POST answers a secret says `answers_a_secret = True`.
    """

    scopes: ClassVar[Mapping[str, str]] = {}
    """The scope that a method needs, where it is not `read` for looking and `write` for the others."""

    caller: Caller
    workspace: Workspace

    @classmethod
    def scope_of(cls, method: str) -> str:
        """Return the scope that a method needs."""
        usual = "read" if method in SAFE_METHODS else "write"
        return cls.scopes.get("GET" if method == "HEAD" else method, usual)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Resolve the caller and the workspace.

        :raises NotFound: if the caller does not belong to the workspace.
        :raises TooFast: if the workspace has used up its pace.
        :raises Forbidden: if the scope is missing.
        :raises Replayed: if there is an answer already for the request's `Idempotency-Key`.
        """
        super().initial(request, *args, **kwargs)
        if not hasattr(self, request.method.lower()):
            self.http_method_not_allowed(request)
        if not all(is_storable(value) for values in request.query_params.lists() for value in (values[0], *values[1])):
            raise ParseError("The address holds a character that cannot be stored (NUL).")
        self.now = timezone.now()
        self.caller = request.auth
        self.find_workspace(request)
        self.take_key(request)

    def find_workspace(self, request: Request) -> None:
        """Find the workspace, take its turn and check the scope: whoever may not is refused unread, if that can be."""
        scope, named = self.scope_of(request.method), _named_in(request.query_params)
        has_one = len(self.caller.scopes) == 1 and not self.caller.everywhere
        if not named and not has_one:
            self.caller.require_anywhere(scope)
            named = _named_in(request.data)
        self.workspace = self.caller.workspace(named)
        self.take_turn()
        self.caller.require(scope, self.workspace)
        named = named or _named_in(request.data)
        if named and named != self.workspace.slug:  # The body names another than the caller's only one.
            self.workspace = self.caller.workspace(named)

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer nothing but the methods, in `Allow`."""
        return Response(status=204)


def _named_in(given: Any) -> str | None:
    """Return what a query or a body calls the workspace; None if it does not."""
    named = (given.get("tenant_id") or given.get("business_id")) if isinstance(given, dict) else None
    return str(named) if named else None


def both(route: str, view: Any, name: str) -> list[URLPattern]:
    """Return a route with and without its trailing slash."""
    return [path(route, view, name=name), path(f"{route}/", view)]
