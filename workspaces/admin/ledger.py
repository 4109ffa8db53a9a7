"""What happened: read, never written by hand."""

import json

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from workspaces.admin.display import shown
from workspaces.admin.filters import LocalDays
from workspaces.admin.scope import ReadOnlyAdmin, ScopedRelatedFilter
from workspaces.models import LedgerEvent


@admin.register(LedgerEvent)
class LedgerEventAdmin(ReadOnlyAdmin):
    """The append-only record of a workspace, newest first."""

    list_display = ("id", "happened", "event_type", "entity_type", "entity_id", "actor", "workspace")
    list_select_related = ("workspace",)
    list_filter = (("created_at", LocalDays), ("workspace", ScopedRelatedFilter))
    search_fields = ("event_type", "actor", "entity_id")
    search_help_text = _("By event, by who did it (user:…, key:…, system), or by the id of what it happened to.")
    ordering = ("-id",)
    fields = ("id", "happened", "event_type", "entity_type", "entity_id", "actor", "workspace", "details")

    @admin.display(description=_("when"), ordering="id")
    def happened(self, event: LedgerEvent) -> str:
        """Show when it happened, in the workspace's zone."""
        return shown(event.created_at, event.workspace.timezone)

    @admin.display(description=_("details"))
    def details(self, event: LedgerEvent) -> str:
        """Show the metadata, one fact a line."""
        return format_html("<pre>{}</pre>", json.dumps(event.metadata, indent=2, ensure_ascii=False))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Allow the history of one thing as a link."""
        return lookup == "entity_id" or super().lookup_allowed(lookup, value, request)
