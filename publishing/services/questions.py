"""Questions: what became of posts whose worker is gone, or whose platform has not said so yet."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from publishing.channels import channel_for
from publishing.channels.base import Delivery
from publishing.models import Outcome, PublishLog
from publishing.rules import next_ask
from publishing.services.attempts import LEASE, Attempt
from publishing.services.deliveries import connected, delivery_of
from scheduling.models import PostInstance
from scheduling.services.claims import Unconfirmed, lapsed, lease_has_lapsed, settle, take_over
from workspaces.ledger import unit_of_work
from workspaces.rules.sentences import sentence

LAPSED = sentence(
    "The worker that was sending it stopped before the answer came: it may be out or not. Look, then decide."
)
ROWS_AT_ONCE = 200


def lapse_leases(*, now: datetime) -> int:
    """Settle as unconfirmed the posts whose lease is over and whom nobody can be asked about; return how many.

    The others are left to those who may use the network.
    """
    count = 0
    while lease_has_lapsed(now=now):
        with unit_of_work():
            _, hopeless = _sorted(lapsed(now=now, limit=ROWS_AT_ONCE), now=now)
            given_up = _give_up(hopeless, now=now)
        count += given_up
        if not given_up:  # Somebody else does it, or the rest can be asked.
            break
    return count


def open_questions(*, now: datetime, holder: str, limit: int) -> list[Attempt]:
    """Hold up to `limit` posts whose lease is over, to ask their channel; settle those that cannot be asked."""
    if not lease_has_lapsed(now=now):
        return []
    with unit_of_work():
        questions, hopeless = _sorted(lapsed(now=now, limit=limit), now=now)
        _give_up(hopeless, now=now)
        if questions:
            take_over([one.instance for one in questions], now=now, holder=holder, lease_ends_at=now + LEASE)
            PublishLog.objects.filter(pk__in=[one.log_id for one in questions]).update(
                asks=F("asks") + 1, updated_at=now
            )
    return questions


def _sorted(rows: list[PostInstance], *, now: datetime) -> tuple[list[Attempt], dict[str, list[PostInstance]]]:
    """Return the posts that can be asked about, and the others by what is known of them."""
    how = connected(one.channel_account for one in rows)
    open_logs = PublishLog.objects.filter(post_instance__in=[one.pk for one in rows], finished_at=None)
    logs: dict[UUID, PublishLog] = {log.post_instance_id: log for log in open_logs}
    questions: list[Attempt] = []
    hopeless: dict[str, list[PostInstance]] = {}
    for one in rows:
        log = logs.get(one.pk)
        question = log and _question(one, log, delivery_of(one, log, how), now)
        if question:
            questions.append(question)
        else:
            hopeless.setdefault((log and log.error) or LAPSED, []).append(one)
    return questions, hopeless


def _question(instance: PostInstance, log: PublishLog, delivery: Delivery, now: datetime) -> Attempt | None:
    can_ask = channel_for(instance.channel_account.connection).can_ask(delivery)
    if not can_ask or next_ask(asks=log.asks, now=now) is None:
        return None
    return Attempt(instance, log.pk, delivery, now, is_question=True, asks=log.asks + 1)


def _give_up(hopeless: dict[str, list[PostInstance]], *, now: datetime) -> int:
    for reason, some in hopeless.items():
        for one in some:
            settle(instance=one, result=Unconfirmed(reason), now=now)
        logs = PublishLog.objects.filter(post_instance__in=[one.pk for one in some], finished_at=None)
        logs.update(finished_at=now, outcome=Outcome.UNKNOWN, error=reason, updated_at=now)
    return sum(map(len, hopeless.values()))
