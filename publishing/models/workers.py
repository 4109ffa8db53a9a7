"""The workers, as they report themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Lane(models.Model):
    """A numbered place in which one task at a time claims and sends; its newest run owns it."""

    number = models.PositiveSmallIntegerField(_("number"), primary_key=True)
    run = models.UUIDField(_("run"), null=True, blank=True)
    holder = models.CharField(_("holder"), max_length=80, blank=True)
    queued_at = models.DateTimeField(_("queued at"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)

    class Meta:
        db_table = "lanes"
        ordering = ["number"]
        verbose_name = _("lane")
        verbose_name_plural = _("lanes")

    def __str__(self) -> str:
        return f"Lane {self.number}"


class WorkerBeat(models.Model):
    """A running `manage.py workers` and how many lanes it can hold."""

    name = models.CharField(_("name"), max_length=80, primary_key=True)
    lanes = models.PositiveSmallIntegerField(_("lanes"))
    started_at = models.DateTimeField(_("started at"))
    seen_at = models.DateTimeField(_("seen at"))

    class Meta:
        db_table = "worker_beats"
        ordering = ["name"]
        verbose_name = _("worker beat")
        verbose_name_plural = _("worker beats")

    def __str__(self) -> str:
        return self.name
