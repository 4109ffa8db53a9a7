"""Fields of the plan: zones, platforms, pauses."""

from typing import Any
from zoneinfo import ZoneInfo

from rest_framework import serializers

from scheduling.rules import BadPlatform, BadTime, platform, read_zone
from workspaces.api.fields import RowShape
from workspaces.models import Pausable

LONGEST_NAME = 64


class Zone(serializers.Field):
    """A time zone by its name, such as Europe/Madrid."""

    def to_internal_value(self, data: Any) -> ZoneInfo:
        """Return the zone.

        :raises ValidationError: if there is none of that name.
        """
        try:
            return read_zone(str(data)[:LONGEST_NAME])
        except BadTime as error:
            raise serializers.ValidationError(str(error)) from error

    def to_representation(self, value: ZoneInfo) -> str:
        """Return the name."""
        return str(value)


class PlatformName(serializers.CharField):
    """A platform, in any case and by any of its names."""

    def to_internal_value(self, data: Any) -> str:
        """Return its key.

        :raises ValidationError: if it is not known.
        """
        try:
            return platform(super().to_internal_value(data)).key
        except BadPlatform as error:
            raise serializers.ValidationError(str(error)) from error


class PausableShape(RowShape):
    """A row whose due posts can be held; `…/pause` and `…/resume` do that."""

    workspace = serializers.UUIDField(source="workspace_id", read_only=True)
    is_paused = serializers.SerializerMethodField()

    def get_is_paused(self, row: Pausable) -> bool:
        """Return whether its due posts are held now."""
        return row.is_paused(self.context["view"].now)


PAUSE = ["is_paused", "paused_at", "paused_until", "pause_reason"]
PAUSE_IS_READ = ["paused_at", "paused_until", "pause_reason"]
