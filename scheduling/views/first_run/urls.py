"""Addresses of the first steps."""

from django.urls import path

from scheduling.views.first_run.page import NewWorkspace, RemoveDemo, Welcome

urlpatterns = [
    path("welcome/", Welcome.as_view(), name="welcome"),
    path("welcome/workspace/", NewWorkspace.as_view(), name="new-workspace"),
    path("welcome/remove-demo/", RemoveDemo.as_view(), name="remove-demo"),
]
