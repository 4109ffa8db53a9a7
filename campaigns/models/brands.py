"""Whose voice it is, and what it is part of."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from timezone_field import TimeZoneField

from workspaces.models import Pausable, Row, Workspace, pause_constraint


class Brand(Pausable, Row):
    """A name and a voice, with the time zone that its accounts use unless they say otherwise."""

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="brands"
    )
    name = models.CharField(_("name"), max_length=120)
    voice = models.TextField(_("voice"), blank=True, help_text=_("How the brand speaks: for writers and for the AI."))
    timezone = TimeZoneField(_("timezone"), default="UTC", use_pytz=False)
    external_ref = models.CharField(
        _("external ref"), max_length=200, blank=True, help_text=_("Its id in your other systems.")
    )

    class Meta:
        db_table = "brands"
        ordering = ["name", "id"]
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                name="one_brand_of_a_name_in_a_workspace",
                violation_error_message=_("There is a brand of that name already."),
            ),
            models.UniqueConstraint(
                fields=["workspace", "external_ref"],
                condition=~Q(external_ref=""),
                name="one_brand_of_an_external_ref_in_a_workspace",
                violation_error_message=_("Another brand has that external reference."),
            ),
            pause_constraint("brands"),
        ]

    def __str__(self) -> str:
        return self.name


class Campaign(Pausable, Row):
    """Posts of one brand between two dates; both ends count."""

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="campaigns"
    )
    brand = models.ForeignKey(Brand, verbose_name=_("brand"), on_delete=models.PROTECT, related_name="campaigns")
    name = models.CharField(_("name"), max_length=120)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    number_of_posts = models.PositiveIntegerField(
        _("number of posts"), default=1, help_text=_("The target: how many posts it should have.")
    )
    external_ref = models.CharField(
        _("external ref"), max_length=200, blank=True, help_text=_("Its id in your other systems.")
    )

    class Meta:
        db_table = "campaigns"
        ordering = ["-starts_on", "name", "id"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.CheckConstraint(
                name="campaign_ends_on_or_after_its_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("A campaign has to end on or after its first day."),
            ),
            models.UniqueConstraint(
                fields=["workspace", "external_ref"],
                condition=~Q(external_ref=""),
                name="one_campaign_of_an_external_ref_in_a_workspace",
                violation_error_message=_("Another campaign has that external reference."),
            ),
            pause_constraint("campaigns"),
        ]

    def __str__(self) -> str:
        return self.name
