"""`/api/v1/webhooks`: other systems that follow along."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from publishing.models import WebhookEndpoint
from publishing.services.webhooks.endpoints import delete_endpoint, save_endpoint
from publishing.services.webhooks.reading import with_health
from workspaces.api.fields import RowShape
from workspaces.api.resources import Changed, Created, Deleted, Listed, Resource, Retrieved

FOR_ADMINS = dict.fromkeys(("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"), "admin")


class WebhookShape(RowShape):
    """A webhook in JSON, never its secret; no `event_types` means all, `waiting` and `failed` count its events."""

    workspace = serializers.UUIDField(source="workspace_id", read_only=True)
    url = serializers.CharField(max_length=2000)  # The service says what an address may be.
    event_types = serializers.ListField(child=serializers.CharField(max_length=60), max_length=500, required=False)
    waiting = serializers.IntegerField(read_only=True)
    failed = serializers.IntegerField(read_only=True)

    class Meta:
        model = WebhookEndpoint
        fields = [
            "id",
            "workspace",
            "url",
            "description",
            "event_types",
            "is_active",
            "disabled_reason",
            "failing_since",
            "last_taken_at",
            "waiting",
            "failed",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["disabled_reason", "failing_since", "last_taken_at", "created_at", "updated_at"]


class MadeWebhookShape(WebhookShape):
    """A webhook with its new secret, by which its receiver verifies: this once and never again."""

    secret = serializers.CharField(read_only=True)

    class Meta(WebhookShape.Meta):
        fields = [*WebhookShape.Meta.fields, "secret"]


class WebhookFilters(django_filters.FilterSet):
    """Webhooks that are on or off, or that take nothing at the moment."""

    is_active = django_filters.BooleanFilter("is_active")
    is_failing = django_filters.BooleanFilter("failing_since", "isnull", exclude=True)
    url = django_filters.CharFilter("url")

    class Meta:
        model = WebhookEndpoint
        fields: list[str] = []


class Webhooks(Listed, Retrieved, Created, Changed, Deleted, Resource):
    """Webhooks, the newest first; the answer to a new one carries its secret."""

    queryset = WebhookEndpoint.objects.all()
    serializer_class = WebhookShape
    gives = {"create": MadeWebhookShape}
    filterset_class = WebhookFilters
    scopes = FOR_ADMINS
    answers_a_secret = True

    def get_queryset(self) -> QuerySet[WebhookEndpoint]:
        """Return the workspace's, with their health and without their secrets."""
        return with_health(super().get_queryset())

    def create(self, request: Request) -> Response:
        """Make a webhook, and answer its secret this once."""
        given = self.shape(data=request.data)
        given.is_valid(raise_exception=True)
        row = WebhookEndpoint(workspace=self.workspace, created_at=self.now, **given.validated_data)
        secret = save_endpoint(endpoint=row, **self.who())
        return Response({**self._again(row), "secret": secret}, status=201)

    def change(self, row: WebhookEndpoint, given: dict[str, Any], *, version: int | None) -> WebhookEndpoint:
        """Save what changed; what waits for one that is switched off is given up."""
        for name, value in given.items():
            setattr(row, name, value)
        save_endpoint(endpoint=row, **self.who())
        return self.get_queryset().get(pk=row.pk)

    def remove(self, row: WebhookEndpoint) -> None:
        """Delete it, with the log of what was sent to it."""
        delete_endpoint(endpoint=row, **self.who())

    def _again(self, row: WebhookEndpoint) -> dict[str, Any]:
        """Return a webhook as it stands by now."""
        return self.get_serializer(self.get_queryset().get(pk=row.pk)).data
