"""Addresses of these parts."""

from django.urls import path

from publishing.views.settings import endpoints, notices

ONE = "settings/notices/<uuid:pk>/"
ENDPOINT = "settings/webhooks/<uuid:pk>/"

urlpatterns = [
    path("settings/notices/", notices.NoticeSettings.as_view(), name="settings-notices"),
    path(ONE, notices.ChangeTarget.as_view(), name="settings-notice-target"),
    path(f"{ONE}test/", notices.TryTarget.as_view(), name="settings-notice-test"),
    path(f"{ONE}delete/", notices.DeleteTarget.as_view(), name="settings-notice-delete"),
    path("settings/webhooks/add/", endpoints.AddEndpoint.as_view(), name="settings-webhook-add"),
    path(ENDPOINT, endpoints.ChangeEndpoint.as_view(), name="settings-webhook"),
    path(f"{ENDPOINT}secret/", endpoints.RenewSecret.as_view(), name="settings-webhook-secret"),
    path(f"{ENDPOINT}delete/", endpoints.DeleteEndpoint.as_view(), name="settings-webhook-delete"),
]
