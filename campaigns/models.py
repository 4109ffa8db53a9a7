"""Rows of WHAT is said."""

from django.db import models
from django.db.models import F, Q
from timezone_field import TimeZoneField

from workspaces.models import Pausable, Row, Workspace, pause_constraint

PLACEHOLDER_TITLE = "[PLANNED SLOT]"


class Brand(Pausable, Row):
    """A name and a voice, with the time zone that its accounts use unless they say otherwise."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="brands")
    name = models.CharField(max_length=120)
    voice = models.TextField(blank=True, help_text="How the brand speaks: for writers and for the AI.")
    timezone = TimeZoneField(default="UTC", use_pytz=False)
    external_ref = models.CharField(max_length=200, blank=True, help_text="Its id in your other systems.")

    class Meta:
        db_table = "brands"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                name="one_brand_of_a_name_in_a_workspace",
                violation_error_message="There is a brand of that name already.",
            ),
            models.UniqueConstraint(
                fields=["workspace", "external_ref"],
                condition=~Q(external_ref=""),
                name="one_brand_of_an_external_ref_in_a_workspace",
                violation_error_message="Another brand has that external reference.",
            ),
            pause_constraint("brands"),
        ]

    def __str__(self) -> str:
        return self.name


class Campaign(Pausable, Row):
    """Posts of one brand between two dates; both ends count."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="campaigns")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="campaigns")
    name = models.CharField(max_length=120)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    number_of_posts = models.PositiveIntegerField(default=1, help_text="The target: how many posts it should have.")
    external_ref = models.CharField(max_length=200, blank=True, help_text="Its id in your other systems.")

    class Meta:
        db_table = "campaigns"
        ordering = ["-starts_on", "name", "id"]
        constraints = [
            models.CheckConstraint(
                name="campaign_ends_on_or_after_its_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="A campaign has to end on or after its first day.",
            ),
            models.UniqueConstraint(
                fields=["workspace", "external_ref"],
                condition=~Q(external_ref=""),
                name="one_campaign_of_an_external_ref_in_a_workspace",
                violation_error_message="Another campaign has that external reference.",
            ),
            pause_constraint("campaigns"),
        ]

    def __str__(self) -> str:
        return self.name


class ContentItem(Row):
    """What is said: a title for the team, the text, a link, and texts of its own for some platforms.

    Each workspace has one placeholder, `[PLANNED SLOT]`, which stands in every empty slot.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="content_items")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="content_items", null=True)
    campaign = models.ForeignKey(
        Campaign, on_delete=models.SET_NULL, related_name="content_items", null=True, blank=True
    )
    title = models.CharField(max_length=200, help_text="For the team: what the calendar shows.")
    body = models.TextField(blank=True, max_length=20_000)
    link = models.URLField(max_length=2000, blank=True)
    variants = models.JSONField(default=dict, blank=True, help_text='Other texts by platform: {"x": {"body": "…"}}.')
    external_ref = models.CharField(max_length=200, blank=True, help_text="Its id in your other systems.")
    is_placeholder = models.BooleanField(default=False, editable=False)

    class Meta:
        db_table = "content_items"
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace"],
                condition=Q(is_placeholder=True),
                name="one_placeholder_in_a_workspace",
                violation_error_message="The workspace has its placeholder already.",
            ),
            models.CheckConstraint(
                name="only_the_placeholder_has_no_brand",
                condition=Q(is_placeholder=True, brand=None) | Q(is_placeholder=False, brand__isnull=False),
                violation_error_message="Content belongs to a brand: choose one.",
            ),
            models.UniqueConstraint(
                fields=["workspace", "external_ref"],
                condition=~Q(external_ref=""),
                name="one_content_item_of_an_external_ref_in_a_workspace",
                violation_error_message="Another content item has that external reference.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def text_for(self, platform: str) -> str:
        """Return the body for a platform: its own variant, else the common one."""
        return self.variants.get(platform, {}).get("body") or self.body
