"""Health: whether this installation does its work, for containers and monitors."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version as package_version
from typing import Any

from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from rest_framework.exceptions import APIException
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from marketmind import __version__
from publishing.rules.heartbeats import WORKERS_ARE_SILENT_AFTER
from publishing.services.status import pulse
from scheduling.rules import iso
from scheduling.services.counting import count_states
from workspaces.access import Caller
from workspaces.rules.sentences import sentence

DUE_WAITS_AT_MOST = timedelta(minutes=5)
STARTED_AT = timezone.now()


@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """Answer while the process serves."""
    return HttpResponse("ok", content_type="text/plain")


class HealthView(APIView):
    """`GET /health`: 200 or 503, and why."""

    permission_classes = (AllowAny,)

    def perform_authentication(self, request: Request) -> None:
        """Leave it to `get`: who is calling stands in the database, and that may be what is broken."""

    def get(self, request: Request) -> Response:
        """Answer the state; with credentials also the counts of the caller's workspaces."""
        found = health(now=timezone.now(), started_at=STARTED_AT)
        if found["migrations"] == "ok" and (caller := _caller(request)):
            found |= counts(caller)
        return Response(found, status=200 if found["status"] == "ok" else 503)


@dataclass(frozen=True)
class Health:
    """What `GET /health` answers without credentials, and why it is degraded, in a person's words."""

    document: dict[str, Any]
    reasons: list[str]


def health(*, now: datetime, started_at: datetime) -> dict[str, Any]:
    """Return what `GET /health` answers without credentials."""
    return look(now=now, started_at=started_at).document


def look(*, now: datetime, started_at: datetime) -> Health:
    """Look whether this installation does its work.

    Degraded: the database or a migration is missing, no worker has reported for 3 minutes (none yet: 3 minutes after
    the start), or a due post that nothing holds has waited for more than 5.
    """
    found: dict[str, Any] = {
        "status": "degraded",
        "version": __version__,
        "database": "unreachable",
        "migrations": "unknown",
        "workers": {"last_heartbeat": None},
        "oldest_due_seconds": None,
        "tzdata": package_version("tzdata"),
    }
    try:
        if missing := missing_migrations():
            found |= {"database": "ok", "migrations": f"{missing} missing"}
            return Health(found, [sentence(f"The database lacks migrations: {missing} missing.")])
        beat = pulse(now=now)
    except DatabaseError:
        return Health(found, [sentence("The database cannot be reached.")])
    seen, waited = beat.last_heartbeat, beat.oldest_due_seconds(now)
    reasons = []
    if now - (seen or started_at) > WORKERS_ARE_SILENT_AFTER:
        reasons.append(sentence("No worker has reported for 3 minutes: nothing goes out."))
    if waited > DUE_WAITS_AT_MOST.total_seconds():
        reasons.append(sentence(f"A due post that nothing holds has waited for {waited // 60} minutes."))
    found |= {
        "status": "degraded" if reasons else "ok",
        "database": "ok",
        "migrations": "ok",
        "workers": {"last_heartbeat": iso(seen) if seen else None},
        "oldest_due_seconds": waited,
    }
    return Health(found, reasons)


def counts(caller: Caller) -> dict[str, Any]:
    """Return how many posts are in each state, of the workspaces that the caller may read; of none, nothing."""
    workspaces = caller.workspace_ids("read")
    if workspaces == []:
        return {}
    found = count_states(workspaces=workspaces)
    return {"counts": found.by_state} | ({"counts_estimated": True} if found.is_estimated else {})


def _caller(request: Request) -> Caller | None:
    """Return who is calling; wrong credentials are none: a monitor wants to know how things stand in any case."""
    try:
        return request.auth if isinstance(request.auth, Caller) else None
    except APIException:
        return None


def missing_migrations() -> int:
    """Return how many migrations of this version the database lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
