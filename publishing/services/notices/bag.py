"""The courier's bag of notices: what is due, one message to one target, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import translation

from publishing.models import DispatchStatus, Notice, NoticeDelivery, NoticeTarget
from publishing.network.messengers import NotDelivered, WrongAddress
from publishing.services.notices.carrying import carrier
from publishing.services.notices.reading import with_first_posts
from publishing.services.notices.wording import Said, reader_of, said

LEASE = timedelta(minutes=2)  # Longer than a message can take; a killed courier's comes round again after it.
TRIED_FOR = timedelta(hours=24)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True)
class NoticeLetter:
    """A notice on its way to one target; `carry` brings it there."""

    delivery_id: int
    attempt: int
    first_attempt_at: datetime
    carry: Callable[[], None]


class NoticeBag:
    """Notices for the courier: at least once, for up to a day."""

    def claim(self, *, now: datetime, limit: int) -> list[NoticeLetter]:
        """Take up to `limit` deliveries that are due; nobody else takes them until their lease is over."""
        waiting = NoticeDelivery.objects.filter(status=DispatchStatus.WAITING, next_attempt_at__lte=now)
        if not waiting.exists():
            return []
        with transaction.atomic():
            locked = waiting.select_for_update(skip_locked=True).order_by("next_attempt_at", "id")
            taken = list(locked[:limit])
            NoticeDelivery.objects.filter(pk__in=[one.pk for one in taken]).update(
                next_attempt_at=now + LEASE,
                attempts=F("attempts") + 1,
                first_attempt_at=Coalesce("first_attempt_at", now),
            )
        return _letters(taken, now=now)

    def send(self, letter: NoticeLetter) -> str:
        """Bring a letter to its target; return why it was not taken, or nothing. Without the database."""
        try:
            letter.carry()
        except (NotDelivered, WrongAddress) as error:
            return str(error)
        return ""

    def settle(self, letter: NoticeLetter, result: str, *, now: datetime) -> None:
        """Write down what came of a letter.

        A failure counts only while nobody else has claimed it meanwhile; that it was taken counts in any case.

        :param result: why it was not taken, or nothing.
        """
        waiting = NoticeDelivery.objects.filter(pk=letter.delivery_id, status=DispatchStatus.WAITING)
        over = {"next_attempt_at": None, "finished_at": now, "error": result}
        if not result:
            waiting.update(status=DispatchStatus.DELIVERED, **over)
            return
        mine = waiting.filter(attempts=letter.attempt)
        again = now + min(FIRST_WAIT * 2 ** min(letter.attempt - 1, 10), LONGEST_WAIT)
        if again <= letter.first_attempt_at + TRIED_FOR:
            mine.update(next_attempt_at=again, error=result)
        else:
            mine.update(status=DispatchStatus.FAILED, **over)


def _letters(taken: list[NoticeDelivery], *, now: datetime) -> list[NoticeLetter]:
    """Return what is carried; an address that cannot be decrypted costs only its own letter."""
    notices = with_first_posts(Notice.objects.filter(pk__in={one.notice_id for one in taken})).in_bulk()
    targets = (
        NoticeTarget.objects.filter(pk__in={one.target_id for one in taken})
        .select_related("workspace", "membership__user")
        .defer("url")
        .in_bulk()
    )
    return [_letter(one, notices[one.notice_id], targets[one.target_id], now=now) for one in taken]


def _letter(row: NoticeDelivery, notice: Notice, target: NoticeTarget, *, now: datetime) -> NoticeLetter:
    carry = carrier(target, _words(notice, target), message_id=f"{notice.pk}.{target.pk}")
    return NoticeLetter(row.pk, row.attempts + 1, row.first_attempt_at or now, carry)


def _words(notice: Notice, target: NoticeTarget) -> Said:
    """Return a notice as whoever reads at a target reads: in their language, by their clock."""
    reader = reader_of(target)
    with translation.override(reader.tongue):
        return said(notice, notice.first_posts, reader)
