"""Calendars that other programs subscribe to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Brand
from scheduling.models.accounts import ChannelAccount
from workspaces.models import Row, Workspace


class CalendarFeed(Row):
    """A secret address under which the posts of a workspace, a brand or an account are an iCalendar."""

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="feeds"
    )
    brand = models.ForeignKey(
        Brand, verbose_name=_("brand"), on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    channel_account = models.ForeignKey(
        ChannelAccount,
        verbose_name=_("channel account"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=120)
    prefix = models.CharField(
        _("prefix"), max_length=16, editable=False, help_text=_("The first characters, to recognise it by.")
    )
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    last_read_at = models.DateTimeField(_("last read at"), null=True, blank=True, editable=False)

    class Meta:
        db_table = "calendar_feeds"
        ordering = ["name", "id"]
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        constraints = [
            models.CheckConstraint(
                name="feed_names_one_level_at_most",
                condition=Q(brand=None) | Q(channel_account=None),
                violation_error_message=_("Name a brand or an account, not both; neither is the workspace."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
