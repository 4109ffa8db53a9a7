"""What every page needs to know: who looks at it, in which workspace, and in which time zone they think."""

from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from workspaces.access import caller_of_user
from workspaces.errors import Forbidden, NotFound
from workspaces.models import Workspace

CHOSEN = "workspace"
UNREADABLE = 422
"""The status of a form that is shown again, with what is wrong."""


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
        "can_admin": view.caller.may("admin", here.pk),
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
        self.caller_workspaces = self.caller.homes_or_all()
        if not self.caller_workspaces:
            return render(request, "workspaces/none.html", status=403)
        try:
            self.workspace = self.find_workspace(request)
            request.page = self
            reading = request.method in ("GET", "HEAD", "OPTIONS")
            self.caller.require(self.scope if reading else self.write_scope, self.workspace)
            return super().dispatch(request, *args, **kwargs)
        except NotFound as refusal:
            raise Http404(refusal.message) from refusal
        except Forbidden as refusal:
            return render(request, "workspaces/forbidden.html", {"message": refusal.message}, status=403)

    def find_workspace(self, request: HttpRequest) -> Workspace:
        """Return the workspace that `tenant_id` names, else the one that was looked at last, else the oldest.

        :raises NotFound: if the person does not belong to the one that is named.
        """
        known = {one.slug: one for one in self.caller_workspaces}
        named = request.GET.get("tenant_id")
        if named and named not in known:
            raise NotFound(_("There is no workspace '%(name)s'.") % {"name": named})
        oldest = min(self.caller_workspaces, key=lambda one: (one.created_at, one.pk))
        found = known.get(named or request.session.get(CHOSEN, ""), oldest)
        if named:
            self.remember(request, found)
        return found

    def remember(self, request: HttpRequest, chosen: Workspace) -> None:
        """Make a workspace the one that the person sees next."""
        if request.session.get(CHOSEN) != chosen.slug:
            request.session[CHOSEN] = chosen.slug

    @cached_property
    def own_zone(self) -> ZoneInfo | None:
        """The person's own zone in this workspace; None if they have not set one."""
        return self.caller.zones.get(self.workspace.pk)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone that the person thinks in: their own, else the workspace's."""
        return self.own_zone or self.workspace.timezone
