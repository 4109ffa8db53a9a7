"""Reading queues: what is late on each account, and what stands ahead, in order; a few queries, however many."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, F, Min, When, Window
from django.db.models.functions import RowNumber

from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.models.instances import PostInstances
from scheduling.services.overdue import late_posts
from scheduling.services.queueing import IN_ORDER
from workspaces.models import Workspace

AHEAD = (*IN_ORDER, Status.PENDING, Status.PUBLISHING)
FIRST_FEW = 6
A_PAGE = 30
RANK = Window(RowNumber(), partition_by=F("channel_account"), order_by=["scheduled_for", "id"])


@dataclass(frozen=True)
class Late:
    """What an account owes: posts whose time is over and that are not out.

    :param rows: the oldest of them, of `number` in all.
    :param next_try: when the workers look at one of them again; None where that is not told: they wait for a worker
        or for a pause to end.
    """

    rows: list[PostInstance] = field(default_factory=list)
    number: int = 0
    next_try: datetime | None = None

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.number - len(self.rows)


@dataclass(frozen=True)
class Queue:
    """What is late on an account, and what stands ahead, from some place on.

    :param first: how many stand before what is shown.
    :param number: how many stand ahead in all, and of those `open`.
    """

    account: ChannelAccount
    rows: list[PostInstance]
    first: int
    number: int
    open: int
    late: Late

    @property
    def after(self) -> int:
        """How many follow what is shown."""
        return self.number - self.first - len(self.rows)


def first_of_queues(workspace: Workspace, accounts: Sequence[ChannelAccount], *, now: datetime) -> list[Queue]:
    """Return the first few places of each account; three queries."""
    ahead = _ahead(workspace, accounts, now)
    by_account = _by_account(ahead.annotate(rank=RANK).filter(rank__lte=FIRST_FEW))
    counts, late = _counts(ahead), _late(workspace, accounts, FIRST_FEW, now)
    return [_queue(account, by_account.get(account.pk, []), 0, counts, late) for account in accounts]


def page_of_queue(workspace: Workspace, account: ChannelAccount, *, page: int, now: datetime) -> Queue:
    """Return a page of one account's queue, the first is 1; the last one where there are not so many."""
    ahead = _ahead(workspace, [account], now)
    counts = _counts(ahead)
    number = counts.get(account.pk, Counter()).total()
    first = min(max(page, 1) - 1, max(0, number - 1) // A_PAGE) * A_PAGE
    rows = ahead.with_everything().order_by("scheduled_for", "id")[first : first + A_PAGE]
    late = {} if first else _late(workspace, [account], A_PAGE, now)
    return _queue(account, list(rows), first, counts, late)


def _ahead(workspace: Workspace, accounts: Sequence[ChannelAccount], now: datetime) -> PostInstances:
    rows = PostInstance.objects.filter(status__in=AHEAD, scheduled_for__gt=now)
    return rows.filter(workspace=workspace, channel_account__in=[one.pk for one in accounts])


def _late(workspace: Workspace, accounts: Sequence[ChannelAccount], most: int, now: datetime) -> dict[UUID, Late]:
    """Return what is late on accounts, the oldest few of each; one query."""
    waits = Case(When(status=Status.SCHEDULED, due_at__gt=now, then="due_at"))
    rows = late_posts(now=now).filter(workspace=workspace, channel_account__in=[one.pk for one in accounts])
    told = rows.annotate(
        rank=RANK,
        number=Window(Count("id"), partition_by=F("channel_account")),
        next_try=Window(Min(waits), partition_by=F("channel_account")),
    )
    found = _by_account(told.filter(rank__lte=most))
    return {account: Late(some, some[0].number, some[0].next_try) for account, some in found.items()}


def _by_account(rows: PostInstances) -> dict[UUID, list[PostInstance]]:
    found: dict[UUID, list[PostInstance]] = {}
    for row in rows.with_everything().order_by("scheduled_for", "id"):
        found.setdefault(row.channel_account_id, []).append(row)
    return found


def _counts(ahead: PostInstances) -> dict[UUID, Counter[str]]:
    found: dict[UUID, Counter[str]] = {}
    numbers = ahead.order_by().values_list("channel_account", "status").annotate(number=Count("id"))
    for account, status, number in numbers:
        found.setdefault(account, Counter())[status] = number
    return found


def _queue(
    account: ChannelAccount,
    rows: list[PostInstance],
    first: int,
    counts: dict[UUID, Counter[str]],
    late: dict[UUID, Late],
) -> Queue:
    counted = counts.get(account.pk, Counter())
    return Queue(account, rows, first, counted.total(), counted[Status.PLANNED], late.get(account.pk, Late()))
