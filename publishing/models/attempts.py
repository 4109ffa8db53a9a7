"""Evidence of what went out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from scheduling.models import PostInstance
from workspaces.models import Row, Workspace


class Outcome(models.TextChoices):
    """What came of an attempt."""

    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    NOT_SENT = "not_sent", _("Not sent")
    UNKNOWN = "unknown", _("Unknown")


class PublishLog(Row):
    """One attempt to publish a post instance: opened before the network is used, closed once, then frozen."""

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="publish_logs", db_index=False
    )
    post_instance = models.ForeignKey(
        PostInstance,
        verbose_name=_("post instance"),
        on_delete=models.CASCADE,
        related_name="publish_logs",
        db_index=False,
    )
    number = models.PositiveSmallIntegerField(_("number"))
    idempotency_key = models.UUIDField(_("idempotency key"), unique=True)
    claimed_by = models.CharField(_("claimed by"), max_length=80)
    handle = models.CharField(
        _("handle"), max_length=500, blank=True, help_text=_("What the channel is asked by, saved before the call.")
    )
    asks = models.PositiveSmallIntegerField(
        _("asks"), default=0, help_text=_("How often the channel was asked what became of it.")
    )
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    error = models.TextField(_("error"), blank=True)
    raw_answer = models.TextField(
        _("raw answer"), blank=True, help_text=_("What the other side said, word for word, cut at 4,000.")
    )
    remote_id = models.CharField(_("remote id"), max_length=200, blank=True)
    remote_url = models.URLField(_("remote url"), max_length=2000, blank=True)

    class Meta:
        db_table = "publish_logs"
        ordering = ["-started_at", "-id"]
        verbose_name = _("publish log")
        verbose_name_plural = _("publish logs")
        constraints = [
            models.UniqueConstraint(fields=["post_instance", "number"], name="attempts_are_numbered"),
            models.UniqueConstraint(
                fields=["post_instance"], condition=Q(finished_at=None), name="one_open_attempt_of_an_instance"
            ),
            models.CheckConstraint(
                name="closed_exactly_with_an_outcome",
                condition=Q(finished_at=None, outcome="") | (Q(finished_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(name="attempts_start_at_one", condition=Q(number__gte=1)),
        ]
        indexes = [
            # The list of attempts of a workspace, newest first.
            models.Index(fields=["workspace", "-started_at"], name="logs_of_a_workspace"),
        ]

    def __str__(self) -> str:
        return f"Attempt {self.number}"
