"""`/api/v1/blackouts`: times in which nothing goes out."""

from typing import Any

import django_filters
from rest_framework import serializers

from campaigns.models import Brand, Campaign
from scheduling.models import Blackout, ChannelAccount
from scheduling.services.blackouts import lift_blackout, save_blackout
from workspaces.api.fields import Reference, RowShape
from workspaces.api.resources import Changed, Created, Deleted, Listed, Resource, Retrieved


class BlackoutShape(RowShape):
    """A blackout in JSON: of the workspace, unless it names a brand, a campaign or an account."""

    workspace = serializers.UUIDField(source="workspace_id", read_only=True)
    brand = Reference(Brand, required=False, allow_null=True)
    campaign = Reference(Campaign, required=False, allow_null=True)
    channel_account = Reference(ChannelAccount, required=False, allow_null=True)

    class Meta:
        model = Blackout
        fields = [
            "id",
            "workspace",
            "brand",
            "campaign",
            "channel_account",
            "starts_at",
            "ends_at",
            "reason",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["created_at", "updated_at"]


class BlackoutFilters(django_filters.FilterSet):
    """Blackouts of a level, or that touch a range of time."""

    # By id, not by row: a choice among all rows would tell which ids other workspaces have.
    brand = django_filters.UUIDFilter("brand_id")
    campaign = django_filters.UUIDFilter("campaign_id")
    channel_account = django_filters.UUIDFilter("channel_account_id")
    ends_after = django_filters.IsoDateTimeFilter("ends_at", "gt")
    starts_before = django_filters.IsoDateTimeFilter("starts_at", "lt")

    class Meta:
        model = Blackout
        fields: list[str] = []


class Blackouts(Listed, Retrieved, Created, Changed, Deleted, Resource):
    """Blackouts."""

    queryset = Blackout.objects.all()
    serializer_class = BlackoutShape
    filterset_class = BlackoutFilters
    ordering = ("starts_at", "id")

    def make(self, given: dict[str, Any]) -> Blackout:
        """Save a new one."""
        return self.change(Blackout(workspace=self.workspace, created_at=self.now), given)

    def change(self, row: Blackout, given: dict[str, Any], *, version: int | None = None) -> Blackout:
        """Save what changed."""
        for name, value in given.items():
            setattr(row, name, value)
        save_blackout(blackout=row, **self.who())
        return row

    def remove(self, row: Blackout) -> None:
        """Lift it."""
        lift_blackout(blackout=row, **self.who())
