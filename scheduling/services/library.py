"""Reading the library: what is said, where it stands, and what it carries."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from campaigns.models import Attachment, Brand, Campaign, ContentItem
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.rules import PLATFORMS
from scheduling.services.content import NOT_STANDING, unscheduled
from scheduling.services.rollup import READY
from workspaces.models import Workspace

State = Literal["", "unscheduled", "scheduled", "published"]
STATES: tuple[State, ...] = ("unscheduled", "scheduled", "published")
AHEAD = (Status.DRAFT, Status.IN_REVIEW, *READY)


@dataclass(frozen=True)
class Wanted:
    """What the library is narrowed to; empty shows everything."""

    words: str = ""
    brand: Brand | None = None
    campaign: Campaign | None = None
    state: State = ""


def library(workspace: Workspace, wanted: Wanted) -> QuerySet[ContentItem]:
    """Return a workspace's content that matches, newest first, each with where it stands.

    `next_at` is when its next post stands, `published_at` when its last one went out, `posts` how many stand.
    """
    rows = ContentItem.objects.filter(workspace=workspace, is_placeholder=False)
    if wanted.words:
        rows = rows.filter(Q(title__icontains=wanted.words) | Q(body__icontains=wanted.words))
    if wanted.brand:
        rows = rows.filter(brand=wanted.brand)
    if wanted.campaign:
        rows = rows.filter(campaign=wanted.campaign)
    return _in_state(rows, wanted.state).order_by("-created_at", "-id")


def with_places(rows: QuerySet[ContentItem]) -> QuerySet[ContentItem]:
    """Annotate where content stands, and load what a list shows of it."""
    standing = _posts().exclude(status__in=NOT_STANDING)
    counted = standing.order_by().values("content_item").annotate(number=Count("id"))
    ahead = standing.filter(status__in=AHEAD).order_by("scheduled_for", "id")
    out = standing.filter(status=Status.PUBLISHED).order_by("-published_at", "-id")
    files = Attachment.objects.select_related("media").order_by("position", "id")
    return (
        rows.select_related("brand", "campaign")
        .annotate(
            posts=Subquery(counted.values("number")),
            next_at=Subquery(ahead.values("scheduled_for")[:1]),
            next_post=Subquery(ahead.values("pk")[:1]),
            published_at=Subquery(out.values("published_at")[:1]),
            last_post=Subquery(standing.order_by("-scheduled_for", "-id").values("pk")[:1]),
        )
        .prefetch_related(Prefetch("attachments", files, to_attr="files"))
    )


def accounts_by_brand(workspace: Workspace) -> dict[UUID, list[ChannelAccount]]:
    """Return the active accounts of each brand, to which its content can go."""
    found: dict[UUID, list[ChannelAccount]] = {}
    active = ChannelAccount.objects.filter(workspace=workspace, is_active=True).select_related("brand")
    for account in active.order_by("platform", "name", "id"):
        found.setdefault(account.brand_id, []).append(account)
    return found


def one_of_each_platform(brand: Brand) -> list[ChannelAccount]:
    """Return an active account of a brand for each platform that it is on: how content looks there."""
    active = ChannelAccount.objects.filter(brand=brand, is_active=True).select_related("brand", "workspace")
    found = {one.platform: one for one in active.order_by("-platform", "-name", "-id")}
    return [found[key] for key in PLATFORMS if key in found]


def _posts() -> QuerySet[PostInstance]:
    # The index of a content item's posts leaves empty slots out: the query has to say so too.
    return PostInstance.objects.filter(content_item=OuterRef("pk")).exclude(status=Status.PLANNED)


def _in_state(rows: QuerySet[ContentItem], state: State) -> QuerySet[ContentItem]:
    if state == "unscheduled":
        return unscheduled(rows)
    if state == "scheduled":
        return rows.filter(Exists(_posts().filter(status__in=AHEAD)))
    if state == "published":
        return rows.filter(Exists(_posts().filter(status=Status.PUBLISHED)))
    return rows
