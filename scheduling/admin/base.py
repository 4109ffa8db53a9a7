"""What the plan's forms and lists share: zones, the brand that decides the workspace, and pauses."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.db.models import Field, Model, QuerySet
from django.forms.models import construct_instance
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from timezone_field import TimeZoneField

from scheduling.admin.fields import LocalTimeField, ZoneField, as_typed, read_local
from scheduling.services.pauses import pause, resume
from workspaces.admin.display import NOTHING, spoken
from workspaces.admin.scope import ScopedAdmin, caller_of, now_of
from workspaces.errors import Conflict, Forbidden, Refusal

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
            self.add_error(name, _("“%(row)s” belongs to another brand than %(brand)s.") % {"row": row, "brand": brand})


class PausableForm(RowForm):
    """A form with a pause: a tick, an end in local time, and a reason. The service writes it, not the form.

    What the page showed goes along: who did not touch the pause leaves it as it is by now.
    """

    hold = forms.BooleanField(
        required=False,
        label=_("Hold its due posts"),
        help_text=_(
            "Nothing goes out until the end, or until somebody removes the tick, which clears the fields below."
        ),
        show_hidden_initial=True,
    )
    paused_until = LocalTimeField(required=False, label=_("Until"), show_hidden_initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paused_until: datetime | None = None
        if "pause_reason" in self.fields:
            zone = self.zone_before()
            self.initial["hold"] = self.instance.is_paused(self.now)
            self.initial["paused_until"] = as_typed(self.instance.paused_until, zone) if zone else ""
            where = _("Local time in its own zone. Empty: until somebody resumes it.")
            if zone:
                where = _("Local time in %(zone)s. Empty: until somebody resumes it.") % {"zone": zone.key}
            self.fields["paused_until"].help_text = where
            self.fields["pause_reason"].show_hidden_initial = True

    def zone_before(self) -> ZoneInfo | None:
        """Return the zone in which the row's times were shown."""
        return None if self.instance._state.adding else self.instance.timezone

    def zone_after(self) -> ZoneInfo | None:
        """Return the zone in which the times that were typed are meant."""
        return self.cleaned_data.get("timezone")

    def clean(self) -> dict[str, Any]:
        """Read the end of the pause; the columns of it are the service's to write."""
        found = super().clean() or self.cleaned_data
        zone = self.zone_after() or self.zone_before()
        self.paused_until = read_local(self, "paused_until", zone) if zone and found.get("hold") else None
        self.pause_reason = found.pop("pause_reason", "")
        found.pop("paused_until", None)
        return found

    def save_pause(self, *, now: datetime, actor: str) -> None:
        """Pause or resume the saved row, if that was touched.

        :raises Invalid: if the pause would be over already.
        """
        if not {"hold", "paused_until", "pause_reason"} & set(self.changed_data):
            return
        if self.cleaned_data["hold"]:
            pause(thing=self.instance, reason=self.pause_reason, until=self.paused_until, now=now, actor=actor)
        elif self.instance.is_paused(now):
            resume(thing=self.instance, now=now, actor=actor)


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

    actions = ("pause_many", "resume_many")

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Save the row, then its pause through the service."""
        self.save_row(request, obj, form, change)
        form.save_pause(now=now_of(request), actor=caller_of(request).actor)

    def save_row(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Save everything but the pause."""
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Pause until somebody resumes"), permissions=["change"])
    def pause_many(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Pause each that is not paused."""
        self._each(request, queryset, pause, _("Paused"))

    @admin.action(description=_("Resume"), permissions=["change"])
    def resume_many(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Resume each."""
        self._each(request, queryset, resume, "Resumed")

    def _each(self, request: HttpRequest, queryset: QuerySet, service: Callable[..., Any], done: str) -> None:
        caller = caller_of(request)
        for row in queryset:
            try:
                if not self.has_change_permission(request, row):
                    raise Forbidden(_("Your role does not reach that far."))
                if service is pause and row.is_paused(now_of(request)):
                    raise Conflict(_("%(row)s is paused already.") % {"row": row})
                service(thing=row, now=now_of(request), actor=caller.actor)
            except Refusal as refusal:
                self.message_user(request, f"{row}: {refusal.message}", messages.ERROR)
            else:
                self.message_user(request, f"{done}: {row}.", messages.SUCCESS)

    def pause_fields(self, request: HttpRequest, row: Model | None) -> tuple[str, dict[str, Any]]:
        """Return the fieldset of the pause: typed by those who may, else told."""
        may = self.has_change_permission(request, row) if row else True
        return (_("Pause"), {"fields": PAUSE if may else ("pause",), "classes": ("collapse",) if may else ()})

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Return what is only shown."""
        return (*super().get_readonly_fields(request, obj), "pause")

    @admin.display(description=_("pause"))
    def pause(self, row: Model) -> str:
        """Tell since when, until when and why it is held."""
        if row.paused_at is None:
            return NOTHING
        zone = zone_of(row)
        told = {
            "since": spoken(row.paused_at, zone),
            "until": spoken(row.paused_until, zone) if row.paused_until else "",
        }
        said = _("Held since %(since)s until %(until)s") if row.paused_until else _("Held since %(since)s")
        reason = f": {row.pause_reason}" if row.pause_reason else ""
        return f"{said % told}{reason}"


def zone_of(row: Model) -> ZoneInfo:
    """Return the zone in which a row's local times are meant: its own, else its brand's."""
    return getattr(row, "zone", None) or getattr(row, "timezone", None) or row.brand.timezone


def as_uuid(text: str | None) -> UUID | None:
    """Return the id that a text is, or None."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
