"""Addresses below /api/v1/ that are about how posts go out."""

from publishing.api.connecting import Connecting, Disconnecting
from publishing.api.logs import PublishLogs
from publishing.api.webhook_verbs import VERBS, Deliveries
from publishing.api.webhooks import Webhooks
from workspaces.api.resources import routes
from workspaces.api.views import both

urlpatterns = [
    *routes("publish-logs", PublishLogs),
    *(
        route
        for verb, view in (("connect", Connecting), ("rotate", Connecting), ("disconnect", Disconnecting))
        for route in both(f"channel-accounts/<str:key>/{verb}", view.as_view({"post": verb}), f"api-account-{verb}")
    ),
    *both("webhooks/<str:key>/deliveries", Deliveries.as_view({"get": "list"}), "api-webhook-deliveries"),
    *(
        route
        for verb, view in VERBS.items()
        for route in both(f"webhooks/<str:key>/{verb}", view.as_view(), f"api-webhook-{verb}")
    ),
    *routes("webhooks", Webhooks),
]
