"""Recurrences: content that goes out again and again, with what they have planned."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms.models import construct_instance
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from scheduling.admin.base import PlanAdmin
from scheduling.admin.fields import LinesField, LocalTimeField
from scheduling.admin.status import status_word
from scheduling.models import Occurrence, Recurrence
from scheduling.services.recurring.saving import delete_recurrence, save_recurrence
from workspaces.admin.display import NOTHING, linked, shown
from workspaces.admin.scope import ScopedRelatedFilter, caller_of, now_of
from workspaces.phrases import phrased

TIMES_SHOWN = 30
A_RULE = _("RFC 5545, such as FREQ=WEEKLY;BYDAY=MO,TH or FREQ=MONTHLY;BYDAY=1MO, with UNTIL= or COUNT= for an end.")


class RecurrenceForm(forms.ModelForm):
    """A rule in the account's local time; the service says what is wrong with it."""

    rule = forms.CharField(label=_("Rule"), max_length=500, help_text=A_RULE, widget=forms.TextInput({"size": 60}))
    starts_at = LocalTimeField(
        label=_("First time"), help_text=_("Local time of the account. All the others are at this time of day.")
    )
    excluded = LinesField(
        label=_("Left out"),
        required=False,
        help_text=_("Days (2026-12-25) or times (2026-12-25T09:00), one to a line."),
    )

    class Meta:
        model = Recurrence
        fields = ("content_item", "channel_account", "rule", "starts_at", "excluded", "is_active")

    def _post_clean(self) -> None:
        """Leave the rest to the service; the account decides the workspace."""
        construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        if account := self.cleaned_data.get("channel_account"):
            self.instance.workspace_id = account.workspace_id


@admin.register(Recurrence)
class RecurrenceAdmin(PlanAdmin):
    """Content that goes out again and again."""

    form = RecurrenceForm
    autocomplete_fields = ("content_item", "channel_account")
    list_display = ("content_item", "rule", "channel_account", "first", "is_active", "last_refusal")
    list_filter = ("is_active", ("channel_account", ScopedRelatedFilter))
    search_fields = ("rule", "content_item__title", "channel_account__name")
    readonly_fields = ("planned", "first", "last_refusal")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Recurrence]:
        """Return recurrences with what they post, and where."""
        return super().get_queryset(request).select_related("content_item", "channel_account__brand")

    def get_fieldsets(self, request: HttpRequest, obj: Recurrence | None = None) -> list[tuple]:
        """Return the rule, and what became of it."""
        may = obj is None or self.has_change_permission(request, obj)
        times = ("starts_at", "excluded") if may else ("first", "excluded")
        became = [(_("What is planned"), {"fields": ("planned", "last_refusal")})] if obj else []
        return [(None, {"fields": ("content_item", "channel_account", "rule", *times, "is_active")}), *became]

    def save_model(self, request: HttpRequest, obj: Recurrence, form: RecurrenceForm, change: bool) -> None:
        """Save through the service, which brings the plan in line."""
        save_recurrence(recurrence=obj, now=now_of(request), actor=caller_of(request).actor)

    def delete_model(self, request: HttpRequest, obj: Recurrence) -> None:
        """Delete it through the service, with its posts that nobody touched."""
        delete_recurrence(recurrence=obj, now=now_of(request), actor=caller_of(request).actor)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        """Return what is deleted: the rule, not each of its times; what becomes of its posts is said beside it."""
        told = [_("Its posts ahead that nobody has touched are canceled; all others stay.")]
        return [str(one) for one in objs] + told, {self.opts.verbose_name_plural: len(objs)}, set(), []

    @admin.display(description=_("first time"), ordering="starts_at")
    def first(self, recurrence: Recurrence) -> str:
        """Show the first local time, with its zone."""
        wall = recurrence.starts_at.replace("T", " ")[:16]
        return format_html("{} <small>{}</small>", wall, recurrence.channel_account.zone.key)

    @admin.display(description=_("its times"))
    def planned(self, recurrence: Recurrence) -> str:
        """Show the last times that were planned, each with its post or why there is none."""
        zone = recurrence.channel_account.zone
        last = recurrence.occurrences.select_related("post_instance__content_item").order_by("-local_time")
        lines = format_html_join("", "<li>{}: {}</li>", ((one, _became(one, zone)) for one in last[:TIMES_SHOWN]))
        return format_html('<ul class="places">{}</ul>', lines) if lines else NOTHING


def _became(occurrence: Occurrence, zone: ZoneInfo) -> str:
    post = occurrence.post_instance
    if post is None:
        return phrased(occurrence.reason) or NOTHING
    return format_html("{} {}", linked(post, shown(post.scheduled_for, zone)), status_word(post.status))
