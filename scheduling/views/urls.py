"""Pages of the plan."""

from django.urls import path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="calendar"), name="home"),
    path("calendar/", RedirectView.as_view(url="/admin/"), name="calendar"),
]
