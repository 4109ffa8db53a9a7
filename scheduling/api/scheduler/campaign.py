"""Source 1's `/schedule/campaign/{campaign_id}`: give a campaign's posts their times, and list them."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.models import Campaign
from scheduling.api.scheduler.shapes import FAILED, ScheduledShape, SpreadShape
from scheduling.models import Schedule
from scheduling.services.campaigns import STRATEGY, spread_campaign
from scheduling.services.single import posts_of_campaign
from workspaces.api.views import WorkspaceView
from workspaces.errors import Invalid, NotFound
from workspaces.lookup import by_reference


class CampaignScheduleView(WorkspaceView):
    """The schedules of a campaign, each a post on an account."""

    takes = SpreadShape
    gives = ScheduledShape

    def get(self, request: Request, campaign_id: str) -> Response:
        """List them."""
        return self._list(self._campaign(campaign_id))

    def post(self, request: Request, campaign_id: str) -> Response:
        """Place what is not placed yet; a repeat answers the same list."""
        campaign = self._campaign(campaign_id)
        given = self.takes(data=request.data, context={"view": self})
        given.is_valid(raise_exception=True)
        wanted = given.validated_data
        if wanted["strategy"] != STRATEGY:
            said = f"The strategy {wanted['strategy']} is not there yet. Use {STRATEGY}."
            raise Invalid(said, errors={"strategy": [said]})
        accounts = wanted.get("channel_accounts") or None
        spread_campaign(campaign=campaign, accounts=accounts, now=self.now, actor=self.caller.actor)
        return self._list(campaign)

    def _campaign(self, reference: str) -> Campaign:
        found = by_reference(Campaign.objects.filter(workspace=self.workspace), reference)
        if found is None:
            raise NotFound(f"There is no campaign '{reference[:100]}'.")
        return found

    def _list(self, campaign: Campaign) -> Response:
        batch = campaign.schedules.filter(strategy=STRATEGY).order_by("created_at", "id").first()
        placed = ScheduledShape(posts_of_campaign(campaign), many=True).data
        return Response([*placed, *(_refused(one, batch) for one in (batch.refused if batch else ()))])


def _refused(post: dict[str, str], batch: Schedule) -> dict[str, Any]:
    """Return a post that found no place as a schedule that failed: it would be lost silently otherwise."""
    return {
        "schedule_id": None,
        "post_id": post["content_item"],
        "status": FAILED,
        "publish_time": None,
        "timezone": batch.timezone,
        "retry_count": 0,
        "reason": post["reason"],
    }
