"""The place of each campaign among those of its workspace: by it campaigns are told apart on pages."""

from uuid import UUID

from django.db.models import QuerySet

from campaigns.models import Campaign
from workspaces.models import Workspace
from workspaces.prepared import Prepared


def campaigns_of(workspace: Workspace) -> list[Campaign]:
    """Return a workspace's campaigns in the order in which they were made; a workspace object asks once."""
    if not hasattr(workspace, "campaigns_in_order"):
        workspace.campaigns_in_order = _in_order(workspace=workspace.pk)
    return workspace.campaigns_in_order


@Prepared
def _in_order(*, workspace: UUID) -> QuerySet[Campaign]:
    return Campaign.objects.filter(workspace=workspace).order_by("created_at", "id")


def places_of(workspace: Workspace) -> dict[UUID, int]:
    """Return how many campaigns of the workspace were made before each one."""
    return {one.pk: place for place, one in enumerate(campaigns_of(workspace))}
