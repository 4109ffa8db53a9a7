"""`/api/v1/campaigns`."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from campaigns.models import Brand, Campaign
from scheduling.api.fields import PAUSE, PAUSE_IS_READ, PausableShape
from scheduling.api.pausing import Paused
from scheduling.models import ChannelAccount
from scheduling.services.campaign_rows import delete_campaign, save_campaign
from workspaces.api.fields import Reference
from workspaces.api.resources import Changed, Created, Deleted, Listed, Resource, Retrieved


class CampaignShape(PausableShape):
    """A campaign in JSON; both of its days count. Without accounts it goes to all active ones of its brand."""

    brand = Reference(Brand)
    channel_accounts = Reference(ChannelAccount, many=True, required=False)

    class Meta:
        model = Campaign
        fields = [
            "id",
            "workspace",
            "brand",
            "name",
            "starts_on",
            "ends_on",
            "number_of_posts",
            "channel_accounts",
            "external_ref",
            *PAUSE,
            "created_at",
            "updated_at",
        ]
        read_only_fields = [*PAUSE_IS_READ, "created_at", "updated_at"]


class CampaignFilters(django_filters.FilterSet):
    """Campaigns of a brand, or that touch some days."""

    brand = django_filters.UUIDFilter("brand_id")
    name = django_filters.CharFilter("name", "icontains")
    external_ref = django_filters.CharFilter("external_ref")
    ends_on_or_after = django_filters.DateFilter("ends_on", "gte")
    starts_on_or_before = django_filters.DateFilter("starts_on", "lte")

    class Meta:
        model = Campaign
        fields: list[str] = []


class Campaigns(Paused, Listed, Retrieved, Created, Changed, Deleted, Resource):
    """Campaigns, the newest first."""

    queryset = Campaign.objects.all()
    serializer_class = CampaignShape
    filterset_class = CampaignFilters
    ordering = ("-starts_on", "-id")

    def get_queryset(self) -> QuerySet[Campaign]:
        """Return the workspace's, with their brands and accounts."""
        return super().get_queryset().select_related("brand").prefetch_related("channel_accounts__brand")

    def make(self, given: dict[str, Any]) -> Campaign:
        """Save a new one."""
        accounts = given.pop("channel_accounts", None)
        campaign = Campaign(workspace=self.workspace, created_at=self.now, **given)
        return self._again(save_campaign(campaign=campaign, accounts=accounts, **self.who()))

    def change(self, row: Campaign, given: dict[str, Any], *, version: int | None) -> Campaign:
        """Save what changed."""
        accounts = given.pop("channel_accounts", None)
        for name, value in given.items():
            setattr(row, name, value)
        return self._again(save_campaign(campaign=row, accounts=accounts, **self.who()))

    def remove(self, row: Campaign) -> None:
        """Delete it; its content stays."""
        delete_campaign(campaign=row, **self.who())

    def _again(self, campaign: Campaign) -> Campaign:
        """Return it as it stands, with the accounts that it has by now."""
        return self.get_queryset().get(pk=campaign.pk)
