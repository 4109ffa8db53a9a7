"""The admin site of this installation, and the commands that look at all of it."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    """Puts MarketMind's own admin site in the place of Django's."""

    default_site = "marketmind.admin_site.Site"


class MarketMindConfig(AppConfig):
    """The composition root: it has commands, and no rows."""

    name = "marketmind"
    verbose_name = "MarketMind"
