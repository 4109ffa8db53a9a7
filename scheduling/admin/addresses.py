"""Secret addresses: calendar feeds, and the links under which clients read a plan; each is made where it is shown."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from scheduling.models import CalendarFeed, SharedLink
from scheduling.services.feeds import delete_feed
from workspaces.admin.display import linked, shown
from workspaces.admin.scope import ReadOnlyAdmin, ScopedRelatedFilter, caller_of, now_of


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin):
    """Who subscribes to which posts; the address was shown once."""

    list_display = ("name", "workspace", "level", "begins_with", "read")
    list_filter = (("workspace", ScopedRelatedFilter), ("brand", ScopedRelatedFilter))
    search_fields = ("name", "prefix")
    fields = ("name", "workspace", "level", "begins_with", "read", "made")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CalendarFeed]:
        """Return the feeds with what they show."""
        return super().get_queryset(request).select_related("workspace", "brand", "channel_account__brand")

    def has_delete_permission(self, request: HttpRequest, obj: CalendarFeed | None = None) -> bool:
        """Return whether the person may end a subscription."""
        return self.may(request, self.scope_to_change, obj)

    def delete_model(self, request: HttpRequest, obj: CalendarFeed) -> None:
        """End it through the service."""
        delete_feed(feed=obj, now=now_of(request), actor=caller_of(request).actor)

    @admin.display(description=_("shows"))
    def level(self, feed: CalendarFeed) -> Any:
        """Show whose posts are in it."""
        found = feed.channel_account or feed.brand
        return linked(found) if found else _("the whole workspace")

    @admin.display(description=_("begins with"))
    def begins_with(self, feed: CalendarFeed) -> str:
        """Show the first characters of its address."""
        return f"{feed.prefix}…"

    @admin.display(description=_("last read"), ordering="last_read_at")
    def read(self, feed: CalendarFeed) -> str:
        """Show when somebody read it last."""
        return shown(feed.last_read_at, feed.workspace.timezone)

    @admin.display(description=_("made"), ordering="created_at")
    def made(self, feed: CalendarFeed) -> str:
        """Show since when it is there."""
        return shown(feed.created_at, feed.workspace.timezone)


@admin.register(SharedLink)
class SharedLinkAdmin(ReadOnlyAdmin):
    """Who reads the plan of a campaign without a login; it is revoked on the campaign's page."""

    list_display = ("name", "campaign", "begins_with", "ends", "revoked", "read")
    list_filter = (("campaign", ScopedRelatedFilter),)
    search_fields = ("name", "prefix", "campaign__name")
    fields = ("name", "campaign_link", "begins_with", "ends", "revoked", "read")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SharedLink]:
        """Return the links with their campaigns."""
        return super().get_queryset(request).select_related("workspace", "campaign")

    @admin.display(description=_("campaign"))
    def campaign_link(self, link: SharedLink) -> str:
        """Show the campaign."""
        return linked(link.campaign)

    @admin.display(description=_("begins with"))
    def begins_with(self, link: SharedLink) -> str:
        """Show the first characters of its address."""
        return f"{link.prefix}…"

    @admin.display(description=_("ends"), ordering="expires_at")
    def ends(self, link: SharedLink) -> str:
        """Show until when it works."""
        return shown(link.expires_at, link.workspace.timezone)

    @admin.display(description=_("revoked"), ordering="revoked_at")
    def revoked(self, link: SharedLink) -> str:
        """Show when it was revoked."""
        return shown(link.revoked_at, link.workspace.timezone)

    @admin.display(description=_("last read"), ordering="last_read_at")
    def read(self, link: SharedLink) -> str:
        """Show when somebody read it last."""
        return shown(link.last_read_at, link.workspace.timezone)
