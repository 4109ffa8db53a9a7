"""What the passing of time does: empty slots are skipped, and what is later than its limit is missed, not sent."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.services.history import note
from scheduling.services.holds import held, not_held
from workspaces.ledger import unit_of_work
from workspaces.models import Workspace
from workspaces.rules.sentences import sentence

RETRIES_END_AFTER = timedelta(hours=24)  # An attempt that began in time may be repeated for a day.
ROWS_AT_ONCE = 1_000
SYSTEM = "system"
MISSED_BY_WORKERS = sentence("It was later than this account allows ({minutes} min): nothing was sent.")
MISSED_BY_RETRIES = sentence("A day has passed since the first try: nothing was sent.")
MISSED_BY_PEOPLE = sentence("Its time passed before it was scheduled: nothing was sent.")


def let_time_pass(*, now: datetime, workspace: Workspace | None = None) -> None:
    """Skip empty slots that are over, and miss drafts that are over and posts later than their account's limit.

    What a pause or a blackout holds is not missed while it is held.
    """
    over = PostInstance.objects.filter(scheduled_for__lte=now)
    on_hold = held(now)
    for rows, to, event in (
        (over.filter(status=Status.PLANNED), Status.SKIPPED, "publish_slot_passed"),
        (over.filter(status__in=[Status.DRAFT, Status.IN_REVIEW]), Status.MISSED, "publish_missed"),
        (not_held(late_rows(now, Status.SCHEDULED), on_hold), Status.MISSED, "publish_missed"),
        (not_held(late_rows(now, Status.PENDING), on_hold), Status.MISSED, "publish_missed"),
    ):
        mine = rows.filter(workspace=workspace) if workspace else rows
        while _pass_some(mine, to, event, now=now):
            pass


def late_rows(now: datetime, status: str) -> QuerySet[PostInstance]:
    """Return the posts that would be sent later than their account's limit, or a day after their first attempt.

    :param status: one, because each that is due has a partial index and several have none.
    """
    limits = ChannelAccount.objects.order_by().values_list("lateness_minutes", flat=True).distinct()
    late = Q(first_attempt_at__lt=now - RETRIES_END_AFTER)
    for minutes in limits:
        late |= Q(
            first_attempt_at=None,
            channel_account__lateness_minutes=minutes,
            scheduled_for__lt=now - timedelta(minutes=minutes),
        )
    return PostInstance.objects.filter(late, status=status, due_at__lte=now)


def is_late(instance: PostInstance, now: datetime) -> bool:
    """Return whether an attempt at `now` would be too late."""
    return limit_of(instance) < now


def limit_of(instance: PostInstance) -> datetime:
    """Return until when an attempt may begin."""
    if instance.first_attempt_at:
        return instance.first_attempt_at + RETRIES_END_AFTER
    return instance.scheduled_for + timedelta(minutes=instance.channel_account.lateness_minutes)


def miss(instances: list[PostInstance], *, now: datetime) -> None:
    """Mark locked posts as missed, with the reason."""
    _mark(instances, Status.MISSED, "publish_missed", now=now)


def _pass_some(rows: QuerySet[PostInstance], to: str, event: str, *, now: datetime) -> bool:
    with unit_of_work():
        locked = rows.select_for_update(skip_locked=True, of=("self",), no_key=True)
        some = list(locked.select_related("channel_account").order_by("scheduled_for", "id")[:ROWS_AT_ONCE])
        _mark(some, to, event, now=now)
    return len(some) == ROWS_AT_ONCE


def _mark(some: list[PostInstance], to: str, event: str, *, now: datetime) -> None:
    for reason, alike in _by_reason(some, to).items():
        PostInstance.objects.filter(pk__in=[one.pk for one in alike]).update(
            status=to, due_at=None, reason=reason, version=F("version") + 1, updated_at=now
        )
        for one in alike:
            one.status = to
            note(event, one, actor=SYSTEM, now=now, reason=reason)


def _by_reason(some: list[PostInstance], to: str) -> dict[str, list[PostInstance]]:
    found: dict[str, list[PostInstance]] = {}
    for one in some:
        found.setdefault(_reason(one, to), []).append(one)
    return found


def _reason(instance: PostInstance, to: str) -> str:
    if to == Status.SKIPPED:
        return sentence("Its time passed while it was empty.")
    if instance.status in (Status.DRAFT, Status.IN_REVIEW):
        return MISSED_BY_PEOPLE
    if instance.first_attempt_at:
        return MISSED_BY_RETRIES
    return MISSED_BY_WORKERS.format(minutes=instance.channel_account.lateness_minutes)
