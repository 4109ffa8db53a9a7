"""What lists are narrowed by."""

from typing import Any

from django.db.models import QuerySet
from django_filters import BooleanFilter
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from workspaces.errors import Invalid

TRUTHS = {"", "true", "false", "1", "0"}


class StrictFilters(DjangoFilterBackend):
    """Filters that refuse what they cannot read: of itself a filter of yes or no passes over what is neither."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        """Return the rows that the filters leave.

        :raises Invalid: if a filter of yes or no is neither.
        """
        kind = self.get_filterset_class(view, queryset)
        for name, one in kind.base_filters.items() if kind else ():
            given = request.query_params.get(name, "")
            if isinstance(one, BooleanFilter) and given.lower() not in TRUTHS:
                raise Invalid(f"{name}: Use true or false.", errors={name: ["Use true or false."]})
        return super().filter_queryset(request, queryset, view)
