"""What is written and has no time yet, across the brands that a calendar shows."""

from uuid import UUID

from django.db.models import QuerySet

from campaigns.models import ContentItem
from scheduling.services.calendar import Narrowing
from scheduling.services.chips import FIRST_PICTURE_OF_CONTENT
from scheduling.services.content import unscheduled
from scheduling.services.labels import labelled
from workspaces.models import Workspace
from workspaces.prepared import Prepared

MOST_SHOWN = 100
MOST_COUNTED = 999


def untimed(workspace: Workspace, narrowing: Narrowing) -> QuerySet[ContentItem]:
    """Return the contents without a time of the brands and the campaign shown, newest first, each with `picture`."""
    contents = ContentItem.objects.filter(workspace=workspace, is_placeholder=False)
    brands = {one.brand_id for one in narrowing.channel_accounts}
    if narrowing.brand:
        brands.add(narrowing.brand.pk)
    if brands:
        contents = contents.filter(brand__in=brands)
    if narrowing.campaign:
        contents = contents.filter(campaign=narrowing.campaign)
    if narrowing.label:
        contents = labelled(contents, narrowing.label)
    found = unscheduled(contents).select_related("brand", "campaign").annotate(picture=FIRST_PICTURE_OF_CONTENT)
    return found.order_by("-created_at", "-id")


def count_untimed(workspace: Workspace, narrowing: Narrowing) -> int:
    """Return how many there are; at `MOST_COUNTED` nobody counts on."""
    if narrowing == Narrowing():
        return _of_all_brands.count(workspace=workspace.pk)
    return untimed(workspace, narrowing).order_by().values("pk")[:MOST_COUNTED].count()


@Prepared
def _of_all_brands(*, workspace: UUID) -> QuerySet:
    contents = ContentItem.objects.filter(workspace=workspace, is_placeholder=False)
    return unscheduled(contents).order_by().values_list("pk")[:MOST_COUNTED]
