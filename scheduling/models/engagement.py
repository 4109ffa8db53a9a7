"""What people did with a published post, as its platform or somebody else counted it."""

from django.db import models

from scheduling.models.instances import PostInstance
from workspaces.models import Row, Workspace


class Engagement(Row):
    """The counts of a published post at one moment."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="engagement")
    post_instance = models.ForeignKey(PostInstance, on_delete=models.CASCADE, related_name="engagement")
    measured_at = models.DateTimeField()
    impressions = models.PositiveBigIntegerField(default=0)
    reach = models.PositiveBigIntegerField(default=0)
    reactions = models.PositiveBigIntegerField(default=0)
    comments = models.PositiveBigIntegerField(default=0)
    shares = models.PositiveBigIntegerField(default=0)
    clicks = models.PositiveBigIntegerField(default=0)
    video_views = models.PositiveBigIntegerField(default=0)
    is_paid = models.BooleanField(default=False, help_text="Promoted: it says nothing of the time.")

    class Meta:
        db_table = "engagement"
        ordering = ["-measured_at", "id"]
        verbose_name_plural = "engagement"
        constraints = [
            models.UniqueConstraint(
                fields=["post_instance", "measured_at"],
                name="one_measurement_of_a_post_at_a_moment",
                violation_error_message="The post was measured at that moment already.",
            ),
        ]
        indexes = [
            # The lists: a workspace's measurements, newest first.
            models.Index(fields=["workspace", "-measured_at"], name="engagement_of_a_workspace"),
        ]

    def __str__(self) -> str:
        return f"{self.post_instance_id} at {self.measured_at:%Y-%m-%d %H:%M}"
