"""`/api/v1/schedules`: the batches of a workspace, whoever asked for them."""

import django_filters
from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from scheduling.api.batches.shapes import BatchShape, BatchSummaryShape
from scheduling.api.posts.filters import one_of
from scheduling.models import Schedule, ScheduleStatus
from scheduling.services.batches.reading import with_progress
from workspaces.api.resources import Listed, Resource, Retrieved


class BatchFilters(django_filters.FilterSet):
    """Batches by their state, by how their times are chosen, and by their campaign."""

    status = django_filters.CharFilter(method="of_status")
    strategy = django_filters.CharFilter("strategy", "iexact")
    campaign = django_filters.UUIDFilter("campaign_id")
    bulk_job_id = django_filters.CharFilter("bulk_job_id")

    class Meta:
        model = Schedule
        fields: list[str] = []

    def of_status(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those in some states."""
        return rows.filter(status__in=one_of(name, ScheduleStatus.values, value))


class Schedules(Listed, Retrieved, Resource):
    """Batches: a list says how far each is; one alone also has its items."""

    queryset = Schedule.objects.all()
    serializer_class = BatchShape
    filterset_class = BatchFilters

    def get_queryset(self) -> QuerySet[Schedule]:
        """Return the workspace's, with how far they are."""
        return with_progress(super().get_queryset())

    def get_serializer_class(self) -> type[BatchSummaryShape]:
        """Leave the items out of lists."""
        return BatchSummaryShape if self.action == "list" else BatchShape

    def retrieve(self, request: Request, key: str) -> Response:
        """Return one batch, with its items."""
        return Response(BatchShape(self.get_object()).data)
