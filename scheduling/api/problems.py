"""`POST /api/v1/post-instances/{id}/requeue`, `…/confirm` and `…/skip`: what is decided about one post."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from scheduling.api.represent import post_instance
from scheduling.models import PostInstance
from scheduling.services import problems
from scheduling.services.edit import skip
from workspaces.api.views import WorkspaceView
from workspaces.errors import Invalid, NotFound


class Verb(WorkspaceView):
    """One thing to do with a post of the workspace."""

    def post(self, request: Request, key: str) -> Response:
        """Do it, and return the post as it is by now."""
        given = request.data or {}
        if not isinstance(given, dict):
            raise Invalid("The body has to be an object.")
        who = {"now": self.now, "actor": self.caller.actor}
        return Response(post_instance(self.act(self._instance(key), given, **who)))

    def act(self, instance: PostInstance, given: dict[str, Any], **who: Any) -> PostInstance:
        """Make the one service call."""
        raise NotImplementedError

    def _instance(self, key: str) -> PostInstance:
        try:
            found = PostInstance.objects.filter(workspace=self.workspace, pk=UUID(key)).with_everything().first()
        except ValueError:
            found = None
        if found is None:
            raise NotFound("There is no such post.")
        return found


class RequeueVerb(Verb):
    """Send a post again, at the next time that keeps every rule."""

    scopes = {"POST": "publish"}

    def act(self, instance: PostInstance, given: dict[str, Any], **who: Any) -> PostInstance:
        """Requeue."""
        return problems.requeue(instance=instance, **who)


class ConfirmVerb(Verb):
    """Note that a post is on its platform, at `url`."""

    scopes = {"POST": "publish"}

    def act(self, instance: PostInstance, given: dict[str, Any], **who: Any) -> PostInstance:
        """Confirm."""
        return problems.confirm(instance=instance, url=str(given.get("url") or ""), **who)


class SkipVerb(Verb):
    """Leave a post or a slot out for good, perhaps with a `reason`."""

    def act(self, instance: PostInstance, given: dict[str, Any], **who: Any) -> PostInstance:
        """Skip."""
        return skip(instance=instance, reason=str(given.get("reason") or "")[:200], **who)
