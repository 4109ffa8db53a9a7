"""`POST /api/v1/post-instances/{id}/{verb}`: what is done with one post."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from scheduling.api.posts import shapes
from scheduling.api.posts.times import instant_of
from scheduling.api.posts.versions import on_version
from scheduling.api.represent import post_instance
from scheduling.models import PostInstance
from scheduling.services import edit, problems
from scheduling.services.schedule import fill
from workspaces.api.versions import etag, wanted_version
from workspaces.api.views import WorkspaceView
from workspaces.errors import NotFound


class Verb(WorkspaceView):
    """One thing to do with a post of the workspace; a subclass has `act`."""

    takes = shapes.NothingShape
    gives = shapes.PostInstanceShape

    def post(self, request: Request, key: str) -> Response:
        """Do it, and return the post as it is by now."""
        instance = self._instance(key)
        given = self.takes(data=request.data, context={"view": self})
        given.is_valid(raise_exception=True)
        who = {"now": self.now, "actor": self.caller.actor}
        done = on_version(instance, wanted_version(request), lambda: self.act(instance, given.validated_data, **who))
        return Response(post_instance(done), headers={"ETag": etag(done.version)})

    def act(self, instance: PostInstance, given: dict[str, Any], **who: Any) -> PostInstance:
        """Make the one service call."""
        raise NotImplementedError

    def _instance(self, key: str) -> PostInstance:
        try:
            found = PostInstance.objects.filter(workspace=self.workspace, pk=UUID(key)).with_everything().first()
        except ValueError:
            found = None
        if found is None:
            raise NotFound(f"There is no post instance '{key[:100]}'.")
        return found


class FillVerb(Verb):
    """Put content into an empty slot."""

    takes = shapes.FillShape

    def act(self, instance: PostInstance, given: dict[str, Any], **who: Any) -> PostInstance:
        """Fill."""
        return fill(instance=instance, content=given["content_item"], status=given["status"], **who)


class TakeOutVerb(Verb):
    """Take the content out of a post: its slot is empty again."""

    def act(self, instance: PostInstance, given: dict[str, Any], **who: Any) -> PostInstance:
        """Take out."""
        return edit.take_out(instance=instance, **who)


class ScheduleVerb(Verb):
    """Promise a post: at its own time, or at a stated one."""

    takes = shapes.ScheduleShape

    def act(self, instance: PostInstance, given: dict[str, Any], **who: Any) -> PostInstance:
        """Schedule."""
        return edit.schedule(instance=instance, at=instant_of(given, "scheduled_for", instance.channel_account), **who)


class MoveVerb(Verb):
    """Move a post or a slot to a stated time."""

    takes = shapes.MoveShape

    def act(self, instance: PostInstance, given: dict[str, Any], **who: Any) -> PostInstance:
        """Move."""
        return edit.move(instance=instance, at=instant_of(given, "scheduled_for", instance.channel_account), **who)


class CancelVerb(Verb):
    """Cancel a post that no worker holds."""

    def act(self, instance: PostInstance, given: dict[str, Any], **who: Any) -> PostInstance:
        """Cancel."""
        return edit.cancel(instance=instance, **who)


class SkipVerb(Verb):
    """Leave a post or a slot out for good, perhaps with a `reason`."""

    takes = shapes.SkipShape

    def act(self, instance: PostInstance, given: dict[str, Any], **who: Any) -> PostInstance:
        """Skip."""
        return edit.skip(instance=instance, reason=given["reason"], **who)


class RestoreVerb(Verb):
    """Bring a skipped or canceled post back while its time is ahead."""

    def act(self, instance: PostInstance, given: dict[str, Any], **who: Any) -> PostInstance:
        """Restore."""
        return edit.restore(instance=instance, **who)


class PublishNowVerb(Verb):
    """Make a post due at once."""

    scopes = {"POST": "publish"}

    def act(self, instance: PostInstance, given: dict[str, Any], **who: Any) -> PostInstance:
        """Publish now."""
        return edit.publish_now(instance=instance, **who)


class RequeueVerb(Verb):
    """Send a post again, at the next time that keeps every rule."""

    scopes = {"POST": "publish"}

    def act(self, instance: PostInstance, given: dict[str, Any], **who: Any) -> PostInstance:
        """Requeue."""
        return problems.requeue(instance=instance, **who)


class ConfirmVerb(Verb):
    """Note that a post is on its platform, at `url`."""

    takes = shapes.ConfirmShape
    scopes = {"POST": "publish"}

    def act(self, instance: PostInstance, given: dict[str, Any], **who: Any) -> PostInstance:
        """Confirm."""
        return problems.confirm(instance=instance, url=given["url"], **who)


VERBS: dict[str, type[Verb]] = {
    "fill": FillVerb,
    "take-out": TakeOutVerb,
    "schedule": ScheduleVerb,
    "move": MoveVerb,
    "cancel": CancelVerb,
    "skip": SkipVerb,
    "restore": RestoreVerb,
    "publish-now": PublishNowVerb,
    "requeue": RequeueVerb,
    "confirm": ConfirmVerb,
}
