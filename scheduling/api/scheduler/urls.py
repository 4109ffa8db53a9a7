"""Source 1's addresses, at the root and below /api/v1/."""

from scheduling.api.scheduler.campaign import CampaignScheduleView
from scheduling.api.scheduler.post import PostScheduleView
from workspaces.api.views import both

urlpatterns = [
    *both("schedule/campaign/<str:campaign_id>", CampaignScheduleView.as_view(), "api-schedule-campaign"),
    *both("schedule/post/<str:post_id>", PostScheduleView.as_view(), "api-schedule-post"),
]
