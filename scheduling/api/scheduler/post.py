"""Source 1's `/schedule/post/{post_id}`: give a post its time, move it, and look at it."""

from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.models import ContentItem
from scheduling.api.posts.times import instant_of
from scheduling.api.scheduler.shapes import PostTimeShape, ScheduledShape
from scheduling.models import ChannelAccount
from scheduling.services.accounts import account_for
from scheduling.services.single import place_or_move, post_of
from workspaces.api.views import WorkspaceView
from workspaces.errors import NotFound
from workspaces.lookup import by_reference


class PostScheduleView(WorkspaceView):
    """The schedule of a post: its next one, where it has several."""

    takes = PostTimeShape
    gives = ScheduledShape

    def get(self, request: Request, post_id: str) -> Response:
        """Look at it, perhaps on a certain account."""
        content = self._content(post_id)
        found = post_of(content, self._account(request.query_params.get("channel_account")))
        if found is None:
            raise NotFound(f"'{content.title}' is not scheduled.")
        return Response(ScheduledShape(found).data)

    def post(self, request: Request, post_id: str) -> Response:
        """Schedule it at the stated time, or move it there."""
        content = self._content(post_id)
        given = self.takes(data=request.data, context={"view": self})
        given.is_valid(raise_exception=True)
        wanted = given.validated_data
        account = wanted.get("channel_account") or account_for(content=content)
        at = instant_of(wanted, "timestamp", account)
        zone = wanted.get("timezone") or ""
        who = {"now": self.now, "actor": self.caller.actor}
        return Response(ScheduledShape(place_or_move(account=account, content=content, at=at, zone=zone, **who)).data)

    def _content(self, reference: str) -> ContentItem:
        found = by_reference(ContentItem.objects.filter(workspace=self.workspace, is_placeholder=False), reference)
        if found is None:
            raise NotFound(f"There is no post '{reference[:100]}'.")
        return found

    def _account(self, reference: str | None) -> ChannelAccount | None:
        if not reference:
            return None
        found = by_reference(ChannelAccount.objects.filter(workspace=self.workspace), reference)
        if found is None:
            raise NotFound(f"There is no channel account '{reference[:100]}'.")
        return found
