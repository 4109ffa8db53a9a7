"""Changing what goes with a post: its priority, the latest time that is still wanted, and other systems' notes."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from scheduling.models import PostInstance, Status
from scheduling.services.changing import change, refused_move
from scheduling.services.edit import MOVABLE, move
from scheduling.services.history import note
from workspaces.errors import Conflict, Invalid
from workspaces.ledger import unit_of_work


def amend(
    *, instance: PostInstance, values: dict[str, Any], now: datetime, actor: str, at: datetime | None = None
) -> PostInstance:
    """Change values of a post that is not out yet, and move it if a time is stated; all of it or nothing.

    :param values: some of priority, scheduled_window_end and metadata.
    :raises Conflict: if it cannot be changed (any more), or as `move` does.
    :raises Invalid: if it would stand after the end of its window.
    """
    if instance.status not in MOVABLE:
        raise Conflict(refused_move(instance.status, Status.SCHEDULED))
    changed = {name: value for name, value in values.items() if getattr(instance, name) != value}
    moves = at is not None and at != instance.scheduled_for
    end = changed.get("scheduled_window_end")
    if end is not None and end < (at if moves else instance.scheduled_for):
        said = _("scheduled_window_end is before the time of the post.")
        raise Invalid(said, errors={"scheduled_window_end": [_("Too early.")]})
    with unit_of_work():
        if end is not None and end < instance.scheduled_for:  # It moves to an earlier time, which comes first.
            move(instance=instance, at=at, now=now, actor=actor)
            moves = False
        if changed:
            change(instance, now=now, **changed)
            note("publish_changed", instance, actor=actor, now=now, changed=sorted(changed))
        if moves:
            move(instance=instance, at=at, now=now, actor=actor)
    return instance
