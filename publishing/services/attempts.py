"""Attempts: opened before the network is used, closed once, and the one place that decides what each answer means."""

import random
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from publishing.channels.answers import Accepted, Answer, NotSent, Rejected, Unknown, storable
from publishing.channels.base import SEND_LIMIT, Delivery
from publishing.models import Outcome, PublishLog
from publishing.rules import next_attempt
from scheduling.models import PostInstance
from scheduling.rules import iso
from scheduling.services.claims import (
    Again,
    Failed,
    Published,
    Settlement,
    Unconfirmed,
    claim,
    lapsed,
    lease_has_lapsed,
    settle,
)
from scheduling.services.history import note
from scheduling.services.lateness import RETRIES_END_AFTER
from workspaces.ledger import unit_of_work
from workspaces.models import Workspace
from workspaces.statements import update_where

LEASE = SEND_LIMIT + timedelta(seconds=30)  # The send's limit, and time to write down what became of it.
LAPSED = "The worker that was sending it stopped before the answer came: it may be out or not. Look, then decide."
ROWS_AT_ONCE = 200


@dataclass(frozen=True)
class Attempt:
    """A claimed post and the id of its open log."""

    instance: PostInstance
    log_id: UUID
    delivery: Delivery

    @property
    def connection(self) -> str:
        """How the post leaves."""
        return self.instance.channel_account.connection


def open_attempts(*, now: datetime, holder: str, limit: int, workspace: Workspace | None = None) -> list[Attempt]:
    """Claim up to `limit` pending posts, of a workspace or of all, and open a log for each, in one transaction."""
    with unit_of_work():
        taken = claim(now=now, holder=holder, lease_ends_at=now + LEASE, limit=limit, workspace=workspace)
        logs = [
            PublishLog(
                workspace_id=one.workspace_id,
                post_instance=one,
                number=one.attempts,
                idempotency_key=uuid4(),
                claimed_by=holder,
                started_at=now,
                created_at=now,
                updated_at=now,
            )
            for one in taken
        ]
        PublishLog.objects.bulk_create(logs)
    return [Attempt(one, log.pk, _delivery(one, log)) for one, log in zip(taken, logs, strict=True)]


def _delivery(instance: PostInstance, log: PublishLog) -> Delivery:
    account, content = instance.channel_account, instance.content_item
    return Delivery(
        instance_id=instance.pk,
        workspace_id=instance.workspace_id,
        account_id=account.pk,
        platform=account.platform,
        account_name=account.name,
        idempotency_key=log.idempotency_key,
        attempt=log.number,
        title=content.title,
        body=content.text_for(account.platform),
        link=content.link,
        started_at=log.started_at,
    )


def close_attempt(*, attempt: Attempt, answer: Answer, now: datetime) -> bool:
    """Write an answer down: instance, log and ledger in one transaction.

    Returns False if the claim had lapsed: then the instance stays as it is, and only the ledger keeps the late answer.
    """
    answer = storable(answer, own_id=str(attempt.delivery.idempotency_key))
    outcome, result = meaning(answer, instance=attempt.instance, now=now)
    with unit_of_work():
        if not settle(instance=attempt.instance, result=result, now=now):
            _note_late(attempt, outcome, answer, now=now)
            return False
        _close_log(attempt.log_id, outcome, answer, now=now)
    return True


def meaning(answer: Answer, *, instance: PostInstance, now: datetime) -> tuple[str, Settlement]:
    """Return what an answer means: the outcome of the attempt and what becomes of the post."""
    match answer:
        case Accepted(remote_id, remote_url):
            return Outcome.ACCEPTED, Published(remote_id, remote_url, now)
        case Rejected(reason):
            return Outcome.REJECTED, Failed(reason)
        case Unknown(reason):
            return Outcome.UNKNOWN, Unconfirmed(reason)
        case NotSent():
            return Outcome.NOT_SENT, _again_or_never(answer, instance, now)


def lapse_leases(*, now: datetime) -> int:
    """Settle posts whose worker is gone as unconfirmed; return how many."""
    count = 0
    while lease_has_lapsed(now=now):
        with unit_of_work():
            some = lapsed(now=now, limit=ROWS_AT_ONCE)
            for one in some:
                settle(instance=one, result=Unconfirmed(LAPSED), now=now)
            PublishLog.objects.filter(post_instance__in=[one.pk for one in some], finished_at=None).update(
                finished_at=now, outcome=Outcome.UNKNOWN, error=LAPSED, updated_at=now
            )
        count += len(some)
        if not some:  # Somebody else does it.
            break
    return count


def _again_or_never(answer: NotSent, instance: PostInstance, now: datetime) -> Settlement:
    last = (instance.first_attempt_at or now) + RETRIES_END_AFTER
    again = next_attempt(
        retries=instance.retry_count, now=now, chance=random.random(), until=last, retry_at=answer.retry_at
    )
    if again:
        return Again(again[0], answer.reason, costs_a_retry=again[1])
    if answer.retry_at:
        asked = f"the platform asks to wait until {iso(answer.retry_at)}, which is too late for it"
        return Failed(f"Nothing was sent: {asked}. {answer.reason}")
    return Failed(f"Nothing was sent in {instance.attempts} tries: {answer.reason}")


def _note_late(attempt: Attempt, outcome: str, answer: Answer, *, now: datetime) -> None:
    """Keep a late answer in the ledger, for the person who decides; the post may even be gone by now."""
    current = PostInstance.objects.select_related("channel_account").filter(pk=attempt.instance.pk).first()
    if current:
        holder = attempt.instance.claimed_by
        note(
            "publish_answered_late", current, actor="system", now=now, holder=holder, outcome=outcome, **asdict(answer)
        )


def _close_log(log_id: UUID, outcome: str, answer: Answer, *, now: datetime) -> None:
    values = {
        "finished_at": now,
        "outcome": outcome,
        "error": getattr(answer, "reason", ""),
        "remote_id": getattr(answer, "remote_id", ""),
        "remote_url": getattr(answer, "remote_url", ""),
        "updated_at": now,
    }
    update_where(PublishLog, where={"id": log_id, "finished_at": None}, values=values)
