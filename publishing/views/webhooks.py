"""`/webhooks/`: who follows along, how well that goes, and what was sent to them; for who administers the workspace."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from publishing.models import DispatchStatus, WebhookDelivery, WebhookEndpoint
from publishing.rules.event_types import GROUPS
from publishing.services.webhooks.endpoints import replay, send_test
from publishing.services.webhooks.letters import body_of, message_id
from publishing.services.webhooks.reading import log_of, with_health
from workspaces.errors import NotFound, Refusal
from workspaces.models import Workspace
from workspaces.pages import Page

DELIVERIES_A_PAGE = 25
GONE = gettext_lazy("There is no such webhook, or no such delivery.")
ON_ITS_WAY = gettext_lazy("A test event is on its way to %(name)s. Load the page again to see what came of it.")
LOOKS = {
    DispatchStatus.WAITING: ("scheduled", "clock"),
    DispatchStatus.DELIVERED: ("published", "checks"),
    DispatchStatus.FAILED: ("failed", "alert"),
}


@dataclass
class Asked:
    """What the address asks for; what it says wrongly is left out."""

    workspace: Workspace
    endpoints: list[WebhookEndpoint]
    kept: dict[str, str] = field(default_factory=dict)

    def query(self, **changes: object) -> str:
        """Return `?…` with the workspace, the filters in force and some changes; an empty one is left out."""
        values = {"tenant_id": self.workspace.slug, **self.kept, **changes}
        return "?" + urlencode({name: value for name, value in values.items() if value})

    @property
    def endpoint(self) -> WebhookEndpoint | None:
        """The endpoint that is looked at alone."""
        return next((one for one in self.endpoints if str(one.pk) == self.kept.get("endpoint")), None)


def read(request: HttpRequest, workspace: Workspace) -> Asked:
    """Read an address; nothing in it can fail."""
    rows = with_health(WebhookEndpoint.objects.filter(workspace=workspace))
    asked = Asked(workspace, list(rows.order_by("created_at", "id")))
    known = {
        "endpoint": {str(one.pk) for one in asked.endpoints},
        "status": set(DispatchStatus.values),
        "event_type": {name for group in GROUPS.values() for name in group},
    }
    asked.kept = {name: said for name in known if (said := request.GET.get(name, "").strip()) in known[name]}
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 19:
        asked.kept["before"] = before
    return asked


class WebhooksPage(Page):
    """A workspace's webhooks, and the log, newest first."""

    scope = write_scope = "admin"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        asked = read(request, self.workspace)
        rows = log_of(
            self.workspace,
            endpoint=asked.endpoint,
            status=asked.kept.get("status", ""),
            event_type=asked.kept.get("event_type", ""),
        )
        if "before" in asked.kept:
            rows = rows.filter(pk__lt=int(asked.kept["before"]))
        shown = list(rows[: DELIVERIES_A_PAGE + 1])
        page, more = shown[:DELIVERIES_A_PAGE], len(shown) > DELIVERIES_A_PAGE
        context = {
            "asked": asked,
            "deliveries": [seen(one, self.now) for one in page],
            "older": page[-1].pk if more else None,
            "statuses": DispatchStatus.choices,
            "groups": GROUPS,
            "own_zone": self.zone,
        }
        with timezone.override(self.zone):
            return render(request, "publishing/webhooks.html", context)

    def back(self, said: str = "", *, refusal: Refusal | None = None) -> HttpResponse:
        """Lead back to the page with its filters, and say what was done, or why it was not."""
        if refusal:
            messages.error(self.request, refusal.message)
        else:
            messages.success(self.request, said)
        return redirect(reverse("webhooks") + read(self.request, self.workspace).query())

    def endpoint_of(self, key: str) -> WebhookEndpoint:
        """Return an endpoint of the workspace.

        :raises NotFound: if it is none.
        """
        rows = WebhookEndpoint.objects.filter(workspace=self.workspace).defer("secret")
        try:
            found = rows.filter(pk=UUID(key)).first()
        except ValueError:
            found = None
        if found is None:
            raise NotFound(str(GONE))
        return found


class ReplayWebhooks(WebhooksPage):
    """Send again: one delivery, or all of an endpoint that were given up."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send who reloads to the page."""
        return redirect(reverse("webhooks") + read(request, self.workspace).query())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send again."""
        rows = self.chosen(request.POST.get("delivery", ""), request.POST.get("endpoint", ""))
        try:
            count = replay(deliveries=rows, now=self.now, actor=self.caller.actor)
        except Refusal as refusal:
            return self.back(refusal=refusal)
        said = ngettext(
            "%(count)s event is sent again, under the same webhook-id.",
            "%(count)s events are sent again, under the same webhook-id.",
            count,
        )
        return self.back(said % {"count": count})

    def chosen(self, delivery: str, endpoint: str) -> QuerySet[WebhookDelivery]:
        """Return what was chosen.

        :raises NotFound: if it is none of the workspace's.
        """
        rows = WebhookDelivery.objects.filter(workspace=self.workspace)
        if not delivery:
            return rows.filter(endpoint=self.endpoint_of(endpoint), status=DispatchStatus.FAILED)
        found = rows.filter(pk=int(delivery)) if delivery.isascii() and delivery.isdecimal() else rows.none()
        if len(delivery) > 18 or not found.exists():
            raise NotFound(str(GONE))
        return found


class TryWebhook(ReplayWebhooks):
    """Send a test event to one endpoint."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        endpoint = self.endpoint_of(request.POST.get("endpoint", ""))
        try:
            send_test(endpoint=endpoint, now=self.now, actor=self.caller.actor)
        except Refusal as refusal:
            return self.back(refusal=refusal)
        return self.back(ON_ITS_WAY % {"name": endpoint})


def seen(delivery: WebhookDelivery, now: datetime) -> WebhookDelivery:
    """Return a delivery with what the page shows of it beside its columns."""
    delivery.look, delivery.icon = LOOKS[DispatchStatus(delivery.status)]
    delivery.webhook_id = message_id(delivery.event_id)
    delivery.body = json.dumps(json.loads(body_of(delivery.event)), indent=2, ensure_ascii=False)
    delivery.is_behind = delivery.attempts == 0 and (delivery.next_attempt_at or now) > now
    return delivery
