"""`/api/v1/publish-logs`: the attempts to publish, which nobody can change."""

from typing import Any

import django_filters
from rest_framework import serializers

from publishing.models import PublishLog
from publishing.models.attempts import Outcome
from workspaces.api.resources import Listed, Resource, Retrieved


class PublishLogShape(serializers.ModelSerializer):
    """An attempt in JSON; `outcome` and `finished_at` are empty while it is under way."""

    workspace = serializers.UUIDField(source="workspace_id")
    post_instance = serializers.UUIDField(source="post_instance_id")
    outcome = serializers.ChoiceField(Outcome.choices, allow_blank=True, read_only=True)

    class Meta:
        model = PublishLog
        fields = [
            "id",
            "workspace",
            "post_instance",
            "number",
            "idempotency_key",
            "claimed_by",
            "handle",
            "asks",
            "started_at",
            "finished_at",
            "outcome",
            "error",
            "remote_id",
            "remote_url",
        ]
        read_only_fields = fields


class WholePublishLogShape(PublishLogShape):
    """An attempt with what the other side said, word for word."""

    class Meta(PublishLogShape.Meta):
        fields = [*PublishLogShape.Meta.fields, "raw_answer"]
        read_only_fields = fields


class PublishLogFilters(django_filters.FilterSet):
    """Attempts at a post, on an account, of an outcome, or of a range of time."""

    post_instance = django_filters.UUIDFilter("post_instance_id")
    channel_account = django_filters.UUIDFilter("post_instance__channel_account_id")
    outcome = django_filters.ChoiceFilter(choices=Outcome.choices)
    is_open = django_filters.BooleanFilter("finished_at", "isnull")
    start = django_filters.IsoDateTimeFilter("started_at", "gte")
    end = django_filters.IsoDateTimeFilter("started_at", "lt")

    class Meta:
        model = PublishLog
        fields: list[str] = []


class PublishLogs(Listed, Retrieved, Resource):
    """Attempts, newest first."""

    queryset = PublishLog.objects.all()
    filterset_class = PublishLogFilters
    ordering = ("-started_at", "-id")

    def get_serializer_class(self) -> Any:
        """Return the shape: a single attempt is whole."""
        return WholePublishLogShape if self.action == "retrieve" else PublishLogShape
