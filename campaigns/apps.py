"""The app of WHAT is said."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    """Names the app for the admin."""

    name = "campaigns"
    verbose_name = _("Campaigns")
