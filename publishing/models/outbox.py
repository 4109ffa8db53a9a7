"""The sandbox's outbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from scheduling.models import ChannelAccount, PostInstance
from workspaces.models import Row, Workspace


class OutboxPost(Row):
    """A post that a sandbox account "published": nothing went out.

    One row for each call, on purpose without a unique key: a post that were sent twice would stand here twice.
    """

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="+", db_index=False
    )
    channel_account = models.ForeignKey(
        ChannelAccount, verbose_name=_("channel account"), on_delete=models.CASCADE, related_name="+"
    )
    post_instance = models.ForeignKey(
        PostInstance, verbose_name=_("post instance"), on_delete=models.CASCADE, related_name="+"
    )
    idempotency_key = models.UUIDField(_("idempotency key"), db_index=True)
    platform = models.CharField(_("platform"), max_length=20)
    body = models.TextField(_("body"))
    link = models.URLField(_("link"), max_length=2000, blank=True)
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        db_table = "outbox_posts"
        ordering = ["-received_at", "-id"]
        verbose_name = _("outbox post")
        verbose_name_plural = _("outbox posts")
        indexes = [
            # The feed of a workspace, newest first.
            models.Index(fields=["workspace", "-received_at"], name="outbox_of_a_workspace"),
        ]

    def __str__(self) -> str:
        return self.body[:60]
