"""Posts that are late go out one by one: after a pause or an outage nothing bursts out.

At most one late post of an account goes out in each of its gaps, counted from whatever the account published last.
Posts that are on time are never held back by those that are late. Each that waits is told its turn, so that it is
looked at again then, and not with all the others in each gap; one whose turn would come too late is told that.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, F, Max, Value, When

from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.rules import iso
from scheduling.services.history import note
from scheduling.services.lateness import limit_of
from workspaces.rules.sentences import sentence

OVERDUE_AFTER = timedelta(minutes=1)  # What is less late than this goes out as if on time.
LEAST_GAP = timedelta(minutes=1)  # Accounts without a gap of their own would burst.
WAITS = sentence("It is late and waits its turn: on this account one late post goes out every {minutes} min.")
NO_TURN = sentence("It is late, and its turn on this account would come later than its limit: then it is missed.")
MOMENT = timedelta(seconds=1)


def in_turn(posts: list[PostInstance], *, now: datetime) -> list[PostInstance]:
    """Return the locked posts that may go out now, and send the others back to wait; leave those that another judges.

    Call it inside the unit that claims them.
    """
    late = [one for one in posts if now - one.scheduled_for > OVERDUE_AFTER]
    if not late:
        return posts
    accounts = _locked({one.channel_account_id for one in late})
    on_time = [one for one in posts if now - one.scheduled_for <= OVERDUE_AFTER]
    free_at = _free_at(accounts, on_time, now=now)
    waiting: dict[UUID, list[PostInstance]] = defaultdict(list)
    for one in late:
        account = accounts.get(one.channel_account_id)
        if account and free_at[account.pk] <= now:
            on_time.append(one)
            free_at[account.pk] = now + _gap(account)
        elif account:
            waiting[account.pk].append(one)
    for account_id, some in waiting.items():
        _send_back(some, accounts[account_id], until=free_at[account_id], now=now)
    return on_time


def _locked(ids: Iterable[UUID]) -> dict[UUID, ChannelAccount]:
    """Return the accounts whose turn nobody else judges at this moment, locked until the claim is committed."""
    rows = ChannelAccount.objects.filter(pk__in=ids).order_by("pk")
    return {one.pk: one for one in rows.select_for_update(skip_locked=True, of=("self",), no_key=True)}


def _free_at(
    accounts: dict[UUID, ChannelAccount], on_time: list[PostInstance], *, now: datetime
) -> dict[UUID, datetime]:
    """Return from when each account may send a late post."""
    free = dict.fromkeys(accounts, now)
    if not accounts:
        return free
    of_these = PostInstance.objects.order_by().filter(channel_account__in=accounts)
    published = of_these.filter(
        status=Status.PUBLISHED, published_at__gt=now - max(map(_gap, accounts.values()))
    ).values_list("channel_account_id")
    for account_id, last in published.annotate(last=Max("published_at")):
        free[account_id] = max(now, last + _gap(accounts[account_id]))
    busy = set(of_these.filter(status=Status.PUBLISHING).values_list("channel_account_id", flat=True))
    for account_id in accounts.keys() & (busy | {one.channel_account_id for one in on_time}):
        free[account_id] = now + _gap(accounts[account_id])
    return free


def _gap(account: ChannelAccount) -> timedelta:
    return max(account.gap, LEAST_GAP)


def _send_back(posts: list[PostInstance], account: ChannelAccount, *, until: datetime, now: datetime) -> None:
    """Give posts of an account their turns, from `until` on: first to those that had one before, which was taken."""
    gap = _gap(account)
    waits = WAITS.format(minutes=int(gap.total_seconds() // 60))
    again, anew = [[one for one in posts if (one.reason == waits) == had] for had in (True, False)]
    turns = _turns(again, until, gap, waits)
    last = max((at for at, reason in turns.values() if reason == waits), default=None)
    queued = _last_turn(account, waits, now=now) if anew else None
    ends = [at + gap for at in (last, queued) if at]
    turns |= _turns(anew, max([until, *ends]), gap, waits)
    _write(posts, turns, now=now)


def _turns(posts: list[PostInstance], turn: datetime, gap: timedelta, waits: str) -> dict[UUID, tuple[datetime, str]]:
    """Return for each post when it is looked at again, and why: at its turn, or at its limit if that comes before."""
    found = {}
    for one in posts:
        limit = limit_of(one)
        if turn > limit:
            found[one.pk] = limit + MOMENT, NO_TURN
        else:
            found[one.pk] = turn, waits
            turn += gap
    return found


def _last_turn(account: ChannelAccount, waits: str, *, now: datetime) -> datetime | None:
    waiting = account.post_instances.filter(status=Status.SCHEDULED, due_at__gt=now, reason=waits)
    return waiting.order_by().aggregate(last=Max("due_at"))["last"]


def _write(posts: list[PostInstance], turns: dict[UUID, tuple[datetime, str]], *, now: datetime) -> None:
    PostInstance.objects.filter(pk__in=turns).update(
        status=Status.SCHEDULED,
        due_at=Case(*(When(pk=key, then=Value(at)) for key, (at, _) in turns.items())),
        reason=Case(*(When(pk=key, then=Value(why)) for key, (_, why) in turns.items())),
        version=F("version") + 1,
        updated_at=now,
    )
    for one in posts:
        one.status, (one.due_at, one.reason) = Status.SCHEDULED, turns[one.pk]
        note("publish_waits_its_turn", one, actor="system", now=now, due_at=iso(one.due_at), reason=one.reason)
