"""`/api/v1/ledger-events`: what happened, in the order in which readers may rely on it."""

import django_filters
from rest_framework import serializers

from workspaces.api.resources import Listed, Resource, Retrieved
from workspaces.errors import NotFound
from workspaces.models import LedgerEvent

LARGEST_ID = 2**63 - 1


class LedgerEventShape(serializers.ModelSerializer):
    """An event in JSON, as the socket and webhooks tell it too."""

    class Meta:
        model = LedgerEvent
        fields = ["id", "event_type", "entity_type", "entity_id", "metadata", "actor", "created_at"]
        read_only_fields = fields


class LedgerEventFilters(django_filters.FilterSet):
    """Events of a kind, of a thing, by somebody, or from an id on: who remembers the last one misses nothing."""

    after = django_filters.NumberFilter("id", "gt", min_value=0, max_value=LARGEST_ID)
    event_type = django_filters.CharFilter("event_type")
    entity_type = django_filters.CharFilter("entity_type")
    entity_id = django_filters.UUIDFilter("entity_id")
    actor = django_filters.CharFilter("actor")
    start = django_filters.IsoDateTimeFilter("created_at", "gte")
    end = django_filters.IsoDateTimeFilter("created_at", "lt")

    class Meta:
        model = LedgerEvent
        fields: list[str] = []


class LedgerEvents(Listed, Retrieved, Resource):
    """Events, oldest first."""

    queryset = LedgerEvent.objects.all()
    serializer_class = LedgerEventShape
    filterset_class = LedgerEventFilters
    ordering = ("id",)

    def get_object(self) -> LedgerEvent:
        """Return the event of a number.

        :raises NotFound: if there is none in the workspace.
        """
        key = self.kwargs["key"]
        is_number = key.isascii() and key.isdigit() and int(key[:20]) <= LARGEST_ID
        found = self.get_queryset().filter(pk=int(key)).first() if is_number and len(key) < 20 else None
        if found is None:
            raise NotFound(f"There is no event '{key[:30]}'.")
        return found
