"""What stands in the log of webhooks: the endpoints with their health, and what was sent to them."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from publishing.models import DispatchStatus, WebhookDelivery, WebhookEndpoint
from workspaces.models import Workspace


def with_health(endpoints: QuerySet[WebhookEndpoint]) -> QuerySet[WebhookEndpoint]:
    """Return endpoints with how many events wait and how many were given up; their secrets stay behind."""
    counts = {"waiting": _count(DispatchStatus.WAITING), "failed": _count(DispatchStatus.FAILED)}
    return endpoints.defer("secret").annotate(**counts)


def log_of(
    workspace: Workspace, *, endpoint: WebhookEndpoint | None = None, status: str = "", event_type: str = ""
) -> QuerySet[WebhookDelivery]:
    """Return what was sent or waits in a workspace, newest first, narrowed."""
    rows = WebhookDelivery.objects.filter(workspace=workspace)
    if endpoint is not None:
        rows = rows.filter(endpoint=endpoint)
    if status:
        rows = rows.filter(status=status)
    if event_type:
        rows = rows.filter(event__event_type=event_type)
    return rows.select_related("endpoint", "event").defer("endpoint__secret").order_by("-id")


def _count(status: DispatchStatus) -> Coalesce:
    mine = WebhookDelivery.objects.filter(endpoint=OuterRef("pk"), status=status)
    return Coalesce(Subquery(mine.order_by().values("endpoint").annotate(number=Count("pk")).values("number")), 0)
