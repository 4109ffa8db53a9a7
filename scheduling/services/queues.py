"""Reading queues: what stands ahead on each account, open and filled, in order; a few queries, however many."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.models.instances import PostInstances
from scheduling.services.queueing import IN_ORDER
from workspaces.models import Workspace

AHEAD = (*IN_ORDER, Status.PENDING, Status.PUBLISHING)
FIRST_FEW = 6
A_PAGE = 30


@dataclass(frozen=True)
class Queue:
    """What stands ahead on an account, from some place on.

    :param first: how many stand before what is shown.
    :param number: how many stand in all, and of those `open`.
    """

    account: ChannelAccount
    rows: list[PostInstance]
    first: int
    number: int
    open: int

    @property
    def after(self) -> int:
        """How many follow what is shown."""
        return self.number - self.first - len(self.rows)


def first_of_queues(workspace: Workspace, accounts: Sequence[ChannelAccount], *, now: datetime) -> list[Queue]:
    """Return the first few places of each account; two queries."""
    ahead = _ahead(workspace, accounts, now)
    ranked = ahead.annotate(
        rank=Window(RowNumber(), partition_by=F("channel_account"), order_by=["scheduled_for", "id"])
    )
    by_account: dict[UUID, list[PostInstance]] = {account.pk: [] for account in accounts}
    for row in ranked.filter(rank__lte=FIRST_FEW).with_everything().order_by("scheduled_for", "id"):
        by_account[row.channel_account_id].append(row)
    counts = _counts(ahead)
    return [_queue(account, by_account[account.pk], 0, counts) for account in accounts]


def page_of_queue(workspace: Workspace, account: ChannelAccount, *, page: int, now: datetime) -> Queue:
    """Return a page of one account's queue, the first is 1; the last one where there are not so many."""
    ahead = _ahead(workspace, [account], now)
    counts = _counts(ahead)
    number = counts.get(account.pk, Counter()).total()
    first = min(max(page, 1) - 1, max(0, number - 1) // A_PAGE) * A_PAGE
    rows = ahead.with_everything().order_by("scheduled_for", "id")[first : first + A_PAGE]
    return _queue(account, list(rows), first, counts)


def _ahead(workspace: Workspace, accounts: Sequence[ChannelAccount], now: datetime) -> PostInstances:
    rows = PostInstance.objects.filter(workspace=workspace, channel_account__in=[one.pk for one in accounts])
    return rows.filter(status__in=AHEAD, scheduled_for__gt=now)


def _counts(ahead: PostInstances) -> dict[UUID, Counter[str]]:
    found: dict[UUID, Counter[str]] = {}
    numbers = ahead.order_by().values_list("channel_account", "status").annotate(number=Count("id"))
    for account, status, number in numbers:
        found.setdefault(account, Counter())[status] = number
    return found


def _queue(account: ChannelAccount, rows: list[PostInstance], first: int, counts: dict[UUID, Counter[str]]) -> Queue:
    counted = counts.get(account.pk, Counter())
    return Queue(account, rows, first, counted.total(), counted[Status.PLANNED])
