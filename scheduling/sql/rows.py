"""The shapes that the set-based statements take."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import uuid_utils.compat as uuid_utils


@dataclass(frozen=True, slots=True)
class SlotRow:
    """An empty slot to be made."""

    workspace_id: UUID
    account_id: UUID
    placeholder_id: UUID
    scheduled_for: datetime
    local_time: str
    timezone: str
    cadence_slot: str
    id: UUID = field(default_factory=uuid_utils.uuid7)


@dataclass(frozen=True, slots=True)
class Held:
    """What must not go out at the moment: accounts and campaigns under a pause or a blackout."""

    account_ids: frozenset[UUID] = frozenset()
    campaign_ids: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.account_ids or self.campaign_ids)
