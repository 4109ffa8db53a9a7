"""Rows of HOW it goes out: evidence, workers, and the sandbox's outbox."""

from django.db import models
from django.db.models import Q

from scheduling.models import ChannelAccount, PostInstance
from workspaces.models import Row, Workspace


class Outcome(models.TextChoices):
    """What came of an attempt."""

    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    NOT_SENT = "not_sent", "Not sent"
    UNKNOWN = "unknown", "Unknown"


class PublishLog(Row):
    """One attempt to publish a post instance: opened before the network is used, closed once, then frozen."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="publish_logs", db_index=False)
    post_instance = models.ForeignKey(
        PostInstance, on_delete=models.CASCADE, related_name="publish_logs", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    idempotency_key = models.UUIDField(unique=True)
    claimed_by = models.CharField(max_length=80)
    handle = models.CharField(
        max_length=500, blank=True, help_text="What the channel is asked by, saved before the call."
    )
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    error = models.TextField(blank=True)
    remote_id = models.CharField(max_length=200, blank=True)
    remote_url = models.URLField(max_length=2000, blank=True)

    class Meta:
        db_table = "publish_logs"
        ordering = ["-started_at", "-id"]
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


class OutboxPost(Row):
    """A post that a sandbox account "published": nothing went out.

    One row for each call, on purpose without a unique key: a post that were sent twice would stand here twice.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+", db_index=False)
    channel_account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE, related_name="+")
    post_instance = models.ForeignKey(PostInstance, on_delete=models.CASCADE, related_name="+")
    idempotency_key = models.UUIDField(db_index=True)
    platform = models.CharField(max_length=20)
    body = models.TextField()
    link = models.URLField(max_length=2000, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        db_table = "outbox_posts"
        ordering = ["-received_at", "-id"]
        indexes = [
            # The feed of a workspace, newest first.
            models.Index(fields=["workspace", "-received_at"], name="outbox_of_a_workspace"),
        ]

    def __str__(self) -> str:
        return self.body[:60]
