"""What the routes of batches take and give."""

from typing import Any

from rest_framework import serializers

from scheduling.api.batches.represent import STATES, summary, whole
from scheduling.api.fields import PlatformName, Zone
from scheduling.api.posts.shapes import A_TIME, Notes, PostInstanceShape
from scheduling.models import Schedule, ScheduleStatus
from scheduling.services.batches.making import MOST_ITEMS
from workspaces.api.fields import Shape


class ItemShape(Shape):
    """One content item; without a time it gets a recommended one, without an account its brand's only active one."""

    content_id = serializers.CharField(max_length=200, help_text="Its id, or its external_ref.")
    platform = PlatformName(max_length=20, required=False, allow_null=True)
    channel_account = serializers.CharField(
        max_length=200, required=False, allow_null=True, help_text="Its id, its external_ref, or its name."
    )
    scheduled_time = serializers.CharField(max_length=40, required=False, allow_null=True, help_text=A_TIME)
    metadata = Notes(required=False)


class NewBatchShape(Shape):
    """Posts to be placed together by the workers."""

    title = serializers.CharField(max_length=200)
    timezone = Zone(required=False, help_text="Where times without an offset are read; else in the account's zone.")
    items = ItemShape(many=True, allow_empty=False, max_length=MOST_ITEMS)
    bulk_job_id = serializers.CharField(max_length=200, required=False, allow_blank=True)
    metadata = Notes(required=False)


class ProgressShape(serializers.Serializer):
    """How far a batch is."""

    total = serializers.IntegerField()
    placed = serializers.IntegerField()
    refused = serializers.IntegerField()


class BatchItemShape(PostInstanceShape):
    """A post instance, or what waits to become one: then its `id` is null."""

    id = serializers.UUIDField(allow_null=True)
    status = serializers.CharField(allow_null=True)
    scheduled_for = serializers.DateTimeField(allow_null=True)
    local_time = serializers.CharField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)
    state = serializers.ChoiceField(STATES)
    rule = serializers.CharField(allow_null=True, help_text="The rule that binds, where it was refused.")


class BatchSummaryShape(serializers.Serializer):
    """A batch in a list."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    status = serializers.ChoiceField(ScheduleStatus.choices)
    timezone = serializers.CharField()
    strategy = serializers.CharField()
    campaign = serializers.UUIDField(allow_null=True)
    progress = ProgressShape()
    reason = serializers.CharField(allow_null=True)
    metadata = serializers.DictField()
    bulk_job_id = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    def to_representation(self, instance: Schedule) -> dict[str, Any]:
        """Return it as every route writes it."""
        return summary(instance)


class BatchShape(BatchSummaryShape):
    """A batch with its items."""

    items = BatchItemShape(many=True)

    def to_representation(self, instance: Schedule) -> dict[str, Any]:
        """Return it as every route writes it."""
        return whole(instance)
