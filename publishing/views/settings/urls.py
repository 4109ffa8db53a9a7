"""Addresses of this part."""

from django.urls import path

from publishing.views.settings import notices

ONE = "settings/notices/<uuid:pk>/"

urlpatterns = [
    path("settings/notices/", notices.NoticeSettings.as_view(), name="settings-notices"),
    path(ONE, notices.ChangeTarget.as_view(), name="settings-notice-target"),
    path(f"{ONE}test/", notices.TryTarget.as_view(), name="settings-notice-test"),
    path(f"{ONE}delete/", notices.DeleteTarget.as_view(), name="settings-notice-delete"),
]
