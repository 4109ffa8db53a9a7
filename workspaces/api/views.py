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
        self.workspace = self.caller.workspace(self._named_workspace(request))
        self.take_turn()
        self.caller.require(self.scope_of(request.method), self.workspace)
        self.take_key(request)

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer nothing but the methods, in `Allow`."""
        return Response(status=204)

    def _named_workspace(self, request: Request) -> str | None:
        """Return what the address, else the body, calls the workspace; None if neither does."""
        for given in (request.query_params, request.data):
            if isinstance(given, dict):
                named = given.get("tenant_id") or given.get("business_id")
                if named:
                    return str(named)
        return None


def both(route: str, view: Any, name: str) -> list[URLPattern]:
    """Return a route with and without its trailing slash."""
    return [path(route, view, name=name), path(f"{route}/", view)]
