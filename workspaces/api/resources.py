"""What every resource does the same way: lists, single rows, making, changing and deleting them."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.urls import URLPattern, path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.viewsets import GenericViewSet

from workspaces.api.pages import CursorPages
from workspaces.api.versions import etag, wanted_version
from workspaces.api.views import WorkspaceView
from workspaces.errors import Invalid, NotFound
from workspaces.lookup import by_reference

OF_EVERY_LIST = {"tenant_id", "business_id", "page_size", "cursor"}
LIST = {"get": "list", "post": "create"}
DETAIL = {"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"}


class Resource(WorkspaceView, GenericViewSet):
    """Rows of the caller's workspace. What a subclass does not define is not allowed.

    A subclass names `queryset` (also for the description), `serializer_class`, perhaps `filterset_class` and
    `ordering`, and which of `Listed`, `Retrieved`, `Created`, `Changed`, `Deleted` it is.
    """

    pagination_class = CursorPages
    ordering: ClassVar[tuple[str, ...]] = ("-created_at", "-id")
    takes: ClassVar[dict[str, type[Serializer]]] = {}
    """The shape of the body by action, where it is another than the row's."""

    def get_queryset(self) -> QuerySet:
        """Return the workspace's rows."""
        return super().get_queryset().filter(workspace=self.workspace)

    def get_object(self) -> Model:
        """Return the row that the address names, by its id or, where it has one, its `external_ref`.

        :raises NotFound: if there is none in the workspace.
        """
        rows, key = self.get_queryset(), self.kwargs["key"]
        found = by_reference(rows, key) if hasattr(rows.model, "external_ref") else rows.filter(pk=read_id(key)).first()
        if found is None:
            raise self.not_found(key)
        return found

    def not_found(self, key: str) -> NotFound:
        """Return what is said where the address names no row of the workspace."""
        return NotFound(f"There is no {self.queryset.model._meta.verbose_name} '{key[:100]}'.")

    def shape(self, *args: Any, **options: Any) -> Serializer:
        """Return what reads a body of the current action."""
        kind = self.takes.get(self.action, self.get_serializer_class())
        return kind(*args, context=self.get_serializer_context(), **options)

    def who(self) -> dict[str, Any]:
        """Return who asks, and when, as services take it."""
        return {"now": self.now, "actor": self.caller.actor}

    def answer(self, row: Model, status: int = 200) -> Response:
        """Return a row in JSON, with its version as the entity tag."""
        version = getattr(row, "version", None)
        headers = {} if version is None else {"ETag": etag(version)}
        return Response(self.get_serializer(row).data, status=status, headers=headers)


class Listed:
    """A resource with a list."""

    def list(self, request: Request) -> Response:
        """Return a page of the rows that the filters leave.

        :raises Invalid: if a filter is unknown or cannot be read.
        """
        known = set(self.filterset_class.base_filters) if getattr(self, "filterset_class", None) else set()
        unknown = [name for name in request.query_params if name not in known | OF_EVERY_LIST]
        if unknown:
            said = f"There is no filter '{unknown[0][:50]}'. Use some of: {', '.join(sorted(known | OF_EVERY_LIST))}."
            raise Invalid(said, errors={unknown[0][:50]: [said]})
        rows = self.get_queryset()
        if not known.isdisjoint(request.query_params):  # Else the form that reads them costs as much as the query.
            rows = self.filter_queryset(rows)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class Retrieved:
    """A resource whose rows can be read one by one."""

    def retrieve(self, request: Request, key: str) -> Response:
        """Return one row."""
        return self.answer(self.get_object())


class Created:
    """A resource whose rows can be made; a subclass has `make`."""

    def create(self, request: Request) -> Response:
        """Make a row."""
        given = self.shape(data=request.data)
        given.is_valid(raise_exception=True)
        return self.answer(self.make(given.validated_data), status=201)

    def make(self, given: dict[str, Any]) -> Model:
        """Make the one service call."""
        raise NotImplementedError


class Changed:
    """A resource whose rows can be changed; a subclass has `change`."""

    def update(self, request: Request, key: str) -> Response:
        """Change what the body says; what it leaves out takes its default."""
        return self._change(request, partial=False)

    def partial_update(self, request: Request, key: str) -> Response:
        """Change what the body says, and nothing else."""
        return self._change(request, partial=True)

    def _change(self, request: Request, *, partial: bool) -> Response:
        row = self.get_object()
        given = self.shape(row, data=request.data, partial=partial)
        given.is_valid(raise_exception=True)
        return self.answer(self.change(row, given.validated_data, version=wanted_version(request)))

    def change(self, row: Model, given: dict[str, Any], *, version: int | None) -> Model:
        """Make the one service call; `version` is the one that the caller looked at, where it said so."""
        raise NotImplementedError


class Deleted:
    """A resource whose rows can be deleted; a subclass has `remove`."""

    def destroy(self, request: Request, key: str) -> Response:
        """Delete a row."""
        self.remove(self.get_object())
        return Response(status=204)

    def remove(self, row: Model) -> None:
        """Make the one service call."""
        raise NotImplementedError


def routes(name: str, view: type[Resource]) -> list[URLPattern]:
    """Return the addresses of a resource, each with and without its trailing slash."""
    found = []
    for route, actions in ((name, LIST), (f"{name}/<str:key>", DETAIL)):
        here = {method: action for method, action in actions.items() if hasattr(view, action)}
        if here:
            label = f"api-{name}" if actions is LIST else f"api-{name}-one"
            shown = view.as_view(here)
            found += [path(route, shown, name=label), path(f"{route}/", shown)]
    return found


def read_id(key: str) -> UUID | None:
    """Return the id that a part of an address is, or None."""
    try:
        return UUID(key)
    except ValueError:
        return None
