"""Ripple: the rest of an account's queue moves on by one slot, and the place of its first post is free again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.rules import later_by_days, slots
from scheduling.services.account_rules import locked_account
from scheduling.services.changing import require_version
from scheduling.services.edit import MOVABLE
from scheduling.services.moving import MOST, Chosen, Moved, Step, move_all
from workspaces.errors import Conflict
from workspaces.ledger import unit_of_work

A_FORTNIGHT = timedelta(days=15)  # Even a cadence of one post a week, on a closed day, has a slot in it.


def ripple(*, first: Chosen, now: datetime, actor: str) -> list[Moved]:
    """Move a post and all that follow it on its account to the next slot each; the freed places are open slots again.

    The last post goes to the cadence's next slot; where there is no cadence, to the same wall time a day later.

    :raises Stale: :raises Conflict: if the first is not to be moved, naming the post that cannot be, and why.
    """
    with unit_of_work():
        locked_account(first.instance.channel_account_id)
        return move_all(steps=ripple_steps(first=first), now=now, actor=actor)


def ripple_steps(*, first: Chosen) -> list[Step]:
    """Return where each post of the rest of a queue goes, the last one first: any first part of it can stand alone.

    :raises Stale: :raises Conflict: if the first post cannot be moved, or too many follow it.
    """
    post = first.instance
    require_version(post, first.version)
    account = post.channel_account
    here = PostInstance.objects.filter(workspace_id=post.workspace_id, channel_account=account, status__in=MOVABLE)
    ahead = here.filter(scheduled_for__gte=post.scheduled_for).with_everything().order_by("scheduled_for", "id")
    queue = list(ahead[: MOST + 1])
    if not queue or queue[0].pk != post.pk or post.status == Status.PLANNED:
        raise Conflict(
            _("Choose the first post of the queue that moves on: one that has content and is still to go out.")
        )
    if len(queue) > MOST:
        raise Conflict(_("More than %(most)s posts and slots follow. Move them in parts.") % {"most": MOST})
    last = max(place for place, one in enumerate(queue) if one.status != Status.PLANNED)
    return _steps(queue[: last + 2], _after(account, queue[last].scheduled_for, queue))


def _steps(queue: Sequence[PostInstance], end: datetime) -> list[Step]:
    """Return each post's step to the place of its neighbour; slots that give way go where posts left, in order."""
    places = [*(one.scheduled_for for one in queue[1:]), end]
    posts = [
        Step(one, place, one.version) for one, place in zip(queue, places, strict=True) if one.status != Status.PLANNED
    ]
    taken, left = {step.at for step in posts}, {step.instance.scheduled_for for step in posts}
    giving_way = [one for one in queue if one.status == Status.PLANNED and one.scheduled_for in taken]
    free = sorted(left - taken)
    moved = [Step(one, place, one.version) for one, place in zip(giving_way, free, strict=False)]
    return [*reversed(posts), *moved]


def _after(account: ChannelAccount, last: datetime, queue: Sequence[PostInstance]) -> datetime:
    """Return where the last post goes if no slot follows it."""
    standing = {one.scheduled_for for one in queue}
    for slot in slots(account.cadence, last + timedelta(seconds=1), last + A_FORTNIGHT):
        if slot.instant not in standing:
            return slot.instant
    return later_by_days(last, 1, account.zone)
