"""The sandbox's outbox."""

from django.db import models

from scheduling.models import ChannelAccount, PostInstance
from workspaces.models import Row, Workspace


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
