"""Brands."""

from django.contrib import admin
from django.http import HttpRequest

from campaigns.models import Brand
from scheduling.admin.base import PausableAdmin, PausableForm
from workspaces.admin.scope import ScopedRelatedFilter


class BrandForm(PausableForm):
    """A brand."""

    class Meta:
        model = Brand
        fields = ("workspace", "name", "timezone", "voice", "external_ref", "pause_reason")


@admin.register(Brand)
class BrandAdmin(PausableAdmin):
    """A name and a voice, with the time zone of its accounts."""

    form = BrandForm
    fixed = ("workspace",)
    list_display = ("name", "workspace", "timezone", "pause")
    list_select_related = ("workspace",)
    list_filter = (("workspace", ScopedRelatedFilter),)
    search_fields = ("name", "external_ref")

    def get_fieldsets(self, request: HttpRequest, obj: Brand | None = None) -> list[tuple]:
        """Return what a brand is, and the pause."""
        return [
            (None, {"fields": ("workspace", "name", "timezone", "voice", "external_ref")}),
            self.pause_fields(request, obj),
        ]
