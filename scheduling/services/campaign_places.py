"""The place of each campaign among those of its workspace: by it campaigns are told apart on pages."""

from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from campaigns.models import Campaign
from workspaces.models import Workspace


def campaigns_of(workspace: Workspace) -> list[Campaign]:
    """Return a workspace's campaigns in the order in which they were made; a workspace object asks once."""
    in_order = Campaign.objects.order_by("created_at", "id")
    prefetch_related_objects([workspace], Prefetch("campaigns", queryset=in_order))
    return list(workspace.campaigns.all())


def places_of(workspace: Workspace) -> dict[UUID, int]:
    """Return how many campaigns of the workspace were made before each one."""
    return {one.pk: place for place, one in enumerate(campaigns_of(workspace))}
