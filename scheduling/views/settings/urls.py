"""Addresses of these parts."""

from django.urls import path

from scheduling.views.settings import feeds, workspace, you

FEED = "settings/feeds/<uuid:pk>/"

urlpatterns = [
    path("settings/you/", you.You.as_view(), name="settings-you"),
    path("settings/you/zone/", you.OwnZone.as_view(), name="settings-you-zone"),
    path("settings/you/password/", you.OwnPassword.as_view(), name="settings-you-password"),
    path("settings/workspace/", workspace.WorkspaceSettings.as_view(), name="settings-workspace"),
    path("settings/feeds/", feeds.Feeds.as_view(), name="settings-feeds"),
    path(f"{FEED}renew/", feeds.RenewFeed.as_view(), name="settings-feeds-renew"),
    path(f"{FEED}delete/", feeds.DeleteFeed.as_view(), name="settings-feeds-delete"),
]
