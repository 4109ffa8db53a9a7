"""What went through each channel account lately: attempts by outcome, and how late posts went out."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, DurationField, F, Q, Sum

from publishing.models import Outcome, PublishLog
from publishing.rules.delays import EDGES, Delays
from publishing.services.status.scope import Scope, named, within
from scheduling.models import ChannelAccount, PostInstance, Status


@dataclass(frozen=True)
class Flow:
    """One account, or all of a platform and a connection.

    :param outcomes: how many attempts that began in the time ended how; those under way are not in it.
    :param delays: from the time that was chosen to publication, of posts that went out at their first attempt.
    """

    platform: str
    connection: str
    account: ChannelAccount | None = None
    outcomes: Counter[str] = field(default_factory=Counter)
    delays: Delays = field(default_factory=Delays)

    @property
    def success(self) -> float | None:
        """The share of attempts that were accepted; None of none."""
        return self.outcomes[Outcome.ACCEPTED] / self.outcomes.total() if self.outcomes else None


def flows(*, now: datetime, window: timedelta, workspaces: Scope = None) -> list[Flow]:
    """Return the accounts through which something went within the window that ends now; three queries."""
    outcomes, delays = _outcomes(now - window, workspaces), _delays(now - window, workspaces)
    accounts = ChannelAccount.objects.filter(pk__in=outcomes.keys() | delays.keys())
    return [
        Flow(one.platform, one.connection, one, outcomes.get(one.pk, Counter()), delays.get(one.pk, Delays()))
        for one in accounts.select_related("brand", "workspace").order_by("brand__name", "platform", "name", "id")
    ]


def flows_by_platform(accounts: list[Flow]) -> list[Flow]:
    """Return the same added up by platform and connection."""
    groups: dict[tuple[str, str], list[Flow]] = defaultdict(list)
    for one in accounts:
        groups[one.platform, one.connection].append(one)
    return [
        Flow(
            *key,
            outcomes=sum((one.outcomes for one in some), Counter()),
            delays=sum((one.delays for one in some), Delays()),
        )
        for key, some in sorted(groups.items())
    ]


def _outcomes(since: datetime, workspaces: Scope) -> dict[UUID, Counter[str]]:
    closed = PublishLog.objects.filter(named(workspaces), started_at__gte=since, finished_at__isnull=False)
    rows = closed.order_by().values_list("post_instance__channel_account", "outcome").annotate(number=Count("id"))
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    for account_id, outcome, number in rows:
        found[account_id][outcome] = number
    return found


def _delays(since: datetime, workspaces: Scope) -> dict[UUID, Delays]:
    accounts = ChannelAccount.objects.filter(within(workspaces)).order_by()
    rows = PostInstance.objects.filter(
        channel_account__in=accounts, status=Status.PUBLISHED, published_at__gte=since, attempts=1
    )
    counts = {
        f"at_most_{n}": Count("id", filter=Q(published_at__lte=F("scheduled_for") + timedelta(seconds=edge)))
        for n, edge in enumerate(EDGES)
    }
    whole = Sum(F("published_at") - F("scheduled_for"), output_field=DurationField())
    found = rows.order_by().values_list("channel_account").annotate(total=Count("id"), whole=whole, **counts)
    return {
        account_id: Delays(tuple(at_most), total, whole.total_seconds()) for account_id, total, whole, *at_most in found
    }
