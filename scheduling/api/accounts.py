"""`/api/v1/channel-accounts`: where posts go, how often, and under which rules."""

from typing import Any

import django_filters
from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.response import Response

from campaigns.models import Brand
from scheduling.api.fields import PAUSE, PAUSE_IS_READ, PausableShape, PlatformName, Zone
from scheduling.api.pausing import Paused
from scheduling.api.posts.filters import one_of
from scheduling.models import ChannelAccount, Connection
from scheduling.services.accounts import SavedAccount, delete_account, save_account
from workspaces.api.fields import Reference
from workspaces.api.resources import Changed, Created, Deleted, Listed, Resource, Retrieved
from workspaces.errors import Invalid

REMOVE = "remove_off_grid"


class EffectiveShape(serializers.Serializer):
    """What holds for an account: its own values, else those of its brand or platform."""

    timezone = serializers.CharField()
    schedule_times = serializers.ListField(child=serializers.CharField())
    window = serializers.CharField(allow_null=True)
    gap_minutes = serializers.IntegerField()


class ChannelAccountShape(PausableShape):
    """A channel account in JSON. A rule that is null is the platform's; `effective` says what that is."""

    brand = Reference(Brand)
    platform = PlatformName(max_length=20)
    schedule_times = serializers.ListField(child=serializers.CharField(max_length=8), max_length=70, required=False)
    schedule_timezone = Zone(required=False, allow_null=True)
    effective = serializers.SerializerMethodField()

    class Meta:
        model = ChannelAccount
        fields = [
            "id",
            "workspace",
            "brand",
            "platform",
            "name",
            "connection",
            "is_active",
            "external_ref",
            "posts_per_week",
            "schedule_times",
            "schedule_timezone",
            "window_opens",
            "window_closes",
            "gap_minutes",
            "daily_cap",
            "lateness_minutes",
            "text_limit",
            "effective",
            *PAUSE,
            "disconnected_at",
            "disconnect_reason",
            "created_at",
            "updated_at",
        ]
        read_only_fields = [
            "connection",
            *PAUSE_IS_READ,
            "disconnected_at",
            "disconnect_reason",
            "created_at",
            "updated_at",
        ]

    def get_effective(self, account: ChannelAccount) -> EffectiveShape:
        """Return what holds for the account."""
        return {
            "timezone": account.zone.key,
            "schedule_times": [at.strftime("%H:%M") for at in account.times],
            "window": account.window.label if account.window else None,
            "gap_minutes": int(account.gap.total_seconds() // 60),
        }


class SavedAccountShape(ChannelAccountShape):
    """An account after a change, with what became of its empty slots."""

    off_grid_slots = serializers.IntegerField(read_only=True, help_text="That are off the new cadence, and stay.")
    removed_slots = serializers.IntegerField(read_only=True)

    class Meta(ChannelAccountShape.Meta):
        fields = [*ChannelAccountShape.Meta.fields, "off_grid_slots", "removed_slots"]


class ChannelAccountFilters(django_filters.FilterSet):
    """Accounts of a brand, a platform, a connection."""

    brand = django_filters.UUIDFilter("brand_id")
    platform = django_filters.CharFilter(method="of_platform")
    connection = django_filters.CharFilter(method="of_connection")
    is_active = django_filters.BooleanFilter("is_active")
    external_ref = django_filters.CharFilter("external_ref")

    class Meta:
        model = ChannelAccount
        fields: list[str] = []

    def of_platform(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those on a platform."""
        try:
            return rows.filter(platform=PlatformName().to_internal_value(value))
        except serializers.ValidationError as error:
            said = str(error.detail[0])
            raise Invalid(said, errors={name: [said]}) from error

    def of_connection(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose posts leave in some ways."""
        return rows.filter(connection__in=one_of(name, Connection.values, value))


class ChannelAccounts(Paused, Listed, Retrieved, Created, Changed, Deleted, Resource):
    """Channel accounts.

    A change answers how many empty slots are off the new grid (`off_grid_slots`); with `?remove_off_grid=true` those
    that nobody touched are removed.
    """

    queryset = ChannelAccount.objects.all()
    serializer_class = ChannelAccountShape
    filterset_class = ChannelAccountFilters
    gives = dict.fromkeys(("create", "update", "partial_update"), SavedAccountShape)
    ordering = ("platform", "name", "id")
    scopes = {"GET": "read", "HEAD": "read", "OPTIONS": "read"} | dict.fromkeys(
        ("POST", "PUT", "PATCH", "DELETE"), "admin"
    )
    saved: SavedAccount | None = None

    def get_queryset(self) -> QuerySet[ChannelAccount]:
        """Return the workspace's, with their brands."""
        return super().get_queryset().select_related("brand")

    def make(self, given: dict[str, Any]) -> ChannelAccount:
        """Save a new one."""
        return self._save(ChannelAccount(workspace=self.workspace, created_at=self.now, **given))

    def change(self, row: ChannelAccount, given: dict[str, Any], *, version: int | None) -> ChannelAccount:
        """Save what changed."""
        for name, value in given.items():
            setattr(row, name, value)
        return self._save(row)

    def remove(self, row: ChannelAccount) -> None:
        """Delete it, if it never had a post or a slot."""
        delete_account(account=row, **self.who())

    def answer(self, row: Model, status: int = 200) -> Response:
        """Return an account, after a change with what became of its empty slots."""
        found = super().answer(row, status)
        if self.saved:
            left = self.saved.off_grid - self.saved.removed
            found.data |= {"off_grid_slots": left, "removed_slots": self.saved.removed}
        return found

    def _save(self, account: ChannelAccount) -> ChannelAccount:
        wish = self.request.query_params.get(REMOVE, "false").lower()
        if wish not in ("true", "false"):
            raise Invalid(f"{REMOVE} has to be true or false.", errors={REMOVE: ["Use true or false."]})
        self.saved = save_account(account=account, remove_off_grid=wish == "true", **self.who())
        return self.saved.account
