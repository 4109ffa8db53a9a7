"""Addresses below /api/v1/."""

from scheduling.api.plan import CalendarView, TopOffView
from workspaces.api.views import both

urlpatterns = [
    *both("marketing/scheduler/topoff", TopOffView.as_view(), "api-topoff"),
    *both("marketing/calendar", CalendarView.as_view(), "api-calendar"),
]
