"""What the plan's forms and lists share: zones, the brand that decides the workspace, and pauses."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.db.models import Field, Model, QuerySet
from django.forms.models import construct_instance
from django.http import HttpRequest
from timezone_field import TimeZoneField

from scheduling.admin.fields import LocalTimeField, ZoneField, as_typed, read_local
from workspaces.admin.display import NOTHING, spoken
from workspaces.admin.scope import ScopedAdmin

DECIDED_ELSEWHERE = ("workspace", "brand", "platform", "paused_at")
PAUSE = ("hold", "paused_until", "pause_reason")


class RowForm(forms.ModelForm):
    """A form whose row is checked with the columns that were decided before, or that the form itself decides."""

    def judge(self) -> None:
        """Say what the rules or a service have against the row, at its fields; the table's constraints come after."""

    def _post_clean(self) -> None:
        construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        self.judge()
        super()._post_clean()

    def _get_validation_exclusions(self) -> set[str]:
        known = {name for name in DECIDED_ELSEWHERE if getattr(self.instance, name, None) is not None}
        return super()._get_validation_exclusions() - known


class OfABrandForm(RowForm):
    """A form of something that a brand has: the brand decides the workspace."""

    def clean(self) -> dict[str, Any]:
        """Put the row into its brand's workspace."""
        found = super().clean() or self.cleaned_data
        brand = found.get("brand") or self.brand
        if brand:
            self.instance.workspace_id = brand.workspace_id
        return found

    @property
    def brand(self) -> Model | None:
        """The brand that the row had already."""
        return self.instance.brand if self.instance.brand_id else None

    def check_brand(self, name: str, row: Model | None) -> None:
        """Refuse a related row of another brand."""
        brand = self.cleaned_data.get("brand") or self.brand
        if row and brand and row.brand_id != brand.pk:
            self.add_error(name, f"“{row}” belongs to another brand than {brand}.")


class PausableForm(RowForm):
    """A form with a pause: a tick, an end in local time, and a reason."""

    hold = forms.BooleanField(
        required=False,
        label="Hold its due posts",
        help_text="Nothing goes out until the end, or until somebody removes the tick, which clears the fields below.",
    )
    paused_until = LocalTimeField(required=False, label="Until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "hold" in self.fields:
            zone = self.zone_before()
            self.initial["hold"] = self.instance.is_paused(self.now)
            self.initial["paused_until"] = as_typed(self.instance.paused_until, zone) if zone else ""
            where = f"Local time in {zone.key}" if zone else "Local time in its own zone"
            self.fields["paused_until"].help_text = f"{where}. Empty: until somebody resumes it."

    def zone_before(self) -> ZoneInfo | None:
        """Return the zone in which the row's times were shown."""
        return None if self.instance._state.adding else self.instance.timezone

    def zone_after(self) -> ZoneInfo | None:
        """Return the zone in which the times that were typed are meant."""
        return self.cleaned_data.get("timezone")

    def clean(self) -> dict[str, Any]:
        """Settle the pause."""
        found = super().clean() or self.cleaned_data
        zone = self.zone_after() or self.zone_before()
        until = read_local(self, "paused_until", zone) if zone and found.get("hold") else None
        found["paused_until"] = until
        if not found.get("hold"):
            self.instance.paused_at, found["pause_reason"] = None, ""
        elif not self.instance.is_paused(self.now):
            self.instance.paused_at = self.now
        return found


class PlanAdmin(ScopedAdmin):
    """The admin of rows of the plan."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field:
        """Return a form field; zones are typed, with suggestions."""
        if isinstance(db_field, TimeZoneField):
            label = db_field.verbose_name.capitalize()
            initial = db_field.get_default() if db_field.has_default() else None
            return ZoneField(required=not db_field.blank, label=label, help_text=db_field.help_text, initial=initial)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Search; suggestions for a form of one brand stay within it."""
        if request.resolver_match.url_name == "autocomplete" and (brand := as_uuid(request.GET.get("brand"))):
            queryset = queryset.filter(brand=brand)
        return super().get_search_results(request, queryset, search_term)


class PausableAdmin(PlanAdmin):
    """The admin of rows that can be paused."""

    def pause_fields(self, request: HttpRequest, row: Model | None) -> tuple[str, dict[str, Any]]:
        """Return the fieldset of the pause: typed by those who may, else told."""
        may = self.has_change_permission(request, row) if row else True
        return ("Pause", {"fields": PAUSE if may else ("pause",), "classes": ("collapse",) if may else ()})

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Return what is only shown."""
        return (*super().get_readonly_fields(request, obj), "pause")

    @admin.display(description="pause")
    def pause(self, row: Model) -> str:
        """Tell since when, until when and why it is held."""
        if row.paused_at is None:
            return NOTHING
        zone = zone_of(row)
        until = f" until {spoken(row.paused_until, zone)}" if row.paused_until else ""
        reason = f": {row.pause_reason}" if row.pause_reason else ""
        return f"Held since {spoken(row.paused_at, zone)}{until}{reason}"


def zone_of(row: Model) -> ZoneInfo:
    """Return the zone in which a row's local times are meant: its own, else its brand's."""
    return getattr(row, "zone", None) or getattr(row, "timezone", None) or row.brand.timezone


def as_uuid(text: str | None) -> UUID | None:
    """Return the id that a text is, or None."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
