"""The app of WHO."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkspacesConfig(AppConfig):
    """Names the app for the admin."""

    name = "workspaces"
    verbose_name = _("Workspaces")
