"""Lists, a page at a time."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from workspaces.errors import Invalid

SMALLEST, USUAL, LARGEST = 10, 50, 200


class CursorPages(CursorPagination):
    """Pages that stay where they are while rows come and go: each names the address of the next and the one before."""

    page_size = USUAL
    page_size_query_param = "page_size"
    max_page_size = LARGEST
    ordering = ("-created_at", "-id")

    def get_page_size(self, request: Request) -> int:
        """Return the size that is asked for.

        :raises Invalid: if it is not a whole number from 10 to 200.
        """
        given = request.query_params.get(self.page_size_query_param, str(USUAL))
        if not (given.isascii() and given.isdigit() and len(given) < 5 and SMALLEST <= int(given) <= LARGEST):
            said = f"page_size has to be from {SMALLEST} to {LARGEST}; '{given[:20]}' is not."
            raise Invalid(said, errors={"page_size": [said]})
        return int(given)

    def get_ordering(self, request: Request, queryset: QuerySet, view: Any) -> tuple[str, ...]:
        """Return the order of a view's list, which ends in the key."""
        return tuple(getattr(view, "ordering", self.ordering))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return how a page is described."""
        address = {"type": ["string", "null"], "format": "uri"}
        found = {
            "next": {**address, "description": "The address of the next page; null on the last."},
            "previous": {**address, "description": "The address of the page before; null on the first."},
            "results": schema,
        }
        return {"type": "object", "required": list(found), "properties": found}

    def get_paginated_response(self, data: list[Any]) -> Response:
        """Return a page: `next`, `previous`, `results`."""
        return Response({"next": self.get_next_link(), "previous": self.get_previous_link(), "results": data})
