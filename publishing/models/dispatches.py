"""Messages that MarketMind sends about what happened: at least once and in order, for up to a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DispatchStatus(models.TextChoices):
    """Where a message stands."""

    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Failed")


class Dispatch(models.Model):
    """One message to one receiver. A claim moves `next_attempt_at` on, so that a killed worker's comes round again."""

    id = models.BigAutoField(primary_key=True)
    status = models.CharField(max_length=10, choices=DispatchStatus, default=DispatchStatus.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    first_attempt_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, help_text=_("What went wrong the last time, in a person's words."))
    created_at = models.DateTimeField()

    class Meta:
        abstract = True


def waits_exactly_with_a_time(table: str) -> models.CheckConstraint:
    """Return the constraint that a message has a next time exactly while it waits, and an end exactly after."""
    waiting = models.Q(status=DispatchStatus.WAITING, next_attempt_at__isnull=False, finished_at=None)
    over = models.Q(
        status__in=[DispatchStatus.DELIVERED, DispatchStatus.FAILED], next_attempt_at=None, finished_at__isnull=False
    )
    return models.CheckConstraint(name=f"{table}_waits_exactly_with_a_time", condition=waiting | over)
