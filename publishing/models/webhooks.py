"""Other systems that follow along: who they are, and what was sent to them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.models.dispatches import Dispatch, DispatchStatus, waits_exactly_with_a_time
from publishing.models.fields import EncryptedText
from workspaces.models import LedgerEvent, Row, Workspace


class WebhookEndpoint(Row):
    """An address that gets a workspace's ledger events, signed with its secret (Standard Webhooks)."""

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="webhook_endpoints"
    )
    url = models.URLField(_("address"), max_length=2000)
    description = models.CharField(_("description"), max_length=200, blank=True)
    secret = EncryptedText(_("secret"), editable=False)
    event_types = models.JSONField(
        _("event types"), default=list, blank=True, help_text=_('Such as ["publish_published"]. Empty: all.')
    )
    is_active = models.BooleanField(_("active"), default=True)
    disabled_reason = models.CharField(_("disabled reason"), max_length=300, blank=True, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True, editable=False)
    last_taken_at = models.DateTimeField(
        _("last taken at"), null=True, blank=True, editable=False, help_text=_("When it last took one, to the minute.")
    )

    class Meta:
        db_table = "webhook_endpoints"
        ordering = ["created_at", "id"]
        verbose_name = _("webhook endpoint")
        verbose_name_plural = _("webhook endpoints")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "url"],
                name="one_webhook_of_an_address_in_a_workspace",
                violation_error_message=_("The workspace has a webhook to that address already."),
            ),
        ]

    def __str__(self) -> str:
        return self.description or self.url


class WebhookDelivery(Dispatch):
    """One ledger event for one endpoint; a trigger of the migration writes it in the transaction of the event.

    Its body is made from the event, which never changes.
    """

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="+", db_index=False
    )
    endpoint = models.ForeignKey(
        WebhookEndpoint, verbose_name=_("endpoint"), on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    event = models.ForeignKey(LedgerEvent, verbose_name=_("event"), on_delete=models.CASCADE, related_name="+")
    entity_id = models.UUIDField(
        _("entity id"), help_text=_("What the event is about: its events are delivered in their order.")
    )
    response_status = models.PositiveSmallIntegerField(_("response status"), null=True, blank=True)
    response_body = models.TextField(_("response body"), blank=True, help_text=_("Cut at 4,000 characters."))

    class Meta:
        db_table = "webhook_deliveries"
        ordering = ["-id"]
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "event"], name="an_event_goes_to_an_endpoint_once"),
            waits_exactly_with_a_time("webhook_deliveries"),
        ]
        indexes = [
            # What the courier asks: is anything due.
            models.Index(
                fields=["next_attempt_at"], condition=Q(status=DispatchStatus.WAITING), name="webhooks_that_wait"
            ),
            # Which endpoint has something due, and what is next for it.
            models.Index(
                fields=["endpoint", "next_attempt_at", "id"],
                condition=Q(status=DispatchStatus.WAITING),
                name="webhooks_of_an_endpoint",
            ),
            # Whether an earlier one about the same thing still waits.
            models.Index(
                fields=["endpoint", "entity_id", "id"],
                condition=Q(status=DispatchStatus.WAITING),
                name="webhooks_in_order",
            ),
            # How many were given up, and which to send again.
            models.Index(
                fields=["endpoint", "id"], condition=Q(status=DispatchStatus.FAILED), name="webhooks_that_failed"
            ),
            # The log of a workspace, newest first.
            models.Index(fields=["workspace", "-id"], name="webhooks_of_a_workspace"),
        ]

    def __str__(self) -> str:
        return f"Event {self.event_id}"
