"""What is said."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.brands import Brand, Campaign
from campaigns.rules import tagged
from workspaces.models import Row, Workspace

PLACEHOLDER_TITLE = "[PLANNED SLOT]"


class ContentItem(Row):
    """What is said: a title for the team, the text, a link, and texts of its own for some platforms.

    Each workspace has one placeholder, `[PLANNED SLOT]`, which stands in every empty slot.
    """

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="content_items"
    )
    brand = models.ForeignKey(
        Brand, verbose_name=_("brand"), on_delete=models.PROTECT, related_name="content_items", null=True
    )
    campaign = models.ForeignKey(
        Campaign,
        verbose_name=_("campaign"),
        on_delete=models.SET_NULL,
        related_name="content_items",
        null=True,
        blank=True,
    )
    title = models.CharField(_("title"), max_length=200, help_text=_("For the team: what the calendar shows."))
    body = models.TextField(_("body"), blank=True, max_length=20_000)
    link = models.URLField(_("link"), max_length=2000, blank=True)
    variants = models.JSONField(
        _("variants"), default=dict, blank=True, help_text=_('Other texts by platform: {"x": {"body": "…"}}.')
    )
    account_variants = models.JSONField(
        _("account variants"),
        default=dict,
        blank=True,
        help_text=_('Other texts by channel account: {"<its id>": {"body": "…"}}.'),
    )
    utm = models.JSONField(
        _("utm"),
        default=dict,
        blank=True,
        help_text=_('What the link tells your statistics: {"source": "…", "medium": "…"}.'),
    )
    labels = models.CharField(
        _("labels"),
        max_length=500,
        blank=True,
        help_text=_("Words to find it by, separated by commas: evergreen, launch."),
    )
    external_ref = models.CharField(
        _("external ref"), max_length=200, blank=True, help_text=_("Its id in your other systems.")
    )
    is_placeholder = models.BooleanField(_("is placeholder"), default=False, editable=False)
    media = models.ManyToManyField(
        "campaigns.Media", verbose_name=_("media"), through="campaigns.Attachment", related_name="content_items"
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        db_table = "content_items"
        ordering = ["-created_at", "id"]
        verbose_name = _("content item")
        verbose_name_plural = _("content items")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace"],
                condition=Q(is_placeholder=True),
                name="one_placeholder_in_a_workspace",
                violation_error_message=_("The workspace has its placeholder already."),
            ),
            models.CheckConstraint(
                name="only_the_placeholder_has_no_brand",
                condition=Q(is_placeholder=True, brand=None) | Q(is_placeholder=False, brand__isnull=False),
                violation_error_message=_("Content belongs to a brand: choose one."),
            ),
            models.UniqueConstraint(
                fields=["workspace", "external_ref"],
                condition=~Q(external_ref=""),
                name="one_content_item_of_an_external_ref_in_a_workspace",
                violation_error_message=_("Another content item has that external reference."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def text_for(self, platform: str, account: UUID | None = None) -> str:
        """Return the body for an account: its own text, else its platform's, else the common one."""
        own = self.account_variants.get(str(account), {}).get("body") if account else ""
        return own or self.variants.get(platform, {}).get("body") or self.body

    def link_for(self, platform: str) -> str:
        """Return the link with its tags, as a post on a platform carries it."""
        return tagged(self.link, self.utm, {"platform": platform})
