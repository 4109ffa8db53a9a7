"""The admin site of this installation."""

from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    """Puts MarketMind's own admin site in the place of Django's."""

    default_site = "marketmind.admin_site.Site"
