"""`/api/v1/content-items`: what is said."""

from typing import Any
from uuid import UUID

import django_filters
from django.db.models import Q, QuerySet
from rest_framework import serializers

from campaigns.models import Brand, Campaign, ContentItem
from scheduling.services.content import delete_content, save_content, unscheduled
from scheduling.services.labels import LONGEST, joined, labelled, labels_of
from workspaces.api.fields import Reference, RowShape
from workspaces.api.resources import Changed, Created, Deleted, Listed, Resource, Retrieved
from workspaces.api.versions import wanted_version


class CarriedMedia(serializers.ListField):
    """The ids of the files that a content item carries, in their order."""

    child = serializers.UUIDField()

    def get_attribute(self, instance: ContentItem) -> list[UUID]:
        """Return what it carries."""
        return [one.media_id for one in instance.attachments.all()]


class Labels(serializers.ListField):
    """The words by which people find and gather content, each once, in order."""

    child = serializers.RegexField(r"^[^,]*$", max_length=LONGEST, error_messages={"invalid": "A label has no comma."})

    def get_attribute(self, instance: ContentItem) -> list[str]:
        """Return those it has."""
        return labels_of(instance)

    def to_internal_value(self, data: Any) -> str:
        """Return them as content keeps them; the service says which are labels."""
        return joined(super().to_internal_value(data))


class ContentItemShape(RowShape):
    """A content item in JSON; `variants` are other texts by platform: `{"x": {"body": "…"}}`.

    `account_variants` are other texts by channel account: `{"<its id>": {"body": "…"}}`.
    `utm` are the tags of the link, some of source, medium, campaign, content and term: `{"source": "{platform}"}`.
    """

    brand = Reference(Brand)
    campaign = Reference(Campaign, required=False, allow_null=True)
    labels = Labels(required=False, max_length=100)
    media = CarriedMedia(required=False, max_length=100)  # The service says how many a post takes.

    class Meta:
        model = ContentItem
        fields = [
            "id",
            "workspace",
            "brand",
            "campaign",
            "title",
            "body",
            "link",
            "variants",
            "account_variants",
            "utm",
            "labels",
            "media",
            "external_ref",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["workspace", "version", "created_at", "updated_at"]
        extra_kwargs = {"link": {"validators": []}, "body": {"max_length": None}}  # The service says these better.


class ContentItemFilters(django_filters.FilterSet):
    """Content of a brand or a campaign, with a label or some words, or without a time yet."""

    brand = django_filters.UUIDFilter("brand_id")
    campaign = django_filters.UUIDFilter("campaign_id")
    external_ref = django_filters.CharFilter("external_ref")
    label = django_filters.CharFilter(method="with_label")
    search = django_filters.CharFilter(method="with_words")
    unscheduled = django_filters.BooleanFilter(method="without_a_time")
    changed_since = django_filters.IsoDateTimeFilter("updated_at", "gte")

    class Meta:
        model = ContentItem
        fields: list[str] = []

    def with_label(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those that have a label, whatever its case."""
        return labelled(rows, " ".join(value.split()))

    def with_words(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose title or text has some words."""
        return rows.filter(Q(title__icontains=value) | Q(body__icontains=value))

    def without_a_time(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep those that have no time on any account, or the others."""
        return unscheduled(rows) if value else rows.exclude(pk__in=unscheduled(rows).values("pk"))


class ContentItems(Listed, Retrieved, Created, Changed, Deleted, Resource):
    """Content items, the newest first."""

    queryset = ContentItem.objects.filter(is_placeholder=False)
    serializer_class = ContentItemShape
    filterset_class = ContentItemFilters

    def get_queryset(self) -> QuerySet[ContentItem]:
        """Return the workspace's, with their brands, campaigns and files."""
        return super().get_queryset().select_related("brand", "campaign").prefetch_related("attachments")

    def make(self, given: dict[str, Any]) -> ContentItem:
        """Save a new one."""
        media = given.pop("media", None)
        content = ContentItem(workspace=self.workspace, created_at=self.now, **given)
        return self._again(save_content(content=content, media=media, **self.who()))

    def change(self, row: ContentItem, given: dict[str, Any], *, version: int | None) -> ContentItem:
        """Save what changed."""
        media = given.pop("media", None)
        for name, value in given.items():
            setattr(row, name, value)
        return self._again(save_content(content=row, version=version, media=media, **self.who()))

    def remove(self, row: ContentItem) -> None:
        """Delete it."""
        delete_content(content=row, version=wanted_version(self.request), **self.who())

    def _again(self, content: ContentItem) -> ContentItem:
        """Return it as it stands, with the files that it carries by now."""
        return self.get_queryset().get(pk=content.pk)
