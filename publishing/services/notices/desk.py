"""The desk of the notices: one process at a time reads on in the ledger and sends out what has gathered."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, Subquery
from django.db.models.functions import Coalesce

from publishing.models import LedgerCursor, Notice
from publishing.services.notices.gathering import gather
from publishing.services.notices.telling import send_out
from workspaces.models import LedgerEvent

READER = "notices"


def look(*, now: datetime) -> None:
    """Gather what the ledger says went wrong since the last look, and send out the notices whose time has come.

    One query if there is nothing to do. Whatever is done is one transaction with the reader's place in the ledger, so
    that a process that is killed half-way has done nothing; a second one at the same time leaves it to the first. The
    very first look starts at the ledger's end: what happened before there were notices is not told.
    """
    newest = LedgerEvent.objects.order_by("-id").values("id")[:1]
    mine = LedgerCursor.objects.filter(name=READER)
    due = Exists(Notice.objects.filter(sent_at=None, send_at__lte=now))
    found = mine.annotate(newest=Coalesce(Subquery(newest), 0), due=due).first()
    if found is None:
        _begin()
    elif found.newest > found.last_event_id or found.due:
        with transaction.atomic():
            cursor = mine.select_for_update(skip_locked=True).first()
            if cursor:
                gather(cursor, now=now)
                send_out(now=now)


def _begin() -> None:
    newest = LedgerEvent.objects.order_by("-id").values_list("id", flat=True).first()
    LedgerCursor.objects.bulk_create([LedgerCursor(name=READER, last_event_id=newest or 0)], ignore_conflicts=True)
