"""What every API view of a workspace does first."""

from typing import Any

from django.urls import URLPattern, path
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.views import APIView

from workspaces.access import Caller
from workspaces.models import Workspace


class WorkspaceView(APIView):
    """A view inside one workspace: it finds it, checks the scope of the method, and reads the clock once."""

    scopes = {"GET": "read", "HEAD": "read", "OPTIONS": "read"}
    """The scope that each method needs; the others need `write`."""

    caller: Caller
    workspace: Workspace

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Resolve the caller and the workspace.

        :raises NotFound: if the caller does not belong to the workspace.
        :raises Forbidden: if the scope is missing.
        """
        super().initial(request, *args, **kwargs)
        self.now = timezone.now()
        self.caller = request.auth
        named = request.query_params.get("tenant_id") or request.query_params.get("business_id")
        if named is None and isinstance(request.data, dict):
            named = request.data.get("tenant_id") or request.data.get("business_id")
        self.workspace = self.caller.workspace(str(named) if named else None)
        self.caller.require(self.scopes.get(request.method, "write"), self.workspace)


def both(route: str, view: Any, name: str) -> list[URLPattern]:
    """Return a route with and without its trailing slash."""
    return [path(route, view, name=name), path(f"{route}/", view)]
