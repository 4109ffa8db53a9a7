"""What every page needs to know: who looks at it, in which workspace."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from workspaces.access import caller_of_user
from workspaces.errors import Forbidden, NotFound
from workspaces.models import Workspace

CHOSEN = "workspace"


def workspace(request: HttpRequest) -> dict[str, Any]:
    """Give templates the current workspace, the others, and the person's scopes in it."""
    view = getattr(request, "page", None)
    if view is None:
        return {}
    here = view.workspace
    return {
        "workspace": here,
        "workspaces": view.caller_workspaces,
        "can_write": view.caller.may("write", here.pk),
        "can_publish": view.caller.may("publish", here.pk),
    }


class Page(LoginRequiredMixin, View):
    """A page for a signed-in person in their workspace; it reads the clock once."""

    scope = "read"
    write_scope = "write"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the person's workspace, check their role, and turn refusals of access into pages."""
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.now = timezone.now()
        self.caller = caller_of_user(request.user)
        self.caller_workspaces = list(self.caller.workspaces())
        self.workspace = self._workspace(request)
        if self.workspace is None:
            return render(request, "workspaces/none.html", status=403)
        request.page = self
        try:
            reading = request.method in ("GET", "HEAD", "OPTIONS")
            self.caller.require(self.scope if reading else self.write_scope, self.workspace)
            return super().dispatch(request, *args, **kwargs)
        except NotFound as refusal:
            raise Http404(refusal.message) from refusal
        except Forbidden as refusal:
            return render(request, "workspaces/forbidden.html", {"message": refusal.message}, status=403)

    def _workspace(self, request: HttpRequest) -> Workspace | None:
        chosen = request.GET.get("tenant_id")
        known = {one.slug: one for one in self.caller_workspaces}
        if chosen in known:
            request.session[CHOSEN] = chosen
            return known[chosen]
        by_age = sorted(self.caller_workspaces, key=lambda one: (one.created_at, one.pk))
        return known.get(request.session.get(CHOSEN, "")) or (by_age[0] if by_age else None)
