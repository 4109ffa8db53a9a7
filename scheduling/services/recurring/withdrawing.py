"""Taking back the posts of a recurrence that it does not ask for any more: the future ones that nobody touched."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from scheduling.models import ChannelAccount, Occurrence, PostInstance, Recurrence, Status
from scheduling.services.changing import change
from scheduling.services.edit import cancel
from scheduling.services.recurring.making import times_of
from workspaces.errors import Conflict
from workspaces.ledger import unit_of_work
from workspaces.rules.sentences import sentence

A_SECOND = timedelta(seconds=1)  # What stands exactly at an end is inside.
A_CHANGE = sentence("Its recurrence was changed: it is not posted at this time any more.")
A_PAUSE = sentence("Its recurrence was switched off.")
AN_END = sentence("Its recurrence was deleted.")


def untouched(recurrence: Recurrence, *, now: datetime) -> list[Occurrence]:
    """Return the occurrences ahead whose posts are as they were made: every change counts their version up."""
    found = recurrence.occurrences.filter(
        post_instance__status=Status.SCHEDULED,
        post_instance__scheduled_for__gt=now,
        post_instance__version=F("post_version"),
    )
    joined = found.select_related("post_instance__channel_account", "post_instance__content_item")
    return list(joined.order_by("local_time"))


def no_longer_wanted(
    recurrence: Recurrence, account: ChannelAccount, some: list[Occurrence], *, now: datetime
) -> set[UUID]:
    """Return the ids of those among some occurrences that a recurrence, as it is now, does not ask for."""
    if not recurrence.is_active or not some:
        return {one.pk for one in some}
    end = max(one.post_instance.scheduled_for for one in some)
    wanted = {at.key: at.instant for at in times_of(recurrence, account, now, end + A_SECOND)}
    return {one.pk for one in some if not _is_still(one.post_instance, recurrence, wanted.get(one.local_time))}


def withdraw(some: list[Occurrence], *, why: str, now: datetime, actor: str) -> int:
    """Cancel the posts of occurrences, which may be made again from then on; return how many.

    What came from a slot of the cadence leaves the slot empty. What somebody else touches meanwhile stays theirs.
    """
    gone = []
    for one in some:
        try:
            with unit_of_work():
                post = cancel(instance=one.post_instance, now=now, actor=actor)
                if post.status == Status.CANCELED:
                    change(post, now=now, reason=why)
                gone.append(one.pk)
        except Conflict:
            continue
    Occurrence.objects.filter(pk__in=gone).delete()
    return len(gone)


def _is_still(post: PostInstance, recurrence: Recurrence, at: datetime | None) -> bool:
    return (post.scheduled_for, post.content_item_id, post.channel_account_id) == (
        at,
        recurrence.content_item_id,
        recurrence.channel_account_id,
    )
