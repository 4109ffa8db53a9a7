"""Links under which somebody without a login reads the plan of a campaign."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign
from workspaces.models import Row, Workspace


class SharedLink(Row):
    """A secret address under which a client reads a campaign's plan, until it is over or revoked.

    Only a digest of the address is stored: nobody can read it again.
    """

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="shared_links"
    )
    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="shared_links"
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("Who it is for."))
    prefix = models.CharField(
        _("prefix"), max_length=16, editable=False, help_text=_("The first characters, to recognise it by.")
    )
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    last_read_at = models.DateTimeField(_("last read at"), null=True, blank=True, editable=False)

    class Meta:
        db_table = "shared_links"
        ordering = ["-created_at", "-id"]
        verbose_name = _("shared link")
        verbose_name_plural = _("shared links")
        constraints = [
            models.CheckConstraint(
                name="shared_link_ends_after_it_was_made",
                condition=Q(expires_at__gt=F("created_at")),
                violation_error_message=_("A link has to end after it was made."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
