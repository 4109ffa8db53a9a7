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


def leave_what_stays() -> None:
    """Take what is loaded for good out of the search for garbage: a walk through it held answers up for 0.1 s."""
    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()


serve_from_a_pool()

# By name, and here alone: it needs the apps to be ready, and no command should pay for what only the web serves.
application = StaticFiles(import_string("marketmind.assistants.door.Door")(live_application))
leave_what_stays()
