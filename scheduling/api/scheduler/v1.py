"""Source 1's and 4's addresses below /api/v1/."""

from scheduling.api.scheduler import urls
from scheduling.api.scheduler.queue import CreateView, ListView, OneView
from workspaces.api.views import both

urlpatterns = [
    *urls.urlpatterns,
    *both("schedule/create", CreateView.as_view(), "api-schedule-create"),
    *both("schedule/list", ListView.as_view(), "api-schedule-list"),
    *both("schedule/<str:key>", OneView.as_view(), "api-schedule-one"),
]
