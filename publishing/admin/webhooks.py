"""Webhooks: who follows along, and the log of what was sent to them, with its bodies and a button to send it again."""

import json

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.models import WebhookDelivery, WebhookEndpoint
from publishing.rules.event_types import GROUPS
from publishing.services.webhooks.endpoints import delete_endpoint, renew_secret, replay, save_endpoint, send_test
from publishing.services.webhooks.letters import body_of, message_id
from publishing.services.webhooks.reading import with_health
from workspaces.admin.display import NOTHING, shown
from workspaces.admin.scope import ReadOnlyAdmin, ScopedAdmin, ScopedRelatedFilter, caller_of, now_of
from workspaces.errors import Refusal
from workspaces.phrases import phrased
from workspaces.roles import ADMIN

COPY = _("Copy the secret now, it is not shown again. Your receiver verifies with it: {}")
BOTH = _("Messages are signed with the new and the present one, until the next new one is made.")


def types() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the event types in their groups, each with what it means."""
    return [
        (gettext(title), [(name, f"{name}: {phrased(meaning)}") for name, meaning in group.items()])
        for title, group in GROUPS.items()
    ]


class EndpointForm(forms.ModelForm):
    """An endpoint: its address and what it wants to be told."""

    event_types = forms.MultipleChoiceField(
        choices=types,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Tell it of"),
        help_text=_("None: everything."),
    )
    renew = forms.BooleanField(required=False, label=_("Make a new secret"), help_text=BOTH)

    class Meta:
        model = WebhookEndpoint
        fields = ("workspace", "url", "description", "event_types", "is_active")


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(ScopedAdmin):
    """Where the events of a workspace go."""

    form = EndpointForm
    scope_to_change = ADMIN
    fixed = ("workspace",)
    list_display = ("__str__", "workspace", "is_active", "waiting", "failed", "last_taken")
    list_filter = (("workspace", ScopedRelatedFilter), "is_active")
    search_fields = ("url", "description")
    actions = ("test",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the endpoints of workspaces that the person administers, with their health; secrets stay behind."""
        return with_health(self.within(request, ADMIN, super().get_queryset(request))).select_related("workspace")

    def has_view_permission(self, request: HttpRequest, obj: WebhookEndpoint | None = None) -> bool:
        """Return whether the person administers the endpoint's workspace."""
        return self.may(request, ADMIN, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return whether webhooks of any workspace can be seen."""
        return self.may(request, ADMIN)

    def get_fields(self, request: HttpRequest, obj: WebhookEndpoint | None = None) -> tuple[str, ...]:
        """Return what is typed, and why an endpoint was switched off."""
        typed = ("workspace", "url", "description", "event_types", "is_active")
        return (*typed, "disabled_reason", "renew") if obj else typed

    def get_readonly_fields(self, request: HttpRequest, obj: WebhookEndpoint | None = None) -> tuple[str, ...]:
        """Return what is only shown."""
        return (*super().get_readonly_fields(request, obj), *(("disabled_reason",) if obj else ()))

    def save_model(self, request: HttpRequest, obj: WebhookEndpoint, form: EndpointForm, change: bool) -> None:
        """Save it through its service, and show a new secret once."""
        who = {"actor": caller_of(request).actor, "now": now_of(request)}
        secret = save_endpoint(endpoint=obj, **who)
        if form.cleaned_data.get("renew"):
            secret = renew_secret(endpoint=obj, **who)
        if secret:
            messages.warning(request, format_html(COPY, format_html('<code class="token">{}</code>', secret)))

    def delete_model(self, request: HttpRequest, obj: WebhookEndpoint) -> None:
        """Delete it through its service."""
        delete_endpoint(endpoint=obj, actor=caller_of(request).actor, now=now_of(request))

    @admin.action(description=_("Send a test event"), permissions=["admin"])
    def test(self, request: HttpRequest, endpoints: QuerySet[WebhookEndpoint]) -> None:
        """Send a test event to each; the log says what came of it."""
        for one in endpoints:
            try:
                send_test(endpoint=one, actor=caller_of(request).actor, now=now_of(request))
            except Refusal as refusal:
                messages.error(request, f"{one}: {refusal.message}")
            else:
                messages.success(
                    request,
                    _("%(one)s: a test event is on its way; the deliveries say what became of it.") % {"one": one},
                )

    @admin.display(description=_("waiting"), ordering="waiting")
    def waiting(self, endpoint: WebhookEndpoint) -> int:
        """Show how many events wait."""
        return endpoint.waiting

    @admin.display(description=_("failed"), ordering="failed")
    def failed(self, endpoint: WebhookEndpoint) -> int:
        """Show how many events were given up."""
        return endpoint.failed

    @admin.display(description=_("last taken"), ordering="last_taken_at")
    def last_taken(self, endpoint: WebhookEndpoint) -> str:
        """Show when it last took one."""
        return shown(endpoint.last_taken_at, endpoint.workspace.timezone)


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnlyAdmin):
    """The log: every event that was sent or waits, newest first."""

    list_display = ("created", "event_type", "endpoint", "status", "attempts", "response_status", "next_try", "error")
    list_filter = ("status", ("endpoint", ScopedRelatedFilter), "event__event_type")
    search_fields = ("=entity_id", "error")
    actions = ("send_again",)
    fields = (
        *("endpoint", "event_type", "webhook_id", "status", "attempts", "created", "next_try", "finished", "error"),
        *("request_body", "response_status", "response_body"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the deliveries of workspaces that the person administers; bodies may hold what is not for all."""
        mine = self.within(request, ADMIN, super().get_queryset(request))
        return mine.select_related("endpoint", "event", "workspace").defer("endpoint__secret")

    def has_view_permission(self, request: HttpRequest, obj: WebhookDelivery | None = None) -> bool:
        """Return whether the person administers the delivery's workspace."""
        return self.may(request, ADMIN, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return whether any log can be seen."""
        return self.may(request, ADMIN)

    @admin.action(description=_("Send again"), permissions=["admin"])
    def send_again(self, request: HttpRequest, deliveries: QuerySet[WebhookDelivery]) -> None:
        """Send the chosen deliveries once more."""
        mine = WebhookDelivery.objects.filter(pk__in=list(deliveries.values_list("pk", flat=True)))
        try:
            count = replay(deliveries=mine, actor=caller_of(request).actor, now=now_of(request))
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("%(count)s sent again, under the same webhook id.") % {"count": count})

    @admin.display(description=_("event"), ordering="event__event_type")
    def event_type(self, delivery: WebhookDelivery) -> str:
        """Show what it tells of."""
        return delivery.event.event_type

    @admin.display(description=_("webhook id"))
    def webhook_id(self, delivery: WebhookDelivery) -> str:
        """Show the id by which the receiver knows a repeat."""
        return message_id(delivery.event_id)

    @admin.display(description=_("request body"))
    def request_body(self, delivery: WebhookDelivery) -> str:
        """Show what was sent, indented."""
        return format_html(
            "<pre>{}</pre>", json.dumps(json.loads(body_of(delivery.event)), indent=2, ensure_ascii=False)
        )

    @admin.display(description=_("created"), ordering="id")
    def created(self, delivery: WebhookDelivery) -> str:
        """Show when the event happened."""
        return shown(delivery.created_at, delivery.workspace.timezone)

    @admin.display(description=_("next try"), ordering="next_attempt_at")
    def next_try(self, delivery: WebhookDelivery) -> str:
        """Show when it is tried next."""
        return shown(delivery.next_attempt_at, delivery.workspace.timezone) if delivery.next_attempt_at else NOTHING

    @admin.display(description=_("finished"), ordering="finished_at")
    def finished(self, delivery: WebhookDelivery) -> str:
        """Show when it was taken or given up."""
        return shown(delivery.finished_at, delivery.workspace.timezone) if delivery.finished_at else NOTHING
