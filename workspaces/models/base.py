"""What every row of a tenant has."""

from datetime import datetime

import uuid_utils.compat as uuid_utils
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Row(models.Model):
    """A row with a public id that sorts by time and tells an outsider nothing (UUIDv7)."""

    id = models.UUIDField(primary_key=True, default=uuid_utils.uuid7, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Pausable(models.Model):
    """Something whose due posts can be held for a while."""

    paused_at = models.DateTimeField(_("paused since"), null=True, blank=True)
    paused_until = models.DateTimeField(
        _("paused until"), null=True, blank=True, help_text=_("Empty: until somebody resumes it.")
    )
    pause_reason = models.CharField(_("reason of the pause"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def is_paused(self, now: datetime) -> bool:
        """Return whether its due posts are held at `now`."""
        return self.paused_at is not None and (self.paused_until is None or self.paused_until > now)


def paused(now: datetime, prefix: str = "") -> Q:
    """Return the condition "is paused at `now`" for a relation, such as `brand__`."""
    until = Q(**{f"{prefix}paused_until__isnull": True}) | Q(**{f"{prefix}paused_until__gt": now})
    return Q(**{f"{prefix}paused_at__lte": now}) & until


def pause_constraint(table: str) -> models.CheckConstraint:
    """Return the constraint that a pause ends after it began and only exists with a beginning."""
    return models.CheckConstraint(
        name=f"{table}_pause_ends_after_it_began",
        condition=Q(paused_until__isnull=True) | Q(paused_at__isnull=False, paused_until__gt=models.F("paused_at")),
        violation_error_message=_("A pause needs a beginning, and has to end after it."),
    )
