"""The app of WHEN."""

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    """Names the app for the admin."""

    name = "scheduling"
    verbose_name = "Scheduling"
