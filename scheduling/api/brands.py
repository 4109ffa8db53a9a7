"""`/api/v1/brands`."""

from typing import Any

import django_filters

from campaigns.models import Brand
from scheduling.api.fields import PAUSE, PAUSE_IS_READ, PausableShape, Zone
from scheduling.api.pausing import Paused
from scheduling.services.brands import delete_brand, save_brand
from workspaces.api.resources import Changed, Created, Deleted, Listed, Resource, Retrieved


class BrandShape(PausableShape):
    """A brand in JSON."""

    timezone = Zone(required=False)

    class Meta:
        model = Brand
        fields = ["id", "workspace", "name", "voice", "timezone", "external_ref", *PAUSE, "created_at", "updated_at"]
        read_only_fields = [*PAUSE_IS_READ, "created_at", "updated_at"]


class BrandFilters(django_filters.FilterSet):
    """Brands by name or reference."""

    name = django_filters.CharFilter("name", "icontains")
    external_ref = django_filters.CharFilter("external_ref")

    class Meta:
        model = Brand
        fields: list[str] = []


class Brands(Paused, Listed, Retrieved, Created, Changed, Deleted, Resource):
    """Brands, by name."""

    queryset = Brand.objects.all()
    serializer_class = BrandShape
    filterset_class = BrandFilters
    ordering = ("name", "id")

    def make(self, given: dict[str, Any]) -> Brand:
        """Save a new one; it takes the workspace's zone unless it says another."""
        timezone = given.pop("timezone", self.workspace.timezone)
        brand = Brand(workspace=self.workspace, timezone=timezone, created_at=self.now, **given)
        return save_brand(brand=brand, **self.who())

    def change(self, row: Brand, given: dict[str, Any], *, version: int | None) -> Brand:
        """Save what changed."""
        for name, value in given.items():
            setattr(row, name, value)
        return save_brand(brand=row, **self.who())

    def remove(self, row: Brand) -> None:
        """Delete it."""
        delete_brand(brand=row, **self.who())
