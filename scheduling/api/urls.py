"""Addresses below /api/v1/."""

from scheduling.api.blackouts import Blackouts
from scheduling.api.plan import CalendarView, TopOffView
from scheduling.api.problems import ConfirmVerb, RequeueVerb, SkipVerb
from workspaces.api.resources import routes
from workspaces.api.views import both

urlpatterns = [
    *both("marketing/scheduler/topoff", TopOffView.as_view(), "api-topoff"),
    *both("marketing/calendar", CalendarView.as_view(), "api-calendar"),
    *both("post-instances/<str:key>/requeue", RequeueVerb.as_view(), "api-requeue"),
    *both("post-instances/<str:key>/confirm", ConfirmVerb.as_view(), "api-confirm"),
    *both("post-instances/<str:key>/skip", SkipVerb.as_view(), "api-skip"),
    *routes("blackouts", Blackouts),
]
