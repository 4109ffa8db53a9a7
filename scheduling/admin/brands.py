"""Brands."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.html import format_html

from campaigns.models import Brand
from scheduling.admin.base import PausableAdmin, PausableForm
from scheduling.services.accounts import off_grid_slots
from scheduling.services.brands import brand_problems, delete_brand, save_brand
from workspaces.admin.display import admin_url
from workspaces.admin.scope import ScopedRelatedFilter, caller_of, now_of


class BrandForm(PausableForm):
    """A brand."""

    class Meta:
        model = Brand
        fields = ("workspace", "name", "timezone", "voice", "external_ref", "pause_reason")

    def judge(self) -> None:
        """Say at each field what the service would refuse."""
        for name, sentences in brand_problems(self.instance).items() if "name" not in self.errors else ():
            self.add_error(name, sentences)


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

    def delete_model(self, request: HttpRequest, obj: Brand) -> None:
        """Delete through the service."""
        delete_brand(brand=obj, now=now_of(request), actor=caller_of(request).actor)

    def save_row(self, request: HttpRequest, obj: Brand, form: Any, change: bool) -> None:
        """Save through the service."""
        save_brand(brand=obj, now=now_of(request), actor=caller_of(request).actor)

    def save_model(self, request: HttpRequest, obj: Brand, form: Any, change: bool) -> None:
        """Save; a new zone changes the grid of the accounts that follow it, which is said."""
        super().save_model(request, obj, form, change)
        if change and "timezone" in form.changed_data:
            self._tell_of_stray_slots(request, obj)

    def _tell_of_stray_slots(self, request: HttpRequest, brand: Brand) -> None:
        for account in brand.channel_accounts.select_related("brand"):
            stray = len(off_grid_slots(account, now=now_of(request)))
            if stray:
                said = 'Empty slots of <a href="{}">{}</a> that are off its grid now: {}.'
                link = admin_url(account, "off_grid", account.pk)
                self.message_user(request, format_html(said, link, account, stray), messages.WARNING)
