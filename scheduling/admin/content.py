"""Content: what is said, where it is scheduled, and the way to schedule it."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.forms.models import construct_instance
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.models import ContentItem
from scheduling.admin.base import OfABrandForm, PlanAdmin
from scheduling.admin.status import status_word
from scheduling.forms import TextField
from scheduling.models import PostInstance, Status
from scheduling.rules import PLATFORMS
from scheduling.services.content import LONGEST_BODY, NOT_STANDING, content_problems, delete_content, save_content
from workspaces.admin.display import NOTHING, admin_url, linked, shown
from workspaces.admin.filters import Named
from workspaces.admin.scope import ScopedRelatedFilter, caller_of, now_of

PLACES_SHOWN = 3
WORDS = ("brand", "campaign", "title", "body", "link", "labels", "external_ref")
OWN_TEXTS = {
    f"text_{key}": TextField(
        label=known.label, required=False, max_length=LONGEST_BODY, widget=forms.Textarea({"rows": 3, "cols": 80})
    )
    for key, known in PLATFORMS.items()
}
OwnTexts = type("OwnTexts", (OfABrandForm,), dict(OWN_TEXTS))  # Forms empty the dict that they are made of.


class ContentForm(OwnTexts):
    """A content item; texts of its own for some platforms are typed as texts, not as JSON."""

    body = TextField(label=_("Text"), required=False, max_length=LONGEST_BODY)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ContentItem
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.updated_at.isoformat()
        for key in PLATFORMS:
            self.initial[f"text_{key}"] = self.instance.variants.get(key, {}).get("body", "")

    def clean_seen(self) -> datetime | None:
        """Return when the version was saved that the writer looks at."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            return None

    def clean(self) -> dict[str, Any]:
        """Gather the platforms' own texts."""
        found = super().clean()
        before = self.instance.variants
        typed = {key: text for key in PLATFORMS if (text := found.get(f"text_{key}"))}
        self.instance.variants = {key: {**before.get(key, {}), "body": text} for key, text in typed.items()}
        return found

    def _post_clean(self) -> None:
        """Say at each field what the service would refuse; it looks at the table's constraints too."""
        construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        for name, sentences in content_problems(self.instance).items():
            place = name if name in self.fields else None
            for sentence in sentences if place not in self.errors else ():
                self.add_error(place, sentence)


class Tray(Named):
    """Whether content stands anywhere on the calendar."""

    title = _("place")
    parameter_name = "place"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the choices."""
        return [("none", _("Not scheduled yet")), ("some", _("On the calendar"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the content that stands somewhere, or nowhere."""
        places = Exists(PostInstance.objects.filter(content_item=OuterRef("pk")).exclude(status__in=NOT_STANDING))
        if self.value() == "none":
            return queryset.filter(~places)
        return queryset.filter(places) if self.value() == "some" else queryset


@admin.register(ContentItem)
class ContentItemAdmin(PlanAdmin):
    """What is said. The placeholder of empty slots is hidden."""

    form = ContentForm
    autocomplete_fields = ("brand", "campaign")
    list_display = ("title", "schedule_link", "places", "brand", "campaign", "labels")
    list_filter = (Tray, ("brand", ScopedRelatedFilter), ("campaign", ScopedRelatedFilter))
    search_fields = ("title", "body", "labels", "external_ref")
    date_hierarchy = "created_at"
    readonly_fields = ("places", "own_texts")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContentItem]:
        """Return the content without placeholders; the list also shows where each stands."""
        rows = super().get_queryset(request).filter(is_placeholder=False).select_related("brand", "campaign")
        if not request.resolver_match.url_name.endswith("_changelist"):
            return rows
        places = PostInstance.objects.exclude(status__in=NOT_STANDING).select_related("channel_account__brand")
        return rows.prefetch_related(Prefetch("post_instances", places.order_by("scheduled_for", "id"), "standing"))

    def get_readonly_fields(self, request: HttpRequest, obj: ContentItem | None = None) -> tuple[str, ...]:
        """Return what cannot be changed: the brand neither, once there are posts on its accounts."""
        fixed = ("brand",) if obj and obj.post_instances.exists() else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def get_fieldsets(self, request: HttpRequest, obj: ContentItem | None = None) -> list[tuple]:
        """Return what is said, where, and what single platforms say instead."""
        may = obj is None or self.has_change_permission(request, obj)
        said = _("Instead of the text above; empty: the text above.")
        own = {"fields": tuple(OWN_TEXTS), "classes": ("collapse",), "description": said}
        return [
            (None, {"fields": (*WORDS, *(("places",) if obj else ()), *(("seen",) if may else ()))}),
            (_("A text of its own for a platform"), own if may else {"fields": ("own_texts",)}),
        ]

    def delete_model(self, request: HttpRequest, obj: ContentItem) -> None:
        """Delete through the service."""
        delete_content(content=obj, now=now_of(request), actor=caller_of(request).actor)

    def save_model(self, request: HttpRequest, obj: ContentItem, form: Any, change: bool) -> None:
        """Save through the service; say what of it is out already, with the old words."""
        seen = form.cleaned_data.get("seen") if change else None
        save_content(content=obj, now=now_of(request), actor=caller_of(request).actor, seen=seen)
        if change and {"body", "link", *OWN_TEXTS} & set(form.changed_data):
            out = obj.post_instances.filter(status=Status.PUBLISHED).count()
            if out:
                said = ngettext(
                    "%(number)s post is published with the old words; that stays as it is.",
                    "%(number)s posts are published with the old words; that stays as it is.",
                    out,
                )
                self.message_user(request, said % {"number": out}, "WARNING")

    @admin.display(description=_("where it stands"))
    def places(self, content: ContentItem) -> str:
        """Show the first few places, each with its time, account and state."""
        standing = getattr(content, "standing", None)
        if standing is None:
            rows = content.post_instances.exclude(status__in=NOT_STANDING).select_related("channel_account__brand")
            standing = list(rows.order_by("scheduled_for", "id"))
        lines = format_html_join("", "<li>{} {} {}</li>", (_place(one) for one in standing[:PLACES_SHOWN]))
        more = len(standing) - PLACES_SHOWN
        rest = format_html("<li>and {} more</li>", more) if more > 0 else ""
        return format_html('<ul class="places">{}{}</ul>', lines, rest) if standing else _("nowhere yet")

    @admin.display(description="")
    def schedule_link(self, content: ContentItem) -> str:
        """Show the way to schedule it."""
        return format_html('<a href="{}">{}</a>', schedule_url(content), _("Schedule…"))

    @admin.display(description=_("texts"))
    def own_texts(self, content: ContentItem) -> str:
        """Show the platforms' own texts."""
        texts = ((PLATFORMS[key].label, one["body"]) for key, one in content.variants.items())
        return format_html_join("", "<p><b>{}</b> {}</p>", texts) or NOTHING

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None):
        """Show the form, with the way to schedule it."""
        content = self.get_object(request, object_id)
        may = self.has_change_permission(request, content)
        context = {**(extra_context or {}), "schedule_url": schedule_url(content) if may else ""}
        return super().change_view(request, object_id, form_url, context)


def schedule_url(content: ContentItem) -> str:
    """Return the form that schedules a content item."""
    return f"{admin_url(PostInstance, 'add')}?content_item={content.pk}"


def _place(one: PostInstance) -> tuple[str, str, str]:
    when = linked(one, shown(one.scheduled_for, one.channel_account.zone))
    account = one.channel_account
    return when, f"{account.get_platform_display()} {account.name}", status_word(one.status)
