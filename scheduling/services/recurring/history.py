"""What the ledger says of recurrences."""

from datetime import datetime
from typing import Any

from scheduling.models import Recurrence
from scheduling.services import rows

KIND = "recurrence"


def note(event: str, recurrence: Recurrence, *, now: datetime, actor: str, **metadata: Any) -> None:
    """Record an event of a recurrence, with what it is now and what the caller adds."""
    rows.note(
        event,
        KIND,
        recurrence.pk,
        recurrence.workspace_id,
        now=now,
        actor=actor,
        clip_id=str(recurrence.content_item_id),
        social_account_id=str(recurrence.channel_account_id),
        rule=recurrence.rule,
        starts_at=recurrence.starts_at,
        excluded=recurrence.excluded,
        is_active=recurrence.is_active,
        **metadata,
    )


def note_refused(
    recurrence: Recurrence, reason: str, *, now: datetime, actor: str, occurrence: str | None = None
) -> None:
    """Record that a time of a recurrence, or none at all, can be had; a post that was made tells of itself."""
    note("recurrence_refused", recurrence, now=now, actor=actor, occurrence=occurrence, reason=reason)
