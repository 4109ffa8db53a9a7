"""Files: what they show in words, and which content carries them. They are uploaded where content is written."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from campaigns.models import ContentItem, Media
from scheduling.admin.base import PlanAdmin
from scheduling.services.media import delete_media, save_media
from workspaces.admin.display import NOTHING, admin_list_url, shown
from workspaces.admin.scope import ScopedRelatedFilter, caller_of, now_of


@admin.register(Media)
class MediaAdmin(PlanAdmin):
    """The files of a workspace."""

    autocomplete_fields = ("brand",)
    list_display = ("name", "kind", "measures", "alt_text", "brand", "carried_by", "kept")
    list_filter = ("kind", ("brand", ScopedRelatedFilter))
    search_fields = ("name", "alt_text", "sha256")
    fields = ("workspace", "name", "alt_text", "brand", "file_link", "measures", "content_type", "carried_by", "kept")
    readonly_fields = ("workspace", "file_link", "measures", "content_type", "carried_by", "kept")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Media]:
        """Return the files with the number of the content items that carry them."""
        rows = super().get_queryset(request).select_related("brand", "workspace")
        return rows.annotate(carriers=Count("attachments"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: a file is looked into while it is uploaded, which the composer and the API do."""
        return False

    def save_model(self, request: HttpRequest, obj: Media, form: Any, change: bool) -> None:
        """Save through the service."""
        save_media(media=obj, now=now_of(request), actor=caller_of(request).actor)

    def delete_model(self, request: HttpRequest, obj: Media) -> None:
        """Delete through the service, with the file."""
        delete_media(media=obj, now=now_of(request), actor=caller_of(request).actor)

    @admin.display(description=_("file"))
    def file_link(self, media: Media) -> str:
        """Show the way to the file."""
        return format_html('<a href="/api/v1/media/{}/file">{}</a>', media.pk, media.name)

    @admin.display(description=_("size"), ordering="size")
    def measures(self, media: Media) -> str:
        """Show how large it is."""
        pixels = f"{media.width} × {media.height}, " if media.width else ""
        return f"{pixels}{filesizeformat(media.size)}"

    @admin.display(description=_("content"), ordering="carriers")
    def carried_by(self, media: Media) -> str:
        """Show how many content items carry it, with a link to them."""
        if not media.carriers:
            return NOTHING
        url = admin_list_url(ContentItem, attachments__media__id__exact=media.pk)
        return format_html('<a href="{}">{}</a>', url, media.carriers)

    @admin.display(description=_("uploaded"), ordering="created_at")
    def kept(self, media: Media) -> str:
        """Show since when it is here."""
        return shown(media.created_at, media.workspace.timezone)
