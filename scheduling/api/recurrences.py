"""`/api/v1/recurrences`: content that goes out again and again."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from campaigns.models import ContentItem
from scheduling.models import ChannelAccount, Occurrence, Recurrence
from scheduling.rules import to_local
from scheduling.services.accounts import account_for
from scheduling.services.recurring.saving import delete_recurrence, save_recurrence
from workspaces.api.fields import Reference, RowShape
from workspaces.api.resources import Changed, Created, Deleted, Listed, Resource, Retrieved

A_DAY = timedelta(days=1)
WALL = "%Y-%m-%dT%H:%M:%S"
A_TIME = 40  # Characters of a written time, with an offset and to spare.


class OccurrenceShape(serializers.ModelSerializer):
    """A time of a recurrence, with its post wherever that stands by now, or why it has none."""

    local_time = serializers.CharField()
    post_instance = serializers.UUIDField(source="post_instance_id", allow_null=True)
    status = serializers.CharField(source="post_instance.status", allow_null=True, default=None)
    scheduled_for = serializers.DateTimeField(source="post_instance.scheduled_for", allow_null=True, default=None)
    reason = serializers.CharField(allow_blank=True)

    class Meta:
        model = Occurrence
        fields = ["local_time", "post_instance", "status", "scheduled_for", "reason"]


class RecurrenceShape(RowShape):
    """A recurrence in JSON. Its times are local ones of the account; `upcoming` are those that are planned already."""

    workspace = serializers.UUIDField(source="workspace_id", read_only=True)
    content_item = Reference(ContentItem)
    channel_account = Reference(ChannelAccount, required=False)
    rule = serializers.CharField(max_length=500, help_text="RFC 5545, such as FREQ=WEEKLY;BYDAY=MO,TH.")
    starts_at = serializers.CharField(max_length=A_TIME, help_text="The first local time: 2026-11-23T09:00:00.")
    excluded = serializers.ListField(
        child=serializers.CharField(max_length=A_TIME),
        max_length=1_000,
        required=False,
        help_text="Local times (2026-12-25T09:00:00) and whole days (2026-12-25) that are left out.",
    )
    timezone = serializers.CharField(source="channel_account.zone.key", read_only=True)
    upcoming = serializers.SerializerMethodField()

    class Meta:
        model = Recurrence
        fields = [
            "id",
            "workspace",
            "content_item",
            "channel_account",
            "rule",
            "starts_at",
            "excluded",
            "timezone",
            "is_active",
            "last_refusal",
            "upcoming",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["last_refusal", "created_at", "updated_at"]

    @extend_schema_field(OccurrenceShape(many=True))
    def get_upcoming(self, row: Recurrence) -> list[dict[str, Any]]:
        """Return the times that are planned and not over."""
        now = to_local(self.context["view"].now, row.channel_account.zone).strftime(WALL)
        return OccurrenceShape([one for one in row.lately if one.local_time >= now], many=True).data


class RecurrenceFilters(django_filters.FilterSet):
    """Recurrences of a brand, a content item or an account."""

    # By id, not by row: a choice among all rows would tell which ids other workspaces have.
    brand = django_filters.UUIDFilter("channel_account__brand_id")
    content_item = django_filters.UUIDFilter("content_item_id")
    channel_account = django_filters.UUIDFilter("channel_account_id")
    is_active = django_filters.BooleanFilter("is_active")

    class Meta:
        model = Recurrence
        fields: list[str] = []


class Recurrences(Listed, Retrieved, Created, Changed, Deleted, Resource):
    """Recurrences: the posts of four weeks are made at once, the others as the plan is topped off.

    A change makes anew, and a deletion or `is_active: false` takes back, the future posts that nobody has touched.
    Posts that somebody moved, changed, skipped or canceled stay as they are, and are not made again.
    """

    queryset = Recurrence.objects.all()
    serializer_class = RecurrenceShape
    filterset_class = RecurrenceFilters

    def get_queryset(self) -> QuerySet[Recurrence]:
        """Return the workspace's, with their zones and the times ahead that are planned."""
        rows = super().get_queryset().select_related("channel_account__brand", "content_item")
        return rows.prefetch_related(self._lately())

    def make(self, given: dict[str, Any]) -> Recurrence:
        """Save a new one."""
        given["channel_account"] = given.get("channel_account") or account_for(content=given["content_item"])
        return self._save(Recurrence(workspace=self.workspace, created_at=self.now, **given))

    def change(self, row: Recurrence, given: dict[str, Any], *, version: int | None = None) -> Recurrence:
        """Save what changed."""
        for name, value in given.items():
            setattr(row, name, value)
        return self._save(row)

    def remove(self, row: Recurrence) -> None:
        """Delete it."""
        delete_recurrence(recurrence=row, **self.who())

    def _save(self, row: Recurrence) -> Recurrence:
        save_recurrence(recurrence=row, **self.who())
        return self.get_queryset().get(pk=row.pk)

    def _lately(self) -> Prefetch:
        """Return what loads the occurrences that are not over, in whatever zone."""
        since = (self.now - A_DAY).strftime(WALL)
        rows = Occurrence.objects.filter(local_time__gte=since).select_related("post_instance")
        return Prefetch("occurrences", rows.order_by("local_time"), to_attr="lately")
