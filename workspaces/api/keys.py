"""`/api/v1/api-keys`: credentials of other systems."""

import django_filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from workspaces.api.fields import Shape
from workspaces.api.resources import Created, Deleted, Listed, Resource, Retrieved
from workspaces.models import ApiKey
from workspaces.roles import SCOPES
from workspaces.services.api_keys import create_key, revoke_key


class ApiKeyShape(serializers.ModelSerializer):
    """An API key in JSON: what it is known by, never the key."""

    scopes = serializers.ListField(child=serializers.ChoiceField(SCOPES))

    class Meta:
        model = ApiKey
        fields = ["id", "name", "prefix", "scopes", "expires_at", "last_used_at", "revoked_at", "created_at"]
        read_only_fields = fields


class NewApiKeyShape(Shape):
    """A key to be made."""

    name = serializers.CharField(max_length=120)
    scopes = serializers.ListField(child=serializers.CharField(max_length=20), max_length=10)
    expires_at = serializers.DateTimeField(required=False, allow_null=True)


class MadeApiKeyShape(ApiKeyShape):
    """A new key, with the key itself: this once and never again."""

    key = serializers.CharField()

    class Meta(ApiKeyShape.Meta):
        fields = [*ApiKeyShape.Meta.fields, "key"]
        read_only_fields = fields


class ApiKeyFilters(django_filters.FilterSet):
    """Keys by name, or those that are live."""

    name = django_filters.CharFilter("name", "icontains")
    is_revoked = django_filters.BooleanFilter("revoked_at", "isnull", exclude=True)

    class Meta:
        model = ApiKey
        fields: list[str] = []


class ApiKeys(Listed, Retrieved, Created, Deleted, Resource):
    """API keys, the newest first. Deleting one revokes it; it stays in the list."""

    queryset = ApiKey.objects.all()
    serializer_class = ApiKeyShape
    filterset_class = ApiKeyFilters
    takes = {"create": NewApiKeyShape}
    gives = {"create": MadeApiKeyShape}
    scopes = dict.fromkeys(("GET", "HEAD", "OPTIONS", "POST", "DELETE"), "admin")
    answers_a_secret = True

    def create(self, request: Request) -> Response:
        """Make a key, and answer it this once."""
        given = self.shape(data=request.data)
        given.is_valid(raise_exception=True)
        row, token = create_key(workspace=self.workspace, giver=self.caller, **given.validated_data, **self.who())
        return Response({**self.get_serializer(row).data, "key": token}, status=201)

    def remove(self, row: ApiKey) -> None:
        """Revoke it."""
        revoke_key(key=row, **self.who())
