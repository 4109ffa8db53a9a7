"""Source 4's `/api/v1/schedule/…`: schedule content, list what is scheduled, move it, cancel it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from scheduling.api.plan import read_bound
from scheduling.api.posts.shapes import MoveShape, PostInstanceShape
from scheduling.api.posts.times import instant_of
from scheduling.api.posts.versions import on_version
from scheduling.api.scheduler.shapes import NewShape
from scheduling.models import PostInstance, Status
from scheduling.services.accounts import account_for
from scheduling.services.calendar import Filters, filtered
from scheduling.services.edit import cancel, move
from scheduling.services.schedule import schedule_as_stated
from workspaces.api.pages import CursorPages
from workspaces.api.versions import etag, wanted_version
from workspaces.api.views import WorkspaceView
from workspaces.errors import NotFound

PROMISED = f"{Status.SCHEDULED},{Status.PENDING},{Status.PUBLISHING}"


class QueueView(WorkspaceView):
    """A view that answers post instances."""

    gives = PostInstanceShape

    def answer(self, instance: PostInstance, status: int = 200) -> Response:
        """Return a post instance, with its version as the entity tag."""
        return Response(self.gives(instance).data, status=status, headers={"ETag": etag(instance.version)})

    def wanted(self, request: Request) -> dict[str, Any]:
        """Return what the body says."""
        given = self.takes(data=request.data, context={"view": self})
        given.is_valid(raise_exception=True)
        return given.validated_data


class CreateView(QueueView):
    """`POST /api/v1/schedule/create` `{content_id, scheduled_for, channel_account?}`."""

    takes = NewShape

    def post(self, request: Request) -> Response:
        """Schedule content at the stated time."""
        wanted = self.wanted(request)
        content = wanted["content_id"]
        account = wanted.get("channel_account") or account_for(content=content)
        at = instant_of(wanted, "scheduled_for", account)
        who = {"now": self.now, "actor": self.caller.actor}
        return self.answer(schedule_as_stated(account=account, content=content, at=at, **who), status=201)


class ListView(QueueView):
    """`GET /api/v1/schedule/list?business_id&from_date&to_date`: a page of what is to go out, in its order."""

    ordering = ("scheduled_for", "id")
    narrows = ("brand", "channel_account", "platform", "status", "campaign")

    def get(self, request: Request) -> Response:
        """List posts of [from_date, to_date); `status` asks for others than those that are to go out."""
        given = request.query_params
        filters = Filters(**{"status": PROMISED, **{name: given[name] for name in self.narrows if given.get(name)}})
        rows = self._between(filtered(self.workspace, filters).with_everything())
        pages = CursorPages()
        page = pages.paginate_queryset(rows, request, view=self)
        return pages.get_paginated_response(self.gives(page, many=True).data)

    def _between(self, rows: QuerySet[PostInstance]) -> QuerySet[PostInstance]:
        for name, rule in (("from_date", "scheduled_for__gte"), ("to_date", "scheduled_for__lt")):
            text = self.request.query_params.get(name)
            if text:
                rows = rows.filter(**{rule: read_bound(name, text, self.workspace.timezone)})
        return rows


class OneView(QueueView):
    """`PUT|DELETE /api/v1/schedule/{id}`: move a post, or cancel it, until a worker holds it."""

    takes = MoveShape

    def put(self, request: Request, key: str) -> Response:
        """Move it to the stated time."""
        instance = self._instance(key)
        at = instant_of(self.wanted(request), "scheduled_for", instance.channel_account)
        who = {"now": self.now, "actor": self.caller.actor}
        done = on_version(instance, wanted_version(request), lambda: move(instance=instance, at=at, **who))
        return self.answer(done)

    def delete(self, request: Request, key: str) -> Response:
        """Cancel it."""
        instance = self._instance(key)
        who = {"now": self.now, "actor": self.caller.actor}
        on_version(instance, wanted_version(request), lambda: cancel(instance=instance, **who))
        return Response(status=204)

    def _instance(self, key: str) -> PostInstance:
        try:
            found = PostInstance.objects.filter(workspace=self.workspace, pk=UUID(key)).with_everything().first()
        except ValueError:
            found = None
        if found is None:
            raise NotFound(f"There is no scheduled post '{key[:100]}'.")
        return found
