"""The app of WHO."""

from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    """Names the app for the admin."""

    name = "workspaces"
    verbose_name = "Workspaces"
