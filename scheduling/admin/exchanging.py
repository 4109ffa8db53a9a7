"""Posts as files, from the list of posts: what is chosen goes out, and the page that brings posts in."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from scheduling.models import PostInstance
from scheduling.services.exporting import CONTENT_TYPES, export_posts, file_name
from workspaces.admin.display import page_url
from workspaces.admin.scope import now_of
from workspaces.api.streaming import file_answer
from workspaces.models import Workspace

ONE_AT_A_TIME = _("A file has the posts of one workspace. Choose posts of one, or narrow the list.")


class Exchanging:
    """For the admin of post instances: two actions, and a link above the list."""

    actions_list = ("import_posts",)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return the actions, with the exports; whoever sees posts may have them as a file."""
        exports = {name: self.get_action(name) for name in ("export_csv", "export_json")}
        return super().get_actions(request) | exports

    def export_csv(self, request: HttpRequest, queryset: QuerySet[PostInstance]) -> HttpResponseBase | None:
        """Send the chosen posts as a CSV."""
        return self._export(request, queryset, "csv")

    def export_json(self, request: HttpRequest, queryset: QuerySet[PostInstance]) -> HttpResponseBase | None:
        """Send the chosen posts as JSON."""
        return self._export(request, queryset, "json")

    export_csv.short_description = _("Export as CSV")
    export_json.short_description = _("Export as JSON")

    @action(description=_("Import posts"), url_path="import", icon="upload", permissions=["write"])
    def import_posts(self, request: HttpRequest) -> HttpResponse:
        """Lead to the page."""
        return redirect(page_url("import-posts"))

    def _export(self, request: HttpRequest, queryset: QuerySet[PostInstance], format: str) -> HttpResponseBase | None:
        """Return the file, in which empty slots are left out; what is chosen has every other state."""
        found = list(Workspace.objects.filter(pk__in=queryset.order_by().values("workspace"))[:2])
        if len(found) != 1:
            self.message_user(request, ONE_AT_A_TIME, messages.ERROR)
            return None
        chosen = PostInstance.objects.filter(pk__in=queryset.order_by().values("pk"))
        parts = export_posts(workspace=found[0], format=format, only=chosen)
        name = file_name(found[0], format, now_of(request))
        return file_answer(request, parts, name=name, content_type=CONTENT_TYPES[format])
