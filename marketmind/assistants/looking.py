"""The tools that change nothing: the calendar, its gaps, the rules, and free times."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import Field

from marketmind.assistants import shapes
from marketmind.assistants.shapes import AccountName, TimeText
from marketmind.assistants.visit import Visit, instant
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.rules import day_bounds, iso, to_local
from scheduling.services.account_rules import blackouts_of, posts_of, rules_of
from scheduling.services.calendar import Filters, filtered
from scheduling.services.choosing import adjust
from workspaces.errors import Invalid

MOST_DAYS, MOST_POSTS, MOST_SLOTS = 62, 300, 20
DAY = timedelta(days=1)
PROMISED = (Status.SCHEDULED, Status.PENDING, Status.PUBLISHING)
NOT_PROMISED = (Status.DRAFT, Status.IN_REVIEW)

Narrower = Annotated[str, Field(max_length=200)]
Range = Annotated[int, Field(ge=1, le=90, description="How many days from now on")]


def see_calendar(
    visit: Visit,
    start: Annotated[date, Field(description="The first day, in the workspace's time zone")],
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = 7,
    brand: Narrower = "",
    channel_account: Narrower = "",
    platform: Narrower = "",
    status: Annotated[str, Field(max_length=200, description="States, with commas between them")] = "",
) -> shapes.Calendar:
    """See what stands on the calendar: posts in every state, and the empty slots (`planned`), in order."""
    zone = visit.workspace.timezone
    filters = Filters(brand=brand, channel_account=channel_account, platform=platform, status=status)
    try:
        begin, end = day_bounds(start, zone)[0], day_bounds(start + (days - 1) * DAY, zone)[1]
    except OverflowError as error:
        raise Invalid(f"{start} is too far away.") from error
    rows = filtered(visit.workspace, filters).between(begin, end).with_everything().order_by("scheduled_for", "id")
    shown = [shapes.Post.of(one) for one in rows[:MOST_POSTS]]
    left_out = rows.count() - len(shown) if len(shown) == MOST_POSTS else 0
    return shapes.Calendar(workspace=visit.workspace.slug, timezone=zone.key, posts=shown, left_out=left_out)


def see_gaps(visit: Visit, days: Range = 28, channel_account: Narrower = "") -> shapes.Coverage:
    """See where content is missing: for each active account its empty slots ahead, and until when it is covered."""
    accounts = [visit.account(channel_account)] if channel_account else list(_active(visit))
    until = visit.now + days * DAY
    rows = PostInstance.objects.filter(workspace=visit.workspace).between(visit.now, until)
    rows = rows.filter(channel_account__in=accounts, status__in=[Status.PLANNED, *PROMISED, *NOT_PROMISED])
    by_account: dict[object, list[tuple]] = {account.pk: [] for account in accounts}
    columns = ("channel_account_id", "status", "scheduled_for", "id", "local_time")
    for row in rows.order_by("scheduled_for", "id").values_list(*columns):
        by_account[row[0]].append(row)
    found = [_gaps(account, by_account[account.pk]) for account in accounts]
    return shapes.Coverage(accounts=sorted(found, key=lambda one: (-one.open, one.name, one.channel_account)))


def read_rules(visit: Visit, channel_account: Narrower = "") -> shapes.AllRules:
    """Read the rules of an account, or of all: cadence, hours, gap, cap, blackouts. Also the list of accounts."""
    accounts = [visit.account(channel_account)] if channel_account else _every(visit)
    return shapes.AllRules(workspace=visit.workspace.slug, accounts=[_rules(one, visit.now) for one in accounts])


def propose_times(
    visit: Visit,
    channel_account: AccountName,
    after: TimeText | None = None,
    count: Annotated[int, Field(ge=1, le=20)] = 3,
    days_apart: Annotated[int, Field(ge=0, le=30, description="At least so many days between two proposals")] = 1,
) -> shapes.Proposals:
    """Propose the next free times on an account that keep every rule, from `after` (else now) on. Nothing is kept."""
    account = visit.account(channel_account)
    start = max(instant(after, account), visit.now) if after else visit.now
    times = list(_free(account, start, count=count, apart=days_apart * DAY, now=visit.now))
    return shapes.Proposals(channel_account=str(account.pk), timezone=account.zone.key, times=times)


def _free(
    account: ChannelAccount, start: datetime, *, count: int, apart: timedelta, now: datetime
) -> Iterator[shapes.Proposal]:
    """Yield free times; each counts as taken for the next."""
    rules, posts = rules_of(account, now=now), posts_of(account, around=start)
    for _ in range(count):
        choice = adjust(start, rules=rules, posts=posts, now=now)
        local = to_local(choice.at, account.zone).strftime("%Y-%m-%dT%H:%M:%S")
        yield shapes.Proposal(scheduled_for=iso(choice.at), local_time=local, reason=choice.reason or None)
        posts = sorted([*posts, choice.at])
        start = choice.at + apart


def _every(visit: Visit) -> Iterator[ChannelAccount]:
    accounts = ChannelAccount.objects.filter(workspace=visit.workspace).select_related("brand")
    yield from accounts.order_by("brand__name", "platform", "name", "id")


def _active(visit: Visit) -> Iterator[ChannelAccount]:
    return (account for account in _every(visit) if account.is_active)


def _gaps(account: ChannelAccount, rows: list[tuple]) -> shapes.Gaps:
    counts = Counter(status for _, status, *_ in rows)
    empty = [row for row in rows if row[1] == Status.PLANNED]
    promised = [row[2] for row in rows if row[1] in PROMISED]
    return shapes.Gaps(
        **shapes.named(account),
        posts_per_week=account.posts_per_week,
        filled=len(promised),
        drafts=sum(counts[status] for status in NOT_PROMISED),
        open=len(empty),
        last_scheduled=iso(promised[-1]) if promised else None,
        next_open=[
            shapes.EmptySlot(id=str(key), scheduled_for=iso(at), local_time=local)
            for _, _, at, key, local in empty[:MOST_SLOTS]
        ],
    )


def _rules(account: ChannelAccount, now: datetime) -> shapes.Rules:
    ahead = blackouts_of(account).filter(ends_at__gt=now).order_by("starts_at", "id")
    return shapes.Rules(
        **shapes.named(account),
        is_active=account.is_active,
        posts_per_week=account.posts_per_week,
        schedule_times=[f"{at:%H:%M}" for at in account.times],
        window=account.window.label if account.window else None,
        gap_minutes=int(account.gap.total_seconds() // 60),
        daily_cap=account.daily_cap,
        lateness_minutes=account.lateness_minutes,
        blackouts=[
            shapes.Closed(starts_at=iso(one.starts_at), ends_at=iso(one.ends_at), reason=one.reason) for one in ahead
        ],
    )
