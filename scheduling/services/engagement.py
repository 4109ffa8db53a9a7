"""Engagement: how published posts did, as other systems measured it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from scheduling.models import Engagement, PostInstance, Status
from scheduling.services import rows
from workspaces.errors import Invalid
from workspaces.ledger import unit_of_work
from workspaces.models import Workspace

ENTITY = "engagement"
AHEAD = timedelta(seconds=60)  # The clocks of others.
MOST_NAMED = 100
Moment = tuple[UUID, datetime]


def record_engagement(
    *, workspace: Workspace, measurements: Sequence[dict[str, Any]], now: datetime, actor: str
) -> list[Engagement]:
    """Keep measurements of published posts, all of them or none.

    :param measurements: each with `post_instance_id`, `measured_at` and the counts that are known.
    :raises Invalid: with what is wrong by `<number>.<field>`, the first measurement being number 0.
    """
    wanted = {one["post_instance_id"] for one in measurements}
    posts = PostInstance.objects.filter(workspace=workspace, pk__in=wanted).in_bulk()
    taken = _measured(wanted, {one["measured_at"] for one in measurements})
    problems: dict[str, list[str]] = {}
    for number, one in enumerate(measurements):
        post = posts.get(one["post_instance_id"])
        found = _problem(post, one, now) or _again(one, taken)
        problems |= {f"{number}.{name}": [said] for name, said in found.items()}
        taken.add(_moment(one))
    if problems:
        raise Invalid(next(iter(problems.values()))[0], errors=problems)
    made = [
        Engagement(workspace=workspace, created_at=now, updated_at=now, post_instance=posts[one["post_instance_id"]])
        for one in measurements
    ]
    for row, one in zip(made, measurements, strict=True):
        _fill(row, one)
    with unit_of_work():
        Engagement.objects.bulk_create(made)
        told = {"count": len(made), "posts": sorted(str(key) for key in wanted)[:MOST_NAMED]}
        rows.note("engagement_recorded", ENTITY, made[0].pk, workspace.pk, now=now, actor=actor, **told)
    return made


def delete_engagement(*, measurement: Engagement, now: datetime, actor: str) -> None:
    """Delete a measurement, such as one that was wrong."""
    key, told = measurement.pk, {"posts": [str(measurement.post_instance_id)]}
    with unit_of_work():
        measurement.delete()
        rows.note("engagement_deleted", ENTITY, key, measurement.workspace_id, now=now, actor=actor, **told)


def _problem(post: PostInstance | None, one: dict[str, Any], now: datetime) -> dict[str, str]:
    """Return what is wrong with a measurement by itself, by field."""
    if post is None:
        return {"post_instance": f"There is no post instance '{one['post_instance_id']}' in this workspace."}
    if post.status != Status.PUBLISHED:
        return {"post_instance": f"The post is {post.get_status_display().lower()}: only what is out can be measured."}
    if one["measured_at"] > now + AHEAD:
        return {"measured_at": "A measurement cannot lie ahead."}
    if post.published_at and one["measured_at"] < post.published_at:
        return {"measured_at": "The post was not out yet at that moment."}
    return {}


def _again(one: dict[str, Any], taken: set[Moment]) -> dict[str, str]:
    return {"measured_at": "The post was measured at that moment already."} if _moment(one) in taken else {}


def _measured(posts: set[UUID], moments: set[datetime]) -> set[Moment]:
    """Return which of some posts were measured at some moments."""
    known = Engagement.objects.filter(Q(post_instance__in=posts) & Q(measured_at__in=moments)).order_by()
    return set(known.values_list("post_instance_id", "measured_at"))


def _moment(one: dict[str, Any]) -> Moment:
    return one["post_instance_id"], one["measured_at"]


def _fill(row: Engagement, one: dict[str, Any]) -> None:
    for name, value in one.items():
        if name != "post_instance_id":
            setattr(row, name, value)
