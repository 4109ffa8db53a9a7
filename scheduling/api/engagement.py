"""`/api/v1/engagement`: how published posts did."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from scheduling.models import Engagement
from scheduling.services.engagement import delete_engagement, record_engagement
from workspaces.api.fields import RowShape, Shape
from workspaces.api.resources import Created, Deleted, Listed, Resource, Retrieved
from workspaces.errors import Invalid

MOST = 500


class EngagementShape(RowShape):
    """A measurement in JSON: the counts of a post at one moment, as they stood then."""

    workspace = serializers.UUIDField(source="workspace_id", read_only=True)
    post_instance = serializers.UUIDField(source="post_instance_id")
    channel_account = serializers.UUIDField(source="post_instance.channel_account_id", read_only=True)

    class Meta:
        model = Engagement
        fields = [
            "id",
            "workspace",
            "post_instance",
            "channel_account",
            "measured_at",
            "impressions",
            "reach",
            "reactions",
            "comments",
            "shares",
            "clicks",
            "video_views",
            "is_paid",
            "created_at",
        ]
        read_only_fields = ["created_at"]


class ManyEngagementsShape(Shape):
    """Measurements to be kept together: all of them or none."""

    items = EngagementShape(many=True, min_length=1, max_length=MOST)


class KeptEngagementsShape(serializers.Serializer):
    """The measurements that were kept, in the order in which they came."""

    created = serializers.IntegerField()
    results = EngagementShape(many=True)


class EngagementFilters(django_filters.FilterSet):
    """Measurements of a post, an account, a brand, or of a range of time."""

    post_instance = django_filters.UUIDFilter("post_instance_id")
    channel_account = django_filters.UUIDFilter("post_instance__channel_account_id")
    brand = django_filters.UUIDFilter("post_instance__channel_account__brand_id")
    is_paid = django_filters.BooleanFilter("is_paid")
    start = django_filters.IsoDateTimeFilter("measured_at", "gte")
    end = django_filters.IsoDateTimeFilter("measured_at", "lt")

    class Meta:
        model = Engagement
        fields: list[str] = []


class Engagements(Listed, Retrieved, Created, Deleted, Resource):
    """Measurements, the newest first. What was wrong is deleted and sent again."""

    queryset = Engagement.objects.all()
    serializer_class = EngagementShape
    filterset_class = EngagementFilters
    ordering = ("-measured_at", "-id")

    def get_queryset(self) -> QuerySet[Engagement]:
        """Return the workspace's, with their posts."""
        return super().get_queryset().select_related("post_instance")

    def make(self, given: dict[str, Any]) -> Engagement:
        """Keep a measurement."""
        try:
            return record_engagement(workspace=self.workspace, measurements=[given], **self.who())[0]
        except Invalid as no:
            by_field = {name.removeprefix("0."): said for name, said in no.errors.items()}
            raise Invalid(no.message, errors=by_field) from no

    def remove(self, row: Engagement) -> None:
        """Delete it."""
        delete_engagement(measurement=row, **self.who())


class ManyEngagements(Resource):
    """Up to 500 measurements at once."""

    serializer_class = EngagementShape
    queryset = Engagement.objects.all()
    takes = {"bulk": ManyEngagementsShape}
    gives = {"bulk": KeptEngagementsShape}

    def bulk(self, request: Request) -> Response:
        """Keep them, all of them or none."""
        given = self.shape(data=request.data)
        given.is_valid(raise_exception=True)
        measurements = given.validated_data["items"]
        try:
            made = record_engagement(workspace=self.workspace, measurements=measurements, **self.who())
        except Invalid as no:
            raise Invalid(no.message, errors={f"items.{name}": said for name, said in no.errors.items()}) from no
        return Response({"created": len(made), "results": self.get_serializer(made, many=True).data}, status=201)
