"""Addresses below /api/v1/ that are about how posts go out."""

from publishing.api.logs import PublishLogs
from workspaces.api.resources import routes

urlpatterns = [
    *routes("publish-logs", PublishLogs),
]
