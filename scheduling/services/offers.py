"""What can be done with a post as it stands: the buttons of every page, before anybody's role is asked."""

from datetime import datetime

from scheduling.models import PostInstance, Status
from workspaces.roles import PUBLISH, WRITE

FILL, SCHEDULE, MOVE, EDIT = "fill", "schedule", "move", "edit"
TAKE_OUT, SKIP, CANCEL, UNDO, PUBLISH_NOW = "take_out", "skip", "cancel", "undo", "publish_now"
REQUEUE, CONFIRM = "requeue", "confirm"

OFFERS: dict[str, frozenset[str]] = {
    Status.PLANNED: frozenset({FILL, MOVE, SKIP}),
    Status.DRAFT: frozenset({SCHEDULE, MOVE, EDIT, TAKE_OUT, SKIP, CANCEL, PUBLISH_NOW}),
    Status.IN_REVIEW: frozenset({MOVE, EDIT, CANCEL, PUBLISH_NOW}),
    Status.SCHEDULED: frozenset({MOVE, EDIT, TAKE_OUT, SKIP, CANCEL, PUBLISH_NOW}),
    Status.PENDING: frozenset({MOVE, EDIT, CANCEL}),
    Status.PUBLISHING: frozenset(),
    Status.PUBLISHED: frozenset(),
    Status.UNCONFIRMED: frozenset({REQUEUE, CONFIRM, SKIP}),
    Status.FAILED: frozenset({REQUEUE, CONFIRM, SCHEDULE, EDIT, SKIP, PUBLISH_NOW}),
    Status.MISSED: frozenset({REQUEUE, SCHEDULE, EDIT, SKIP, CANCEL, PUBLISH_NOW}),
    Status.SKIPPED: frozenset({UNDO}),
    Status.CANCELED: frozenset({UNDO}),
}
NEEDS_ITS_TIME_AHEAD = frozenset({FILL, TAKE_OUT, UNDO})
NEEDS_PUBLISH = frozenset({PUBLISH_NOW, REQUEUE, CONFIRM})


def offers(instance: PostInstance, *, now: datetime) -> frozenset[str]:
    """Return what can be done with an instance at `now`; the services have the last word."""
    found = OFFERS[instance.status]
    return found if instance.scheduled_for > now else found - NEEDS_ITS_TIME_AHEAD


def scope_of(offer: str, instance: PostInstance) -> str:
    """Return the scope that an action needs: to schedule what is in review is to approve it."""
    approves = offer == SCHEDULE and instance.status == Status.IN_REVIEW
    return PUBLISH if approves or offer in NEEDS_PUBLISH else WRITE
