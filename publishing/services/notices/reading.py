"""Reading notices: the list, what is new to a person, and what they have seen."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from publishing.models import Lane, Notice, NoticeDelivery, NoticeTarget
from publishing.rules.heartbeats import WORKERS_ARE_SILENT_AFTER
from publishing.services.notices.wording import MOST_POSTS
from scheduling.models import PostInstance
from workspaces.models import Membership, Workspace
from workspaces.outages import left_out_if_read_only
from workspaces.prepared import Prepared


def notices_of(workspace: Workspace) -> QuerySet[Notice]:
    """Return a workspace's notices, newest first, with their first posts and where they were sent."""
    sent = NoticeDelivery.objects.select_related("target").defer("target__url").order_by("id")
    notices = Notice.objects.filter(workspace=workspace).order_by("-created_at", "-id")
    return with_first_posts(notices).prefetch_related(Prefetch("deliveries", queryset=sent))


def targets_of(workspace: Workspace) -> QuerySet[NoticeTarget]:
    """Return where a workspace's notices go, each with what came of its last: `last_status`, `last_error`, its time."""
    return with_last(NoticeTarget.objects.filter(workspace=workspace)).order_by("name", "id")


def with_last(targets: QuerySet[NoticeTarget]) -> QuerySet[NoticeTarget]:
    """Return targets with what came of their last notice, without their addresses.

    One that cannot be decrypted must not hide the others: each is read where it is shown.
    """
    sent = NoticeDelivery.objects.filter(target=OuterRef("pk")).order_by("-id")
    found = {name: Subquery(sent.values(name)[:1]) for name in ("status", "error", "finished_at")}
    last = {f"last_{name}": value for name, value in found.items()}
    return targets.defer("url").select_related("workspace", "membership__user").annotate(**last)


def with_first_posts(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Return notices with their workspace and, as `first_posts`, the first few of their posts."""
    first = PostInstance.objects.with_everything().order_by("scheduled_for", "id")[:MOST_POSTS]
    return notices.select_related("workspace").prefetch_related(
        Prefetch("posts", queryset=first, to_attr="first_posts")
    )


def unread(*, user: Any, workspace: Workspace, now: datetime) -> tuple[int, bool]:
    """Return how many notices are new to a member since they looked last, and whether any worker has reported lately.

    One query: every page shows the one, and those on which posts are late the other.
    """
    return _unread.one(user=user.pk, workspace=workspace.pk, awake_since=now - WORKERS_ARE_SILENT_AFTER)


@Prepared
def _unread(*, user: int, workspace: UUID, awake_since: datetime) -> QuerySet:
    mine = Membership.objects.filter(user=user, workspace=OuterRef("workspace"))
    seen = mine.values(seen=Coalesce(F("notices_seen_at"), F("created_at")))[:1]
    fresh = Notice.objects.filter(workspace=OuterRef("pk"), updated_at__gt=Subquery(seen)).order_by()
    number = fresh.values("workspace").annotate(number=Count("pk")).values("number")
    working = Lane.objects.filter(seen_at__gte=awake_since)
    return Workspace.objects.filter(pk=workspace).order_by().values_list(Coalesce(Subquery(number), 0), Exists(working))


def mark_seen(*, user: Any, workspace: Workspace, now: datetime) -> datetime | None:
    """Note that a member has looked at the notices; return since when they had not.

    Somebody who is no member, as a superuser may be, has nothing to mark.
    """
    mine = Membership.objects.filter(user=user, workspace=workspace).first()
    if mine is None:
        return None
    before = mine.notices_seen_at or mine.created_at
    with left_out_if_read_only():
        Membership.objects.filter(pk=mine.pk).update(notices_seen_at=now)
    return before
