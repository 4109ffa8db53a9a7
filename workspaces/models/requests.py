"""What the API remembers of requests: answers to keys, the pace of a workspace, tickets for the socket."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workspaces.models.base import Row
from workspaces.models.tenants import ApiKey, Workspace


class IdempotencyKey(models.Model):
    """The answer to a POST that carried an `Idempotency-Key`; without a status, it is still being worked on."""

    id = models.BigAutoField(primary_key=True)
    caller = models.CharField(max_length=200)
    route = models.CharField(max_length=300)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, help_text=_("A digest of the address and the body."))
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "idempotency_keys"
        ordering = ["id"]
        verbose_name = _("idempotency key")
        verbose_name_plural = _("idempotency keys")
        constraints = [
            models.UniqueConstraint(
                fields=["caller", "route", "key"],
                name="one_answer_for_an_idempotency_key",
                violation_error_message=_("That key has been used already."),
            ),
        ]
        indexes = [
            # prune: answers that are kept for a day.
            models.Index(fields=["created_at"], name="idempotency_keys_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"


class RateBucket(models.Model):
    """How far a workspace has used up its pace: the moment at which its bucket is full again."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, primary_key=True, related_name="+")
    full_at = models.DateTimeField()

    class Meta:
        db_table = "rate_buckets"
        verbose_name = _("rate bucket")
        verbose_name_plural = _("rate buckets")

    def __str__(self) -> str:
        return str(self.workspace_id)


class SocketTicket(Row):
    """Leave to open the socket once, for a browser or a program that cannot send headers there."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    api_key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "socket_tickets"
        ordering = ["created_at", "id"]
        verbose_name = _("socket ticket")
        verbose_name_plural = _("socket tickets")
        constraints = [
            models.CheckConstraint(
                name="ticket_belongs_to_a_person_or_a_key",
                condition=Q(user=None, api_key__isnull=False) | Q(user__isnull=False, api_key=None),
                violation_error_message=_("A ticket belongs to a person or to a key."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
