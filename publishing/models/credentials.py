"""What an account needs to reach its platform."""

from django.db import models

from publishing.models.fields import EncryptedText
from scheduling.models import ChannelAccount
from workspaces.models import Row, Workspace


class Credentials(Row):
    """How one account is connected: what everybody may see, and its secret."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    channel_account = models.OneToOneField(ChannelAccount, on_delete=models.CASCADE, related_name="credentials")
    options = models.JSONField(
        default=dict, blank=True, help_text="What is no secret, such as the address of a webhook."
    )
    secret = EncryptedText(blank=True)
    expires_at = models.DateTimeField(null=True, blank=True, help_text="When the platform will ask to connect again.")

    class Meta:
        db_table = "credentials"
        ordering = ["id"]
        verbose_name_plural = "credentials"

    def __str__(self) -> str:
        return f"Connection of {self.channel_account}"
