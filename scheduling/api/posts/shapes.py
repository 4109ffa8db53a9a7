"""What bodies and answers about post instances hold."""

import json
from typing import Any

from rest_framework import serializers

from campaigns.models import ContentItem
from scheduling.api.represent import post_instance, post_instance_of_row
from scheduling.models import ChannelAccount, Connection, PostInstance, ScheduledBy, ScheduleType, Status
from workspaces.api.fields import Reference, Shape

LONGEST_METADATA = 20_000
A_TIME = "ISO 8601; without an offset it is read in `timezone`, else in the account's zone."


class Notes(serializers.DictField):
    """What another system keeps with a post, as an object."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Return it, if it is not too large.

        :raises ValidationError: if it is.
        """
        found = super().to_internal_value(data)
        if len(json.dumps(found)) > LONGEST_METADATA:
            raise serializers.ValidationError(f"metadata has {LONGEST_METADATA:,} characters of JSON at most.")
        return found


class WarningShape(serializers.Serializer):
    """A rule that a stated time breaks, and the nearest time that keeps them all."""

    rule = serializers.CharField()
    message = serializers.CharField()
    nearest = serializers.DateTimeField(allow_null=True)


class PostInstanceShape(serializers.Serializer):
    """A post instance: one content item on one channel account at one instant."""

    id = serializers.UUIDField()
    workspace = serializers.UUIDField()
    brand = serializers.UUIDField()
    channel_account = serializers.UUIDField()
    platform = serializers.CharField()
    connection = serializers.ChoiceField(Connection.choices)
    content_item = serializers.UUIDField()
    campaign = serializers.UUIDField(allow_null=True)
    schedule = serializers.UUIDField(allow_null=True)
    title = serializers.CharField()
    status = serializers.ChoiceField(Status.choices)
    schedule_type = serializers.ChoiceField(ScheduleType.choices)
    scheduled_for = serializers.DateTimeField()
    scheduled_window_end = serializers.DateTimeField(allow_null=True)
    scheduled_by = serializers.ChoiceField(ScheduledBy.choices)
    timezone = serializers.CharField()
    local_time = serializers.CharField()
    cadence_slot = serializers.CharField(allow_null=True)
    priority = serializers.IntegerField()
    retry_count = serializers.IntegerField()
    next_attempt_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    remote_id = serializers.CharField(allow_null=True)
    remote_url = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_null=True)
    warnings = WarningShape(many=True)
    metadata = serializers.DictField()
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    def to_representation(self, instance: PostInstance | dict[str, Any]) -> dict[str, Any]:
        """Return it, or a row of its columns, as every door writes it."""
        return post_instance_of_row(instance) if isinstance(instance, dict) else post_instance(instance)


class Chosen(Shape):
    """What can be said of any post."""

    scheduled_for = serializers.CharField(max_length=40, help_text=A_TIME)
    timezone = serializers.CharField(max_length=64, required=False)
    scheduled_window_end = serializers.CharField(max_length=40, required=False, allow_null=True, help_text=A_TIME)
    priority = serializers.IntegerField(min_value=-100, max_value=100, required=False)
    metadata = Notes(required=False)


class NewPostShape(Chosen):
    """Content for an account at a stated time, which is kept; `warnings` say what it breaks."""

    content_item = Reference(ContentItem)
    channel_account = Reference(ChannelAccount, required=False, allow_null=True)
    status = serializers.ChoiceField([Status.SCHEDULED.value, Status.DRAFT.value], default=Status.SCHEDULED.value)


class ChangedPostShape(Chosen):
    """What changes of a post; what is left out stays."""

    scheduled_for = serializers.CharField(max_length=40, required=False, help_text=A_TIME)


class FillShape(Shape):
    """Content for an empty slot."""

    content_item = Reference(ContentItem)
    status = serializers.ChoiceField([Status.SCHEDULED.value, Status.DRAFT.value], default=Status.SCHEDULED.value)


class MoveShape(Shape):
    """A new time."""

    scheduled_for = serializers.CharField(max_length=40, help_text=A_TIME)
    timezone = serializers.CharField(max_length=64, required=False)


class ScheduleShape(MoveShape):
    """A time, or none: then the post keeps its own."""

    scheduled_for = serializers.CharField(max_length=40, required=False, help_text=A_TIME)


class SkipShape(Shape):
    """Why a post is left out."""

    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class ConfirmShape(Shape):
    """Where a post can be seen."""

    url = serializers.CharField(max_length=2000, allow_blank=True, default="", help_text="It has to be given.")


class NothingShape(Shape):
    """Nothing: the address says it all."""
