"""Gathering: ledger events of what went wrong become notices, one for each kind and workspace until it is sent."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max

from publishing.models import LedgerCursor, Notice, NoticeKind
from publishing.services.notices.wording import dry_line, refused_line
from scheduling.models import PostInstance
from scheduling.services.coverage import RUNS_DRY
from workspaces.models import LedgerEvent
from workspaces.rules.sentences import sentence

GATHERS_FOR = timedelta(minutes=1)  # So that what fails together is told together.
QUIET_FOR = timedelta(minutes=30)  # Between two notices of a kind, so that a long outage is not told each minute.
EVENTS_AT_ONCE = 1_000
MOST_REASONS = 10
OTHER_REASONS = sentence("Other reasons.")
KINDS = {
    "publish_failed": NoticeKind.FAILED,
    "publish_unconfirmed": NoticeKind.UNCONFIRMED,
    "publish_missed": NoticeKind.MISSED,
    "account_disconnected": NoticeKind.RECONNECT,
    RUNS_DRY: NoticeKind.RUNS_DRY,
}
LINES = {NoticeKind.RECONNECT: refused_line, NoticeKind.RUNS_DRY: dry_line}


def gather(cursor: LedgerCursor, *, now: datetime) -> None:
    """Read on in the ledger and put what went wrong into the open notices; the cursor is locked.

    Ids become visible in their order, so that nothing appears behind the cursor. What a person did is not told.
    """
    newest = LedgerEvent.objects.order_by("-id").values_list("id", flat=True).first() or 0
    new = LedgerEvent.objects.filter(pk__gt=cursor.last_event_id, pk__lte=newest)
    told = new.filter(event_type__in=list(KINDS), actor="system")
    events = list(told.order_by("id")[:EVENTS_AT_ONCE])
    groups: dict[tuple[UUID, NoticeKind], list[LedgerEvent]] = defaultdict(list)
    for event in events:
        groups[event.workspace_id, KINDS[event.event_type]].append(event)
    for (workspace_id, kind), some in groups.items():
        _add(_open_notice(workspace_id, kind, now=now), some, now=now)
    cursor.last_event_id = events[-1].pk if len(events) == EVENTS_AT_ONCE else newest
    cursor.save(update_fields=["last_event_id"])


def _open_notice(workspace_id: UUID, kind: NoticeKind, *, now: datetime) -> Notice:
    """Return the notice that still gathers, or a new one, not saved yet."""
    alike = Notice.objects.filter(workspace=workspace_id, kind=kind)
    still_open = alike.filter(sent_at=None).first()
    if still_open:
        return still_open
    last = alike.aggregate(last=Max("sent_at"))["last"]
    send_at = max(now + GATHERS_FOR, last + QUIET_FOR) if last else now + GATHERS_FOR
    return Notice(workspace_id=workspace_id, kind=kind, send_at=send_at, created_at=now)


def _add(notice: Notice, events: list[LedgerEvent], *, now: datetime) -> None:
    """Put events into a notice; what is there already is not counted again, and what is gone is left out."""
    line_of = LINES.get(notice.kind)
    if line_of:
        lines = [line_of(event) for event in events]
        new = [one for number, one in enumerate(lines) if one not in notice.lines + lines[:number]]
        notice.lines = notice.lines + new
    else:
        new = _new_posts(notice, {event.entity_id for event in events})
        reasons = [event.metadata.get("reason", "") for event in events if event.entity_id in new]
        notice.reasons = _with_reasons(notice.reasons, reasons)
    if not new:
        return
    notice.count += len(new)
    notice.updated_at = now
    notice.save()
    if not line_of:
        link = Notice.posts.through
        link.objects.bulk_create([link(notice_id=notice.pk, postinstance_id=one) for one in sorted(new)])


def _new_posts(notice: Notice, ids: set[UUID]) -> set[UUID]:
    """Return those of some posts that exist and that the notice does not have."""
    there = set(PostInstance.objects.filter(pk__in=ids).values_list("pk", flat=True))
    known = Notice.posts.through.objects.filter(notice_id=notice.pk, postinstance_id__in=ids)
    return there - set(known.values_list("postinstance_id", flat=True))


def _with_reasons(known: dict[str, int], new: list[str]) -> dict[str, int]:
    """Return how often each reason was given; beyond the first few they count as others."""
    found = Counter(known)
    for reason in filter(None, new):
        found[reason if reason in found or len(found) < MOST_REASONS else OTHER_REASONS] += 1
    return dict(found)
