"""Addresses below /publishing/ and /api/v1/publishing/."""

from publishing.api.schedule import ClipScheduleView, ScheduleView, TickView
from workspaces.api.views import both

urlpatterns = [
    *both("schedule", ScheduleView.as_view(), "api-publishing-schedule"),
    *both("schedule/<str:clip_id>", ClipScheduleView.as_view(), "api-publishing-clip"),
    *both("scheduler/tick", TickView.as_view(), "api-publishing-tick"),
]
