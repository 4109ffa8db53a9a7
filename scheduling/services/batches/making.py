"""Making a batch: what is asked for is written down whole; the workers place it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from campaigns.models import ContentItem
from scheduling.models import ChannelAccount, Placing, Schedule, ScheduleItem
from scheduling.services.batches.moving import note_batch
from workspaces.errors import Invalid
from workspaces.ledger import unit_of_work
from workspaces.models import Workspace

MOST_ITEMS = 500


@dataclass(frozen=True)
class Wanted:
    """One content item for one account, and how its time is found."""

    content: ContentItem
    account: ChannelAccount
    placing: str = Placing.STATED
    at: datetime | None = None
    metadata: dict[str, Any] = field(default_factory=dict)


def make_batch(
    *,
    workspace: Workspace,
    title: str,
    items: list[Wanted],
    strategy: str,
    timezone: str,
    now: datetime,
    actor: str,
    bulk_job_id: str = "",
    metadata: dict[str, Any] | None = None,
) -> Schedule:
    """Write down a batch; it waits for the workers.

    :raises Invalid: if it has no items, or more than 500.
    """
    if not 1 <= len(items) <= MOST_ITEMS:
        said = _("A batch has from 1 to %(most)s items; %(number)s are given.") % {
            "most": MOST_ITEMS,
            "number": len(items),
        }
        raise Invalid(said, errors={"items": [said]})
    stamps = {"created_at": now, "updated_at": now}
    with unit_of_work():
        batch = Schedule.objects.create(
            workspace=workspace,
            title=title,
            strategy=strategy,
            timezone=timezone,
            bulk_job_id=bulk_job_id,
            metadata=metadata or {},
            actor=actor,
            **stamps,
        )
        ScheduleItem.objects.bulk_create(_item(batch, number, one, stamps) for number, one in enumerate(items))
        note_batch("schedule_created", batch, now=now, actor=actor)
    return batch


def _item(batch: Schedule, position: int, wanted: Wanted, stamps: dict[str, datetime]) -> ScheduleItem:
    return ScheduleItem(
        schedule=batch,
        position=position,
        content_item=wanted.content,
        channel_account=wanted.account,
        placing=wanted.placing,
        wanted=wanted.at,
        metadata=wanted.metadata,
        **stamps,
    )
