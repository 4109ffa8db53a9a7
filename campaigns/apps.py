"""The app of WHAT is said."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Names the app for the admin."""

    name = "campaigns"
    verbose_name = "Campaigns"
