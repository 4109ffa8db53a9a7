"""Narrowing a list of post instances."""

import django_filters
from django.db.models import QuerySet

from scheduling.models import PostInstance, ScheduledBy, Status
from scheduling.rules import BadPlatform, platform
from scheduling.services.problems import PROBLEMS
from workspaces.errors import Invalid


def one_of(name: str, known: list[str], text: str) -> list[str]:
    """Return the values that a text names, with commas between them, in any case.

    :raises Invalid: if one is unknown.
    """
    wanted = [value.strip().lower() for value in text.split(",") if value.strip()]
    unknown = [value for value in wanted if value not in known]
    if unknown:
        said = f"'{unknown[0][:50]}' is not a {name.replace('_', ' ')}. Use some of: {', '.join(known)}."
        raise Invalid(said, errors={name: [said]})
    return wanted


class PostInstanceFilters(django_filters.FilterSet):
    """Post instances by what they are, where they go, and when. Several values stand with commas between them."""

    status = django_filters.CharFilter(method="of_status")
    platform = django_filters.CharFilter(method="of_platform")
    scheduled_by = django_filters.CharFilter(method="of_chooser")
    brand = django_filters.UUIDFilter("channel_account__brand_id")
    channel_account = django_filters.UUIDFilter("channel_account_id")
    campaign = django_filters.UUIDFilter("campaign_id")
    schedule = django_filters.UUIDFilter("schedule_id")
    content_item = django_filters.UUIDFilter("content_item_id")
    start = django_filters.IsoDateTimeFilter("scheduled_for", "gte")
    end = django_filters.IsoDateTimeFilter("scheduled_for", "lt")
    changed_since = django_filters.IsoDateTimeFilter("updated_at", "gte")
    problem = django_filters.BooleanFilter(method="with_problem")

    class Meta:
        model = PostInstance
        fields: list[str] = []

    def of_status(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those in some states."""
        return rows.filter(status__in=one_of(name, Status.values, value))

    def of_chooser(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose time somebody chose."""
        return rows.filter(scheduled_by__in=one_of(name, ScheduledBy.values, value))

    def of_platform(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those on some platforms."""
        try:
            wanted = [platform(one.strip()).key for one in value.split(",") if one.strip()]
        except BadPlatform as error:
            raise Invalid(str(error), errors={name: [str(error)]}) from error
        return rows.filter(channel_account__platform__in=wanted)

    def with_problem(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep those that wait for a person's decision, or the others."""
        return rows.filter(status__in=PROBLEMS) if value else rows.exclude(status__in=PROBLEMS)
