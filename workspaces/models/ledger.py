"""What happened, written once."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from workspaces.models.tenants import Workspace


class LedgerEvent(models.Model):
    """An append-only record of what happened; `id` grows in the order in which readers may rely on it.

    On PostgreSQL a trigger makes writers take turns from their insert to their commit, so that ids become
    visible in their order: a reader who remembers the last id misses nothing.
    """

    id = models.BigAutoField(primary_key=True)
    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="+", db_index=False
    )
    event_type = models.CharField(_("event type"), max_length=60)
    entity_type = models.CharField(_("entity type"), max_length=40)
    entity_id = models.UUIDField(_("entity id"))
    metadata = models.JSONField(_("metadata"), default=dict, encoder=DjangoJSONEncoder)
    actor = models.CharField(_("actor"), max_length=120)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        db_table = "ledger_events"
        ordering = ["id"]
        verbose_name = _("ledger event")
        verbose_name_plural = _("ledger events")
        indexes = [
            # The live stream and the lists: one workspace from an id on.
            models.Index(fields=["workspace", "id"], name="ledger_of_a_workspace"),
            # The history of one thing.
            models.Index(fields=["entity_id", "id"], name="ledger_of_an_entity"),
        ]

    def __str__(self) -> str:
        return f"{self.event_type} {self.entity_id}"
