"""A row that is being understood: its cells, its account, its time, and the answer that grows with it."""

from dataclasses import dataclass
from datetime import datetime

from scheduling.models import ChannelAccount
from scheduling.rules import to_local
from scheduling.services.importing.accounts import Accounts
from scheduling.services.importing.cells import cell_problem, cleaned
from scheduling.services.importing.report import Result, RowReport
from scheduling.services.importing.rows import FileRow
from scheduling.services.importing.times import FileTime, read_time
from workspaces.errors import Invalid


@dataclass
class Entry:
    """A row with what it was found to mean; a refused one has a reason in its report."""

    cells: dict[str, str]
    report: RowReport
    account: ChannelAccount | None = None
    time: FileTime | None = None

    @property
    def is_refused(self) -> bool:
        """Whether it is known already that it cannot be imported."""
        return bool(self.report.reason)

    def answer(self, result: Result, at: datetime | None = None) -> None:
        """Say what came of the row, and for which instant."""
        self.report.result = result
        self.report.at = at
        if self.time is not None and self.time.note:
            self.report.notes.append(self.time.note)
        if at is not None:
            self.report.timezone = self.account.zone.key
            self.report.local_time = to_local(at, self.account.zone).strftime("%Y-%m-%dT%H:%M:%S")

    def refuse(self, reason: str, field: str = "") -> None:
        """Say why the row cannot be imported, and which of its cells it is about."""
        self.answer(Result.REFUSED, self.time.instant if self.time else None)
        self.report.reason = reason
        self.report.field = field

    def move(self, weeks: int) -> None:
        """Move its time by whole weeks.

        :raises Invalid: if no calendar reaches that far.
        """
        if self.time is not None:
            self.time = self.time.moved(weeks)


def understood(row: FileRow, accounts: Accounts) -> Entry:
    """Return a row with its account and time, or with the reason why it has none."""
    cells = cleaned(row)
    report = RowReport(row.number, row.line, cells["title"], cells["channel_account"])
    entry = Entry(cells, report)
    field, problem = ("", row.problem) if row.problem else cell_problem(cells)
    if problem:
        entry.refuse(problem, field)
        return entry
    field = "channel_account"
    try:
        entry.account = accounts.find(cells[field])
        field = "scheduled_for"
        entry.time = read_time(cells[field], entry.account.zone) if cells[field] else None
    except Invalid as refusal:
        entry.refuse(refusal.message, field)
    return entry
