"""Attempts: opened before the network is used, closed once, and the one place that decides what each answer means."""

import random
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from publishing.channels import channel_for
from publishing.channels.answers import Accepted, Answer, NotSent, Rejected, Unknown, Working, storable
from publishing.channels.base import SEND_LIMIT, Delivery
from publishing.models import Outcome, PublishLog
from publishing.rules import next_ask, next_attempt
from publishing.services.deliveries import connected, delivery_of
from scheduling.models import PostInstance
from scheduling.rules import iso
from scheduling.services.claims import Again, Failed, Published, Settlement, Unconfirmed, Waiting, claim, settle
from scheduling.services.connections import disconnect, reconnect
from scheduling.services.history import note
from scheduling.services.lateness import RETRIES_END_AFTER
from workspaces.ledger import unit_of_work
from workspaces.models import Workspace
from workspaces.rules.sentences import sentence
from workspaces.statements import update_where

LEASE = SEND_LIMIT + timedelta(seconds=30)  # The send's limit, and time to write down what became of it.
WORK_ENDS_AFTER = timedelta(hours=24)  # A platform that processes for longer has forgotten it.
LONGEST_WAIT = timedelta(minutes=15)  # Between two questions to a platform that processes.
STILL_WORKING = sentence(
    "The platform has processed it for a day without an end: it may be out or not. Look, then decide."
)


@dataclass(frozen=True)
class Attempt:
    """A claimed post and the id of its open log.

    :param is_question: whether the channel is asked what became of an earlier call.
    :param asks: how often it has been asked in vain, this time included.
    """

    instance: PostInstance
    log_id: UUID
    delivery: Delivery
    taken_at: datetime
    is_question: bool = False
    asks: int = 0

    @property
    def connection(self) -> str:
        """How the post leaves."""
        return self.instance.channel_account.connection


def open_attempts(*, now: datetime, holder: str, limit: int, workspace: Workspace | None = None) -> list[Attempt]:
    """Claim up to `limit` pending posts, of a workspace or of all, and open a log for each, in one transaction."""
    with unit_of_work():
        taken = claim(now=now, holder=holder, lease_ends_at=now + LEASE, limit=limit, workspace=workspace)
        how = connected(one.channel_account for one in taken)
        opened = [_opened(one, how, now=now, holder=holder) for one in taken]
        PublishLog.objects.bulk_create([log for log, _ in opened])
    return [Attempt(one, log.pk, delivery, now) for one, (log, delivery) in zip(taken, opened, strict=True)]


def _opened(instance: PostInstance, how: dict, *, now: datetime, holder: str) -> tuple[PublishLog, Delivery]:
    log = PublishLog(
        workspace_id=instance.workspace_id,
        post_instance=instance,
        number=instance.attempts,
        idempotency_key=uuid4(),
        claimed_by=holder,
        started_at=now,
        created_at=now,
        updated_at=now,
    )
    delivery = delivery_of(instance, log, how)
    log.handle = channel_for(instance.channel_account.connection).handle_for(delivery)
    return log, replace(delivery, handle=log.handle)


def close_attempt(*, attempt: Attempt, answer: Answer, now: datetime) -> bool:
    """Write an answer down: instance, log and ledger in one transaction.

    Returns False if the claim had lapsed: then the instance stays as it is, and only the ledger keeps the late answer.
    """
    answer = storable(answer, own_id=str(attempt.delivery.idempotency_key))
    outcome, result = meaning(answer, attempt=attempt, now=now)
    with unit_of_work():
        if not settle(instance=attempt.instance, result=result, now=now):
            _note_late(attempt, outcome, answer, now=now)
            return False
        _write_log(attempt, outcome, answer, result, now=now)
        _note_connection(attempt.instance, answer, now=now)
    return True


def meaning(answer: Answer, *, attempt: Attempt, now: datetime) -> tuple[str, Settlement]:
    """Return what an answer means: the outcome of the attempt and what becomes of the post."""
    match answer:
        case Accepted(remote_id, remote_url):
            return Outcome.ACCEPTED, Published(remote_id, remote_url, now)
        case Rejected(reason):
            return Outcome.REJECTED, Failed(reason)
        case Working():
            return Outcome.UNKNOWN, _worked_on(answer, attempt, now)
        case Unknown(reason):
            return Outcome.UNKNOWN, _asked_or_unconfirmed(reason, attempt, now)
        case NotSent():
            return Outcome.NOT_SENT, _again_or_never(answer, attempt.instance, now)


def _worked_on(answer: Working, attempt: Attempt, now: datetime) -> Settlement:
    if now - attempt.delivery.started_at > WORK_ENDS_AFTER:
        return Unconfirmed(STILL_WORKING)
    until = min(max(answer.check_at, now + timedelta(seconds=1)), now + LONGEST_WAIT)
    return Waiting(until, sentence("The platform is processing it."))


def _asked_or_unconfirmed(reason: str, attempt: Attempt, now: datetime) -> Settlement:
    again = next_ask(asks=attempt.asks, now=now)
    if again and channel_for(attempt.connection).can_ask(attempt.delivery):
        return Waiting(again, " ".join((reason, sentence("The platform will be asked."))))
    return Unconfirmed(reason)


def _again_or_never(answer: NotSent, instance: PostInstance, now: datetime) -> Settlement:
    last = (instance.first_attempt_at or now) + RETRIES_END_AFTER
    again = next_attempt(
        retries=instance.retry_count, now=now, chance=random.random(), until=last, retry_at=answer.retry_at
    )
    if again:
        return Again(again[0], answer.reason, costs_a_retry=again[1])
    if answer.retry_at:
        said = sentence(
            f"Nothing was sent: the platform asks to wait until {iso(answer.retry_at)}, which is too late for it."
        )
        return Failed(f"{said} {answer.reason}")
    return Failed(sentence(f"Nothing was sent in {instance.attempts} tries: {answer.reason}"))


def _note_late(attempt: Attempt, outcome: str, answer: Answer, *, now: datetime) -> None:
    """Keep a late answer in the ledger, for the person who decides; the post may even be gone by now."""
    current = PostInstance.objects.select_related("channel_account").filter(pk=attempt.instance.pk).first()
    if current:
        holder = attempt.instance.claimed_by
        note(
            "publish_answered_late", current, actor="system", now=now, holder=holder, outcome=outcome, **asdict(answer)
        )


def _write_log(attempt: Attempt, outcome: str, answer: Answer, result: Settlement, *, now: datetime) -> None:
    """Close the log; while the outcome is awaited it stays open, with the handle to ask by."""
    values = {"error": getattr(answer, "reason", ""), "raw_answer": answer.raw, "updated_at": now}
    if isinstance(answer, Working):
        values |= {"handle": answer.handle, "asks": 0}
    if not isinstance(result, Waiting):
        values |= {
            "finished_at": now,
            "outcome": outcome,
            "remote_id": getattr(answer, "remote_id", ""),
            "remote_url": getattr(answer, "remote_url", ""),
        }
    update_where(PublishLog, where={"id": attempt.log_id, "finished_at": None}, values=values)


def _note_connection(instance: PostInstance, answer: Answer, *, now: datetime) -> None:
    account = instance.channel_account
    if isinstance(answer, Rejected) and answer.needs_reconnecting:
        disconnect(account, reason=answer.reason, now=now)
    elif isinstance(answer, Accepted) and account.disconnected_at:
        reconnect(account, now=now)
