"""The admin site of this installation, and the commands that look at all of it."""

from typing import Any

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.db.backends.signals import connection_created
from django.utils.module_loading import import_string


class AdminConfig(DjangoAdminConfig):
    """Puts MarketMind's own admin site in the place of Django's."""

    default_site = "marketmind.admin_site.Site"


class MarketMindConfig(AppConfig):
    """The composition root: it has commands, and no rows."""

    name = "marketmind"
    verbose_name = "MarketMind"

    def ready(self) -> None:
        """Prepare what every connection to the database needs."""
        connection_created.connect(_read_instants_quickly, dispatch_uid="instants")


def _read_instants_quickly(connection: Any, **_: Any) -> None:
    """Give a new connection our reader, by its name: where there is no PostgreSQL, its library is not loaded."""
    if connection.vendor == "postgresql":
        connection.connection.adapters.register_loader("timestamptz", import_string("marketmind.instants.Instants"))
