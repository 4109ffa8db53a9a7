"""The web process."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketmind.settings")

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application
from django.db import connections
from django.utils.module_loading import import_string

django_application = get_asgi_application()
live_application = ProtocolTypeRouter(
    {"http": django_application, "websocket": import_string("marketmind.live.door.answer")}
)


def serve_from_a_pool() -> None:
    """Let the threads of requests borrow PostgreSQL connections: each lives for one request, and would open its own."""
    database = connections.settings["default"]
    database["CONN_MAX_AGE"] = 0
    if database["ENGINE"].endswith("postgresql"):
        database["OPTIONS"] = {**database.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": 10, "timeout": 10}}


serve_from_a_pool()

# By name, and here alone: it needs the apps to be ready, and no command should pay for what only the web serves.
application = import_string("marketmind.assistants.door.Door")(live_application)
