"""The workers, as they report themselves."""

from django.db import models


class Lane(models.Model):
    """A numbered place in which one task at a time claims and sends; its newest run owns it."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    run = models.UUIDField(null=True, blank=True)
    holder = models.CharField(max_length=80, blank=True)
    queued_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "lanes"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Lane {self.number}"


class WorkerBeat(models.Model):
    """A running `manage.py workers` and how many lanes it can hold."""

    name = models.CharField(max_length=80, primary_key=True)
    lanes = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "worker_beats"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
