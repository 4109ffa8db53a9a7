"""Addresses of batches, recommendations and platforms, below /api/v1/."""

from scheduling.api.batches.bulk import BulkView
from scheduling.api.batches.resource import Schedules
from scheduling.api.batches.times import OptimizeView, PlatformsView, RecommendationsView
from scheduling.api.batches.views import CalendarBatchesView, CalendarBatchView, CancelBatchView
from workspaces.api.resources import routes
from workspaces.api.views import both

urlpatterns = [
    *routes("schedules", Schedules),
    *both("scheduling/calendar", CalendarBatchesView.as_view(), "api-batches"),
    *both("scheduling/calendar/<str:key>", CalendarBatchView.as_view(), "api-batch"),
    *both("scheduling/calendar/<str:key>/cancel", CancelBatchView.as_view(), "api-batch-cancel"),
    *both("scheduling/recommendations", RecommendationsView.as_view(), "api-recommendations"),
    *both("scheduling/optimize", OptimizeView.as_view(), "api-optimize"),
    *both("schedule/bulk", BulkView.as_view(), "api-schedule-bulk"),
    *both("scheduling/platforms", PlatformsView.as_view(), "api-platforms"),
]
