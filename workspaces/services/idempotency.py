"""Answers that are kept for an `Idempotency-Key`, so that a request that is sent twice is done once.

The row stands before the work begins: the unique constraint decides who is first. A process that ends in the middle
leaves it without a status, and nobody knows what was done: such a key stays taken until it is a day old.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from workspaces.models import IdempotencyKey

KEPT_FOR = timedelta(hours=24)
WORK_TAKES = timedelta(minutes=1)  # Far longer than any request: who has not answered by then has ended.


@dataclass(frozen=True)
class Asked:
    """What a request is known by: who sends it where under which key, and a digest of what it says."""

    caller: str
    route: str
    key: str
    fingerprint: str


@dataclass(frozen=True)
class Claim:
    """The right, and the duty, to do the work of a key."""

    pk: int
    since: datetime


@dataclass(frozen=True)
class Kept:
    """What was answered before; `answer` is None where it is not kept, because it carried a secret."""

    status: int
    answer: dict[str, Any] | None


class Taken(Exception):
    """The key cannot be used now; the text is for the caller.

    :param wait: after how many seconds it is worth to ask again; None if it is not.
    """

    def __init__(self, message: str, *, wait: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.wait = wait


USED_OTHERWISE = "This Idempotency-Key came with another request before. Use a new key for each thing to do."
AT_WORK = "The first request with this Idempotency-Key is still being worked on. Ask again for its answer."
UNKNOWN = (
    "The first request with this Idempotency-Key ended without an answer, so it is not known whether it was done. "
    "Look first; if it was not, send it again with a new key."
)


def claim(*, asked: Asked, now: datetime) -> Claim | Kept:
    """Take a key before its work begins, or return what was answered to it.

    :raises Taken: if it was used for something else, or its work is not done (or nobody knows whether it is).
    """
    while True:
        try:
            with transaction.atomic(durable=True):
                row = IdempotencyKey.objects.create(created_at=now, **vars(asked))
            return Claim(row.pk, now)
        except IntegrityError:
            names = {"caller": asked.caller, "route": asked.route, "key": asked.key}
            row = IdempotencyKey.objects.filter(**names).first()
        if row is None:
            continue  # It was given back just now.
        if now - row.created_at < KEPT_FOR:
            return _kept(row, asked, now)
        _mine(row.pk, row.created_at).delete()


def settle(claimed: Claim, *, status: int, answer: dict[str, Any] | None) -> None:
    """Keep the answer; None keeps no more than that there was one."""
    _mine(claimed.pk, claimed.since).update(status=status, answer=answer)


def give_back(claimed: Claim) -> None:
    """Let the key be used again: nothing came of the work."""
    _mine(claimed.pk, claimed.since).delete()


def _kept(row: IdempotencyKey, asked: Asked, now: datetime) -> Kept:
    if row.fingerprint != asked.fingerprint:
        raise Taken(USED_OTHERWISE)
    if row.status is None:
        raise Taken(AT_WORK, wait=1) if now - row.created_at < WORK_TAKES else Taken(UNKNOWN)
    return Kept(row.status, row.answer)


def _mine(pk: int, since: datetime) -> Any:
    return IdempotencyKey.objects.filter(pk=pk, created_at=since)
