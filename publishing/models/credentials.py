"""What an account needs to reach its platform."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models.fields import EncryptedText
from scheduling.models import ChannelAccount
from workspaces.models import Row, Workspace


class Credentials(Row):
    """How one account is connected: what everybody may see, and its secret."""

    workspace = models.ForeignKey(Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="+")
    channel_account = models.OneToOneField(
        ChannelAccount, verbose_name=_("channel account"), on_delete=models.CASCADE, related_name="credentials"
    )
    options = models.JSONField(
        _("options"), default=dict, blank=True, help_text=_("What is no secret, such as the address of a webhook.")
    )
    secret = EncryptedText(_("secret"), blank=True)
    expires_at = models.DateTimeField(
        _("expires at"), null=True, blank=True, help_text=_("When the platform will ask to connect again.")
    )

    class Meta:
        db_table = "credentials"
        ordering = ["id"]
        verbose_name = _("credentials")
        verbose_name_plural = _("credentials")

    def __str__(self) -> str:
        return f"Connection of {self.channel_account}"
