"""The app of WHEN."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchedulingConfig(AppConfig):
    """Names the app for the admin."""

    name = "scheduling"
    verbose_name = _("Scheduling")
