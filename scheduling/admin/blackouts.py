"""Blackouts: times in which nothing goes out."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms.models import construct_instance
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from scheduling.admin.base import PlanAdmin
from scheduling.admin.fields import LocalTimeField, as_typed, read_local
from scheduling.models import Blackout, PostInstance
from scheduling.services.blackouts import LEVELS, lift_blackout, posts_in, save_blackout
from workspaces.admin.display import NOTHING, linked, shown, spoken
from workspaces.admin.scope import ScopedRelatedFilter, caller_of, now_of
from workspaces.models import Workspace

POSTS_SHOWN = 20
WHERE = _("Local time of what it is for: the account's, else the brand's, else the workspace's.")


class BlackoutForm(forms.ModelForm):
    """A range in local time, and what it is for."""

    starts_at = LocalTimeField(label=_("From"))
    ends_at = LocalTimeField(label=_("Until"))

    class Meta:
        model = Blackout
        fields = ("reason", "workspace", *LEVELS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "workspace" not in self.fields:  # It is only looked at.
            return
        self.fields["workspace"].required = False
        self.fields["workspace"].help_text = _("The whole workspace, unless one of the next three is named.")
        zone = None if self.instance._state.adding else zone_of_blackout(self.instance)
        for name in ("starts_at", "ends_at"):
            self.initial[name] = as_typed(getattr(self.instance, name), zone) if zone else ""
            self.fields[name].help_text = _("Local time in %(key)s.") % {"key": zone.key} if zone else WHERE

    def clean(self) -> dict[str, Any]:
        """Find the workspace and the zone, and read the times in it."""
        found = super().clean() or self.cleaned_data
        level = next((found[name] for name in LEVELS if found.get(name)), None)
        if level and not found.get("workspace"):
            found["workspace"] = Workspace.objects.get(pk=level.workspace_id)
        if not found.get("workspace"):
            self.add_error("workspace", _("Say what it is for: a workspace, a brand, a campaign or an account."))
            return found
        zone = _zone(level, found["workspace"])
        for name in ("starts_at", "ends_at"):
            found[name] = read_local(self, name, zone)
        return found

    def _post_clean(self) -> None:
        """Leave the rest to the service, which knows the table's constraints."""
        construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)


@admin.register(Blackout)
class BlackoutAdmin(PlanAdmin):
    """Times in which nothing of a workspace, brand, campaign or account goes out."""

    form = BlackoutForm
    autocomplete_fields = LEVELS
    list_display = ("reason", "begins", "ends", "level", "workspace")
    list_filter = (("workspace", ScopedRelatedFilter), ("brand", ScopedRelatedFilter))
    search_fields = ("reason",)
    date_hierarchy = "starts_at"
    ordering = ("-starts_at", "id")
    readonly_fields = ("posts", "begins", "ends", "created_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Blackout]:
        """Return blackouts with what they are for."""
        levels = ("workspace", "brand", "campaign__brand", "channel_account__brand", "created_by")
        return super().get_queryset(request).select_related(*levels)

    def get_fieldsets(self, request: HttpRequest, obj: Blackout | None = None) -> list[tuple]:
        """Return the range, what it is for, and the posts in it."""
        may = obj is None or self.has_change_permission(request, obj)
        times = ("starts_at", "ends_at") if may else ("begins", "ends")
        stands = [(_("What stands in it"), {"fields": ("posts", "created_by")})] if obj else []
        return [(None, {"fields": ("reason", "workspace", *LEVELS, *times)}), *stands]

    def save_model(self, request: HttpRequest, obj: Blackout, form: BlackoutForm, change: bool) -> None:
        """Save through the service, and list the posts that are held."""
        if not change:
            obj.created_by = request.user
        held = save_blackout(blackout=obj, now=now_of(request), actor=caller_of(request).actor)
        zone = zone_of_blackout(obj)
        range_said = _("Nothing goes out from %(starts_at)s until %(ends_at)s.") % {
            "starts_at": spoken(obj.starts_at, zone),
            "ends_at": spoken(obj.ends_at, zone),
        }
        self.message_user(request, range_said, messages.INFO)
        if held:
            said = ngettext(
                "%(number)s post stands in it and is held:", "%(number)s posts stand in it and are held:", len(held)
            )
            told = format_html("{}{}", said % {"number": len(held)}, _listed(held))
            self.message_user(request, told, messages.WARNING)

    def delete_model(self, request: HttpRequest, obj: Blackout) -> None:
        """Lift it through the service."""
        lift_blackout(blackout=obj, now=now_of(request), actor=caller_of(request).actor)

    @admin.display(description=_("from"), ordering="starts_at")
    def begins(self, blackout: Blackout) -> str:
        """Show when it begins."""
        return shown(blackout.starts_at, zone_of_blackout(blackout))

    @admin.display(description=_("until"), ordering="ends_at")
    def ends(self, blackout: Blackout) -> str:
        """Show when it ends."""
        return shown(blackout.ends_at, zone_of_blackout(blackout))

    @admin.display(description=_("for"))
    def level(self, blackout: Blackout) -> str:
        """Show what it is for."""
        found = blackout.channel_account or blackout.campaign or blackout.brand
        return linked(found) if found else _("the whole workspace")

    @admin.display(description=_("posts in it"))
    def posts(self, blackout: Blackout) -> str:
        """Show the posts that it holds."""
        held = list(posts_in(blackout))
        return _listed(held) if held else NOTHING


def zone_of_blackout(blackout: Blackout) -> ZoneInfo:
    """Return the zone in which a blackout's times are meant."""
    return _zone(blackout.channel_account or blackout.campaign or blackout.brand, blackout.workspace)


def _zone(level: Any, workspace: Workspace) -> ZoneInfo:
    if level is None:
        return workspace.timezone
    return getattr(level, "zone", None) or getattr(level, "timezone", None) or level.brand.timezone


def _listed(posts: list[PostInstance]) -> str:
    told = ((linked(one, one.content_item.title), one.channel_account, _when(one)) for one in posts[:POSTS_SHOWN])
    lines = format_html_join("", "<li>{}, {}, {}</li>", told)
    more = len(posts) - POSTS_SHOWN
    return format_html(
        '<ul class="places">{}{}</ul>', lines, _("and %(more)s more") % {"more": more} if more > 0 else ""
    )


def _when(post: PostInstance) -> str:
    return shown(post.scheduled_for, post.channel_account.zone)
