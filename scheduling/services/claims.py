"""Claiming posts for a worker and settling them: only the current claim may say what became of a post."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from campaigns.models import ContentItem
from scheduling.models import PostInstance, Status
from scheduling.rules import iso
from scheduling.services.changing import NO_LEASE
from scheduling.services.history import note
from scheduling.services.holds import held, not_held
from scheduling.services.lateness import is_late, miss
from scheduling.services.turns import in_turn
from workspaces.models import Workspace
from workspaces.statements import update_where

SYSTEM = "system"


@dataclass(frozen=True)
class Published:
    """The platform took it."""

    remote_id: str
    remote_url: str
    published_at: datetime


@dataclass(frozen=True)
class Failed:
    """It will not go out without a person."""

    reason: str


@dataclass(frozen=True)
class Unconfirmed:
    """It may be out or not, and there is nobody to ask."""

    reason: str


@dataclass(frozen=True)
class Again:
    """Nothing was sent; it is tried again later."""

    due_at: datetime
    reason: str
    costs_a_retry: bool = True


@dataclass(frozen=True)
class Waiting:
    """Its outcome is not known yet; whoever looks after `until` asks the channel."""

    until: datetime
    reason: str


Settlement = Published | Failed | Unconfirmed | Again | Waiting


def claim(
    *, now: datetime, holder: str, lease_ends_at: datetime, limit: int, workspace: Workspace | None = None
) -> list[PostInstance]:
    """Take up to `limit` pending posts, by priority and then by time; call it inside the unit that opens their logs.

    Pauses, blackouts and lateness are looked at again: a row may have waited since it was handed over. Of an account's
    late posts only the one whose turn it is goes out.

    :param workspace: only its own posts; none means all.
    """
    rows = not_held(PostInstance.objects.filter(status=Status.PENDING, due_at__lte=now), held(now))
    if workspace:
        rows = rows.filter(workspace=workspace)
    locked = rows.select_for_update(skip_locked=True, of=("self",), no_key=True)
    in_order = locked.select_related("channel_account").order_by(F("priority").desc(), "due_at", "id")
    while found := list(in_order[:limit]):
        missed = [one for one in found if is_late(one, now)]
        miss(missed, now=now)
        wanted = [one for one in found if not is_late(one, now)]
        taken = in_turn(wanted, now=now)
        if taken:  # A batch that was late altogether hides the next one.
            _lease(taken, now=now, holder=holder, lease_ends_at=lease_ends_at)
            return taken
        if any(one.status == Status.PENDING for one in wanted):  # Somebody else judges whose turn it is.
            return []
    return []


def _lease(taken: list[PostInstance], *, now: datetime, holder: str, lease_ends_at: datetime) -> None:
    token = uuid4()
    PostInstance.objects.filter(pk__in=[one.pk for one in taken]).update(
        status=Status.PUBLISHING,
        claim=token,
        claimed_by=holder,
        lease_ends_at=lease_ends_at,
        attempts=F("attempts") + 1,
        first_attempt_at=Coalesce("first_attempt_at", now),
        version=F("version") + 1,
        updated_at=now,
    )
    # Read only now, while nobody can change them: a text that was saved after the posts' own statement began to look,
    # and before it locked them, would otherwise go out as it was before.
    texts = ContentItem.objects.in_bulk({one.content_item_id for one in taken})
    for one in taken:
        one.content_item = texts[one.content_item_id]
        one.status, one.claim, one.claimed_by, one.lease_ends_at = Status.PUBLISHING, token, holder, lease_ends_at
        one.attempts, one.version = one.attempts + 1, one.version + 1
        one.first_attempt_at = one.first_attempt_at or now
        note("publish_started", one, actor=SYSTEM, now=now, attempt=one.attempts)


def settle(*, instance: PostInstance, result: Settlement, now: datetime) -> bool:
    """Write what became of a claimed post; return False, and write nothing, if the claim is not the current one.

    Call it inside the unit that closes the post's log.
    """
    status, values, event, facts = _written(instance, result)
    mine = {"id": instance.pk, "status": Status.PUBLISHING, "claim": instance.claim}
    values = {**NO_LEASE, **values, "status": status, "updated_at": now}
    if not update_where(PostInstance, where=mine, values=values, counter="version"):
        return False
    instance.status = status
    note(event, instance, actor=SYSTEM, now=now, **facts)
    return True


def take_over(instances: list[PostInstance], *, now: datetime, holder: str, lease_ends_at: datetime) -> None:
    """Hold locked posts whose lease is over, to ask what became of them; the one who held them may not settle now."""
    token = uuid4()
    PostInstance.objects.filter(pk__in=[one.pk for one in instances]).update(
        claim=token, claimed_by=holder, lease_ends_at=lease_ends_at, version=F("version") + 1, updated_at=now
    )
    for one in instances:
        one.claim, one.claimed_by, one.lease_ends_at = token, holder, lease_ends_at
        note("publish_asked", one, actor=SYSTEM, now=now, attempt=one.attempts)


def lease_has_lapsed(*, now: datetime) -> bool:
    """Return whether a worker died or hung while it held a post: the cheap look of the others."""
    return _lapsed(now).exists()


def lapsed(*, now: datetime, limit: int) -> list[PostInstance]:
    """Return, locked, the posts whose lease is over."""
    locked = _lapsed(now).select_for_update(skip_locked=True, of=("self",), no_key=True)
    return list(locked.select_related("channel_account", "content_item").order_by("lease_ends_at", "id")[:limit])


def _lapsed(now: datetime) -> QuerySet[PostInstance]:
    return PostInstance.objects.filter(status=Status.PUBLISHING, lease_ends_at__lte=now)


def _written(instance: PostInstance, result: Settlement) -> tuple[str, dict, str, dict]:
    """Return the state, the columns, the event and its metadata of a settlement."""
    match result:
        case Published(remote_id, remote_url, at):
            values = {
                "remote_id": remote_id,
                "remote_url": remote_url,
                "published_at": at,
                "due_at": None,
                "reason": "",
            }
            facts = {"remote_id": remote_id, "remote_url": remote_url, "published_at": iso(at)}
            return Status.PUBLISHED, values, "publish_published", facts
        case Failed(reason):
            return Status.FAILED, {"due_at": None, "reason": reason}, "publish_failed", {"reason": reason}
        case Unconfirmed(reason):
            return Status.UNCONFIRMED, {"due_at": None, "reason": reason}, "publish_unconfirmed", {"reason": reason}
        case Waiting(until, reason):
            values = {"claim": uuid4(), "claimed_by": "", "lease_ends_at": until, "reason": reason}
            return Status.PUBLISHING, values, "publish_waiting", {"until": iso(until), "reason": reason}
        case Again(due_at, reason, costs):
            values = {"due_at": due_at, "reason": reason, "retry_count": instance.retry_count + int(costs)}
            return Status.SCHEDULED, values, "publish_retry_scheduled", {"due_at": iso(due_at), "reason": reason}
