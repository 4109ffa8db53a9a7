"""`/api/v1/post-instances` and `/api/v1/post-instances/{id}`."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from scheduling.api.posts.filters import PostInstanceFilters
from scheduling.api.posts.shapes import ChangedPostShape, NewPostShape, PostInstanceShape
from scheduling.api.posts.times import instant_of
from scheduling.api.posts.versions import on_version
from scheduling.api.represent import PATHS
from scheduling.models import PostInstance
from scheduling.services.accounts import account_for
from scheduling.services.amending import amend
from scheduling.services.edit import cancel
from scheduling.services.schedule import Terms, schedule_as_stated
from workspaces.api.resources import Changed, Created, Deleted, Listed, Resource, Retrieved, read_id
from workspaces.api.versions import etag, wanted_version
from workspaces.prepared import Prepared

_AS_JSON = PostInstance.objects.values(*PATHS.values())
AMENDED = ("priority", "metadata")


@Prepared
def _one(*, workspace: UUID, key: UUID) -> QuerySet[PostInstance]:
    return _AS_JSON.filter(workspace=workspace, pk=key).order_by()


class PostInstances(Listed, Retrieved, Created, Changed, Deleted, Resource):
    """Post instances: the rows of the calendar, in every state."""

    queryset = PostInstance.objects.all()
    serializer_class = PostInstanceShape
    filterset_class = PostInstanceFilters
    ordering = ("scheduled_for", "id")
    takes = {"create": NewPostShape, "update": ChangedPostShape, "partial_update": ChangedPostShape}

    def get_queryset(self) -> QuerySet[PostInstance]:
        """Return the workspace's: in a list the columns of their JSON, for a change everything."""
        if self.action == "list":
            return _AS_JSON.filter(workspace=self.workspace)
        return super().get_queryset().with_everything()

    def retrieve(self, request: Request, key: str) -> Response:
        """Return one post."""
        found = read_id(key)
        row = _one(workspace=self.workspace.pk, key=found) if found else None
        if not row:
            raise self.not_found(key)
        return Response(self.get_serializer(row[0]).data, headers={"ETag": etag(row[0]["version"])})

    def make(self, given: dict[str, Any]) -> PostInstance:
        """Schedule content at a stated time, or keep it there as a draft."""
        content = given["content_item"]
        account = given.get("channel_account") or account_for(content=content)
        terms = Terms(
            status=given["status"],
            window_end=instant_of(given, "scheduled_window_end", account),
            priority=given.get("priority", 0),
            metadata=given.get("metadata", {}),
        )
        at = instant_of(given, "scheduled_for", account)
        return schedule_as_stated(account=account, content=content, at=at, terms=terms, **self.who())

    def change(self, row: PostInstance, given: dict[str, Any], *, version: int | None) -> PostInstance:
        """Move it, or change what goes with it."""
        account = row.channel_account
        values = {name: given[name] for name in AMENDED if name in given}
        if "scheduled_window_end" in given:
            values["scheduled_window_end"] = instant_of(given, "scheduled_window_end", account)
        at = instant_of(given, "scheduled_for", account)
        return on_version(row, version, lambda: amend(instance=row, at=at, values=values, **self.who()))

    def remove(self, row: PostInstance) -> None:
        """Cancel it; a slot of the cadence is empty again."""
        on_version(row, wanted_version(self.request), lambda: cancel(instance=row, **self.who()))
