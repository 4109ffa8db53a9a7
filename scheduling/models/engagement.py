"""What people did with a published post, as its platform or somebody else counted it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from scheduling.models.instances import PostInstance
from workspaces.models import Row, Workspace


class Engagement(Row):
    """The counts of a published post at one moment."""

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="engagement"
    )
    post_instance = models.ForeignKey(
        PostInstance, verbose_name=_("post instance"), on_delete=models.CASCADE, related_name="engagement"
    )
    measured_at = models.DateTimeField(_("measured at"))
    impressions = models.PositiveBigIntegerField(_("impressions"), default=0)
    reach = models.PositiveBigIntegerField(_("reach"), default=0)
    reactions = models.PositiveBigIntegerField(_("reactions"), default=0)
    comments = models.PositiveBigIntegerField(_("comments"), default=0)
    shares = models.PositiveBigIntegerField(_("shares"), default=0)
    clicks = models.PositiveBigIntegerField(_("clicks"), default=0)
    video_views = models.PositiveBigIntegerField(_("video views"), default=0)
    is_paid = models.BooleanField(_("is paid"), default=False, help_text=_("Promoted: it says nothing of the time."))

    class Meta:
        db_table = "engagement"
        ordering = ["-measured_at", "id"]
        verbose_name = _("engagement")
        verbose_name_plural = _("engagement")
        constraints = [
            models.UniqueConstraint(
                fields=["post_instance", "measured_at"],
                name="one_measurement_of_a_post_at_a_moment",
                violation_error_message=_("The post was measured at that moment already."),
            ),
        ]
        indexes = [
            # The lists: a workspace's measurements, newest first.
            models.Index(fields=["workspace", "-measured_at"], name="engagement_of_a_workspace"),
        ]

    def __str__(self) -> str:
        return f"{self.post_instance_id} at {self.measured_at:%Y-%m-%d %H:%M}"
