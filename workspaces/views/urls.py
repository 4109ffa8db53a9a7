"""Addresses of the pages of a workspace."""

from django.urls import path

from workspaces.views.settings import joining, keys, parts, team

MEMBER = "settings/team/<uuid:pk>/"

urlpatterns = [
    path("settings/", parts.Settings.as_view(), name="settings"),
    path("settings/team/", team.Team.as_view(), name="settings-team"),
    path(f"{MEMBER}role/", team.ChangeRole.as_view(), name="settings-team-role"),
    path(f"{MEMBER}link/", team.NewLink.as_view(), name="settings-team-link"),
    path(f"{MEMBER}remove/", team.RemoveMember.as_view(), name="settings-team-remove"),
    path("settings/keys/", keys.Keys.as_view(), name="settings-keys"),
    path("settings/keys/<uuid:pk>/revoke/", keys.RevokeKey.as_view(), name="settings-keys-revoke"),
    path("set-password/<uidb64>/<token>/", joining.SetPassword.as_view(), name="set-password"),
]
