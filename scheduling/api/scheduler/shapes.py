"""What the short routes take and give."""

from typing import Any

from rest_framework import serializers

from campaigns.models import ContentItem
from scheduling.api.posts.shapes import A_TIME, WarningShape
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.rules import iso
from scheduling.services.single import ZONE
from workspaces.api.fields import Reference, Shape

STRATEGIES = ("naive", "optimized", "agentic")
PENDING, PUBLISHED, FAILED, CANCELED = "PENDING", "PUBLISHED", "FAILED", "CANCELED"
IN_SOURCE_1: dict[str, str] = {
    **dict.fromkeys(Status.values, PENDING),
    Status.PUBLISHED: PUBLISHED,
    Status.FAILED: FAILED,
    Status.UNCONFIRMED: FAILED,
    Status.MISSED: FAILED,
    Status.SKIPPED: CANCELED,
    Status.CANCELED: CANCELED,
}


class StrategyField(serializers.CharField):
    """How a campaign's times are chosen, in any case."""

    default_error_messages = {"unknown": "Use one of: {choices}."}

    def to_internal_value(self, data: Any) -> str:
        """Return the strategy.

        :raises ValidationError: if there is no such one.
        """
        found = super().to_internal_value(data).lower()
        if found not in STRATEGIES:
            self.fail("unknown", choices=", ".join(STRATEGIES))
        return found


class SpreadShape(Shape):
    """How a campaign is scheduled, and where; without accounts it goes to its own."""

    strategy = StrategyField(max_length=20, default="naive")
    channel_accounts = Reference(ChannelAccount, many=True, required=False)


class PostTimeShape(Shape):
    """When a post goes out, and where."""

    timestamp = serializers.CharField(max_length=40, help_text=A_TIME)
    timezone = serializers.CharField(max_length=64, required=False, allow_null=True, allow_blank=True)
    channel_account = Reference(ChannelAccount, required=False, allow_null=True)


class ScheduledShape(serializers.Serializer):
    """A schedule as source 1 has it; `warnings` and `reason` are there where there is something to say."""

    schedule_id = serializers.UUIDField(allow_null=True)
    post_id = serializers.UUIDField()
    status = serializers.ChoiceField([PENDING, PUBLISHED, FAILED, CANCELED])
    publish_time = serializers.DateTimeField(allow_null=True)
    timezone = serializers.CharField()
    retry_count = serializers.IntegerField()
    warnings = WarningShape(many=True, required=False)
    reason = serializers.CharField(required=False)

    def to_representation(self, instance: PostInstance) -> dict[str, Any]:
        """Return a post instance in source 1's words."""
        extra = {"warnings": instance.warnings, "reason": instance.reason}
        return {
            "schedule_id": str(instance.pk),
            "post_id": str(instance.content_item_id),
            "status": IN_SOURCE_1[instance.status],
            "publish_time": iso(instance.scheduled_for),
            "timezone": instance.metadata.get(ZONE) or instance.timezone,
            "retry_count": instance.retry_count,
            **{name: value for name, value in extra.items() if value},
        }


class NewShape(Shape):
    """Content for a time that is kept; without an account it goes to its brand's only active one."""

    content_id = Reference(ContentItem)
    scheduled_for = serializers.CharField(max_length=40, help_text=A_TIME)
    timezone = serializers.CharField(max_length=64, required=False)
    channel_account = Reference(ChannelAccount, required=False, allow_null=True)
