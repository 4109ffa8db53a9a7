"""What people do with a post on the calendar: move, schedule, skip, cancel, undo, publish now."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from scheduling.models import PostInstance, ScheduledBy, ScheduleType, Status
from scheduling.rules import iso, to_local
from scheduling.services.account_rules import locked_account
from scheduling.services.changing import FRESH_START, change, refused_move, wall_clock
from scheduling.services.choosing import as_stated
from scheduling.services.giving_way import come_back, make_way
from scheduling.services.history import note, note_created
from scheduling.services.placeholder import placeholder_of
from scheduling.services.schedule import due, require_fit
from workspaces.errors import Conflict
from workspaces.ledger import unit_of_work
from workspaces.rules.sentences import sentence

PROMISABLE = (Status.DRAFT, Status.IN_REVIEW, Status.FAILED, Status.MISSED)
EMPTIED = (Status.DRAFT, Status.SCHEDULED)
EMPTIED_BY_CANCEL = (Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED)
MOVABLE = (Status.PLANNED, Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED, Status.PENDING)
ITS_OWN = {"schedule_type": ScheduleType.SCHEDULED, "priority": 0, "metadata": {}, "warnings": [], "reason": ""}
A_MINUTE_OF_SECONDS = 60


def move(*, instance: PostInstance, at: datetime, now: datetime, actor: str) -> PostInstance:
    """Move a post or an empty slot to the time that a person stated; a pending one is scheduled again.

    :raises Conflict: if it cannot be moved (any more), or the time is over, taken, in a blackout, or no longer wanted.
    """
    if instance.status not in MOVABLE:
        raise Conflict(refused_move(instance.status, Status.SCHEDULED))
    with unit_of_work():
        before = instance.scheduled_for
        _set_time(
            instance, at, to=Status.SCHEDULED if instance.status == Status.PENDING else None, now=now, actor=actor
        )
        come_back(instance, before, now=now, actor=actor)
        note("publish_moved", instance, actor=actor, now=now, moved_from=iso(before), warnings=instance.warnings)
    return instance


def schedule(*, instance: PostInstance, now: datetime, actor: str, at: datetime | None = None) -> PostInstance:
    """Promise a post: at its own time, or at the one that a person states.

    :raises Conflict: if it has no content, cannot be scheduled, or the time is over, taken, in a blackout, or no longer
        wanted.
    """
    if instance.status not in PROMISABLE:
        raise Conflict(refused_move(instance.status, Status.SCHEDULED))
    with unit_of_work():
        before = instance.scheduled_for
        _set_time(instance, at or before, to=Status.SCHEDULED, now=now, actor=actor)
        come_back(instance, before, now=now, actor=actor)
        note_created(instance, wanted=instance.scheduled_for, actor=actor, now=now)
    return instance


def publish_now(*, instance: PostInstance, now: datetime, actor: str) -> PostInstance:
    """Make a post due at once; the workers send it within the second.

    :raises Conflict: if it has no content, is on its way already, or a blackout forbids it.
    """
    if instance.status not in (*PROMISABLE, Status.SCHEDULED):
        raise Conflict(refused_move(instance.status, Status.SCHEDULED))
    to = None if instance.status == Status.SCHEDULED else Status.SCHEDULED
    with unit_of_work():
        locked_account(instance.channel_account_id)
        instant = _free_second(instance, now)
        _set_time(instance, instant, to=to, now=now, actor=actor, schedule_type=ScheduleType.IMMEDIATE)
        note_created(instance, wanted=instant, actor=actor, now=now)
    return instance


def take_out(*, instance: PostInstance, now: datetime, actor: str) -> PostInstance:
    """Take the content out of a post: its slot is empty again, the content returns to the tray.

    :raises Conflict: if the post cannot be emptied (any more).
    """
    if instance.status not in EMPTIED:
        raise Conflict(refused_move(instance.status, Status.PLANNED))
    with unit_of_work():
        content = instance.content_item
        change(
            instance,
            to=Status.PLANNED,
            now=now,
            content_item=placeholder_of(instance.workspace_id),
            campaign=None,
            schedule=None,
            scheduled_window_end=None,
            scheduled_by=ScheduledBy.CADENCE if instance.cadence_slot else instance.scheduled_by,
            **ITS_OWN,
            **FRESH_START,
        )
        note("publish_slot_emptied", instance, actor=actor, now=now, content_taken_out=str(content.pk))
    return instance


def skip(*, instance: PostInstance, now: datetime, actor: str, reason: str = "") -> PostInstance:
    """Leave out a post or a slot for good; top-off does not make the slot again.

    :raises Conflict: if it is on its way, or out.
    """
    with unit_of_work():
        change(instance, to=Status.SKIPPED, now=now, reason=reason)
        note("publish_skipped", instance, actor=actor, now=now, reason=reason)
    return instance


def cancel(*, instance: PostInstance, now: datetime, actor: str) -> PostInstance:
    """Cancel a post that no worker holds: a cadence slot ahead is empty again, another post is canceled.

    :raises Conflict: if a worker was first, or there is nothing to cancel.
    """
    if instance.status == Status.PLANNED:
        raise Conflict(_("This slot is empty: there is nothing to cancel. Skip it to leave it out for good."))
    with unit_of_work():
        if instance.cadence_slot and instance.status in EMPTIED_BY_CANCEL and instance.scheduled_for > now:
            if instance.status == Status.IN_REVIEW:
                change(instance, to=Status.DRAFT, now=now)
            return take_out(instance=instance, now=now, actor=actor)
        change(instance, to=Status.CANCELED, now=now)
        come_back(instance, instance.scheduled_for, now=now, actor=actor)
        note("publish_canceled", instance, actor=actor, now=now)
    return instance


def restore(*, instance: PostInstance, now: datetime, actor: str) -> PostInstance:
    """Undo a skip or a cancel while its time is ahead: an empty slot is planned again, a post is a draft again.

    :raises Conflict: if its time is over, taken or in a blackout, or there is nothing to undo.
    """
    if instance.status not in (Status.SKIPPED, Status.CANCELED):
        raise Conflict(_("Only a skipped or canceled post can be brought back."))
    if instance.scheduled_for <= now:
        raise Conflict(_("Its time is over. Schedule the content at a new time instead."))
    is_empty = instance.content_item.is_placeholder
    with unit_of_work():
        _set_time(
            instance, instance.scheduled_for, to=Status.PLANNED if is_empty else Status.DRAFT, now=now, actor=actor
        )
        note("publish_restored", instance, actor=actor, now=now)
    return instance


def _set_time(
    instance: PostInstance, at: datetime, *, to: str | None, now: datetime, actor: str, **values: object
) -> None:
    """Give an instance a time that a person stated, and a state; none keeps the one it has."""
    will_be = to or instance.status
    account = locked_account(instance.channel_account_id)
    if will_be == Status.SCHEDULED:
        promised = instance.status in (Status.SCHEDULED, Status.PENDING)
        require_fit(account, instance.content_item, status=Status.DRAFT if promised else Status.SCHEDULED)
    instance.channel_account = account
    choice = as_stated(account, at, now=now, campaign_id=instance.campaign_id, but=instance.pk)
    if will_be != Status.PLANNED:
        make_way(instance, choice.at, now=now, actor=actor)
    change(
        instance,
        to=to,
        now=now,
        scheduled_for=choice.at,
        due_at=due(will_be, choice.at),
        scheduled_by=ScheduledBy.MANUAL if choice.at != instance.scheduled_for else instance.scheduled_by,
        scheduled_window_end=_still_wanted_until(instance, choice.at, now=now),
        warnings=choice.warnings,
        reason="",
        **wall_clock(choice.at, account.zone),
        **FRESH_START,
        **values,
    )


def _still_wanted_until(instance: PostInstance, at: datetime, *, now: datetime) -> datetime | None:
    """Return the latest time at which a post is wanted; one that is over itself gives way to the new choice.

    :raises Conflict: if the time is after it.
    """
    end = instance.scheduled_window_end
    if end is None or at <= end:
        return end
    if end < now:
        return None
    until = to_local(end, instance.channel_account.zone)
    raise Conflict(sentence(f"It is wanted until {until:%Y-%m-%d %H:%M} at the latest."))


def _free_second(instance: PostInstance, now: datetime) -> datetime:
    """Return now, or the next second at which nothing stands on the account."""
    start = now.replace(microsecond=0)
    seconds = [start + timedelta(seconds=second) for second in range(A_MINUTE_OF_SECONDS)]
    here = PostInstance.objects.filter(
        workspace_id=instance.workspace_id, channel_account_id=instance.channel_account_id, scheduled_for__in=seconds
    )
    taken = set(here.exclude(pk=instance.pk).occupying().values_list("scheduled_for", flat=True))
    return next((second for second in seconds if second not in taken), start)
