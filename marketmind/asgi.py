"""The web process."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketmind.settings")

from importlib import import_module

import django
from channels.routing import ProtocolTypeRouter
from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string

from marketmind.handling import Handler
from marketmind.static_files import StaticFiles

NEW_OBJECTS = 20_000  # Between two looks for cycles; Python looks after 700.

django.setup(set_prefix=False)
django_application = Handler()
live_application = ProtocolTypeRouter(
    {"http": django_application, "websocket": import_string("marketmind.live.door.answer")}
)


def serve_from_a_pool() -> None:
    """Let requests borrow PostgreSQL connections: each thread would keep one of its own, of which a server has few."""
    database = connections.settings["default"]
    database["CONN_MAX_AGE"] = 0
    if database["ENGINE"].endswith("postgresql"):
        database["OPTIONS"] = {**database.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": 10, "timeout": 10}}


def collect_less() -> None:
    """Leave what stays for good to itself, and look for cycles less often: that took a seventh of an answer's time.

    A walk through all objects, of which there are a million, held an answer up for a tenth of a second now and then.
    """
    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])


serve_from_a_pool()

# By name, and here alone: it needs the apps to be ready, and no command should pay for what only the web serves.
application = StaticFiles(import_string("marketmind.assistants.door.Door")(live_application))
collect_less()
