"""`GET /metrics`: what `/health` says for everybody, and the numbers for who may read them."""

from datetime import timedelta
from hmac import compare_digest
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder
from rest_framework.authentication import get_authorization_header
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from marketmind.health import STARTED_AT, health
from marketmind.metrics.families import Standing
from publishing.services.status import Overview, overview
from workspaces.access import Caller
from workspaces.errors import Forbidden

WINDOW = timedelta(hours=1)  # Of what is told "lately"; longer times are for Prometheus to remember.
NEEDS_READ = "The numbers need the 'read' scope, which your role or key has in no workspace."


class MetricsView(APIView):
    """Answers 200 also when things are bad: to Prometheus anything else is a scrape that failed."""

    permission_classes = (AllowAny,)

    def perform_authentication(self, request: Request) -> None:
        """Leave it to `get`: who is calling stands in the database, and that may be what is broken."""

    def get(self, request: Request) -> HttpResponse:
        """Answer in the format that the scraper understands."""
        now = timezone.now()
        facts = health(now=now, started_at=STARTED_AT)
        registry = CollectorRegistry(auto_describe=False)
        registry.register(Standing(facts, _numbers(request, facts, now=now), now))
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return HttpResponse(encode(registry), content_type=content_type)


def _numbers(request: Request, facts: dict[str, Any], *, now: Any) -> Overview | None:
    """Return what the caller may read: with METRICS_TOKEN or as a superuser all, else of their workspaces.

    :raises AuthenticationFailed: if the credentials are wrong: a scraper must not think that it reads everything.
    :raises Forbidden: if they may read nothing.
    """
    if facts["migrations"] != "ok":
        return None
    if _has_token(request):
        return overview(now=now, window=WINDOW)
    if not isinstance(request.auth, Caller):
        return None
    workspaces = request.auth.workspace_ids("read")
    if workspaces == []:
        raise Forbidden(NEEDS_READ)
    return overview(now=now, window=WINDOW, workspaces=workspaces)


def _has_token(request: Request) -> bool:
    wanted = f"Bearer {settings.METRICS_TOKEN}".encode()
    return bool(settings.METRICS_TOKEN) and compare_digest(get_authorization_header(request), wanted)
