"""What came of an import, row by row."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Result(StrEnum):
    """What came of a row."""

    SCHEDULED = "scheduled"
    DRAFT = "draft"
    TRAY = "tray"
    ALREADY_THERE = "already_there"
    MADE = "made"
    REFUSED = "refused"


@dataclass
class RowReport:
    """One row: where it stands in the file, and what came of it.

    `reason` says why it was refused and `field` which cell it is about, `notes` what the reader of the file did with
    it, `warnings` which rules its time breaks. `instance_id` is the post's, where the import was kept.
    """

    number: int
    line: int | None
    title: str
    channel_account: str
    result: Result = Result.REFUSED
    at: datetime | None = None
    local_time: str = ""
    timezone: str = ""
    warnings: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    reason: str = ""
    field: str = ""
    instance_id: UUID | None = None


@dataclass(frozen=True)
class Report:
    """A whole import; where it was not kept, nothing was changed and the rows say what would have come of them."""

    rows: list[RowReport]
    dry_run: bool
    partial: bool
    weeks_moved: int

    @property
    def counts(self) -> dict[str, int]:
        """The number of rows of each result."""
        found = Counter(row.result for row in self.rows)
        # What is no post is only named where there is some.
        return {one.value: found[one] for one in Result if one is not Result.MADE or found[one]}

    @property
    def made(self) -> int:
        """The number of rows that are (or would be) new in the workspace."""
        return sum(row.result not in (Result.ALREADY_THERE, Result.REFUSED) for row in self.rows)

    @property
    def is_refused(self) -> bool:
        """Whether refused rows keep everything out: one of them does, and where some may come in, all of them do."""
        refused = self.counts[Result.REFUSED]
        return refused == len(self.rows) if self.partial else refused > 0

    @property
    def is_kept(self) -> bool:
        """Whether the rows that are not refused have come in."""
        return not self.dry_run and not self.is_refused

    def forget_ids(self) -> None:
        """Take out the ids of posts that were undone."""
        for row in self.rows:
            row.instance_id = None
