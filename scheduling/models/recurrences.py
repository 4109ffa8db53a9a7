"""Content that goes out again and again."""

from django.db import models
from django.db.models import Q

from campaigns.models import ContentItem
from scheduling.models.accounts import ChannelAccount
from workspaces.models import Row, Workspace


class Recurrence(Row):
    """A rule (RFC 5545) by which a content item is posted on an account, in the account's wall time."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="recurrences")
    content_item = models.ForeignKey(ContentItem, on_delete=models.CASCADE, related_name="recurrences")
    channel_account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE, related_name="recurrences")
    rule = models.CharField(max_length=500, help_text="Such as FREQ=WEEKLY;BYDAY=MO,TH.")
    starts_at = models.CharField(max_length=19, help_text="The first local time: 2026-11-23T09:00:00.")
    excluded = models.JSONField(default=list, blank=True, help_text="Local times that are left out.")
    is_active = models.BooleanField("active", default=True)

    class Meta:
        db_table = "recurrences"
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_recurrence_has_a_rule_and_a_start",
                condition=~Q(rule="") & ~Q(starts_at=""),
                violation_error_message="A recurrence needs a rule and a first time.",
            ),
        ]

    def __str__(self) -> str:
        return self.rule
