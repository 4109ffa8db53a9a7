"""Better times for the posts of a batch that may still move: each keeps every rule, and none gets worse."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _

from scheduling.models import ChannelAccount, PostInstance, Schedule, ScheduledBy, Status
from scheduling.rules import AccountRules, iso
from scheduling.rules.best_times import best_times, without
from scheduling.services.account_rules import locked_accounts, posts_of, rules_of
from scheduling.services.changing import FRESH_START, change, wall_clock
from scheduling.services.giving_way import come_back, make_way
from scheduling.services.history import note
from scheduling.services.recommending import MOST_DAYS, USUAL_DAYS, Scores, scores_of, value_at
from scheduling.services.schedule import due
from workspaces.errors import Conflict, Invalid
from workspaces.ledger import unit_of_work
from workspaces.rules.sentences import sentence

MOVES = (Status.SCHEDULED, Status.DRAFT)
WORTH_A_MOVE = 0.01


@dataclass(frozen=True)
class Constraints:
    """Where posts may go, and which stay; without a range they stay within that of the batch, at least a week."""

    start: datetime | None = None
    end: datetime | None = None
    locked: Collection[UUID] = ()
    most_moves: int | None = None


@dataclass
class Change:
    """A better time for a post, and why."""

    post: PostInstance
    before: datetime
    after: datetime
    reason: str


@dataclass
class Optimized:
    """What was, or would be, moved; scores are means over the posts that may move."""

    applied: bool
    score_before: float = 0.0
    score_after: float = 0.0
    changes: list[Change] = field(default_factory=list)


def optimize(
    *, batch: Schedule, now: datetime, actor: str, apply: bool = False, constraints: Constraints = Constraints()
) -> Optimized:
    """Look for better times for the posts of a batch; move them only if asked.

    :raises Conflict: if the batch is still being placed, or a post changed meanwhile; then nothing is moved.
    :raises Invalid: if the range cannot be used.
    """
    if batch.status in ("pending", "running", "canceling"):
        raise Conflict(_("It is %(status)s. Wait until its posts are placed.") % {"status": batch.status})
    with unit_of_work():
        posts = _movable(batch, now=now, locked=constraints.locked)
        accounts = {one.pk: one for one in locked_accounts({post.channel_account_id for post in posts})}
        posts = _movable(batch, now=now, locked=constraints.locked)  # As they are under the lock.
        start, end = _range(posts, constraints, now)
        changes, before, after = [], [], []
        for pk, group in groupby(posts, key=lambda one: one.channel_account_id):
            plan = _Plan(accounts[pk], now=now)
            mine = list(group)
            before += [plan.value(one, one.scheduled_for) for one in mine]
            most = None if constraints.most_moves is None else constraints.most_moves - len(changes)
            changes += plan.improve(mine, start=start, end=end, most=most)
            moved = {one.post.pk: one.after for one in changes}
            after += [plan.value(one, moved.get(one.pk, one.scheduled_for)) for one in mine]
        if apply:
            for one in changes:
                _move(one, now=now, actor=actor)
    return Optimized(apply, _mean(before), _mean(after), changes)


class _Plan:
    """The plan of a locked account, in memory, while posts find better times."""

    def __init__(self, account: ChannelAccount, *, now: datetime) -> None:
        self._account = account
        self._now = now
        self._posts = posts_of(account, around=now)
        self._known: Scores = scores_of(account, now=now)
        self._rules: dict[UUID | None, AccountRules] = {}

    def value(self, post: PostInstance, at: datetime) -> float:
        """Return the score of a post at a time."""
        return value_at(at, self._known, self._rules_for(post.campaign_id))

    def improve(
        self, posts: Sequence[PostInstance], *, start: datetime, end: datetime, most: int | None
    ) -> list[Change]:
        """Return better times for posts, the worst placed first."""
        found: list[Change] = []
        for post in sorted(posts, key=lambda one: (self.value(one, one.scheduled_for), one.scheduled_for)):
            if most is not None and len(found) >= most:
                break
            better = self._better(post, start, end)
            if better:
                found.append(better)
        return found

    def _better(self, post: PostInstance, start: datetime, end: datetime) -> Change | None:
        rules, others = self._rules_for(post.campaign_id), without(self._posts, post.scheduled_for)
        if post.scheduled_window_end:
            end = min(end, post.scheduled_window_end + timedelta(seconds=1))
        scored = lambda weekday, hour: self._known[weekday, hour].value  # noqa: E731
        for at in best_times(scored, rules=rules, posts=others, start=start, end=end, count=1):
            gain = self.value(post, at) - self.value(post, post.scheduled_for)
            if gain > WORTH_A_MOVE:
                self._posts = sorted([*others, at])
                post.channel_account = self._account
                words = self._known[_cell(at, rules)].basis
                return Change(post, post.scheduled_for, at, sentence(f"A better time by {gain:.2f} ({words})."))
        return None

    def _rules_for(self, campaign_id: UUID | None) -> AccountRules:
        if campaign_id not in self._rules:
            self._rules[campaign_id] = rules_of(self._account, now=self._now, campaign_id=campaign_id)
        return self._rules[campaign_id]


def _cell(at: datetime, rules: AccountRules) -> tuple[int, int]:
    local = at.astimezone(rules.zone)
    return local.weekday(), local.hour


def _movable(batch: Schedule, *, now: datetime, locked: Collection[UUID]) -> list[PostInstance]:
    rows = PostInstance.objects.filter(schedule=batch, status__in=MOVES, scheduled_for__gt=now)
    rows = rows.exclude(pk__in=list(locked)).with_everything()
    return list(rows.order_by("channel_account_id", "scheduled_for", "id"))


def _range(posts: Sequence[PostInstance], wanted: Constraints, now: datetime) -> tuple[datetime, datetime]:
    times = [post.scheduled_for for post in posts] or [now]
    start = max(wanted.start or now, now)
    end = wanted.end or max(max(times) + timedelta(seconds=1), start + timedelta(days=USUAL_DAYS))
    end = min(end, start + timedelta(days=MOST_DAYS))
    if end <= start:
        raise Invalid(_("end has to be after start, and ahead."), errors={"constraints.end": [_("It is too early.")]})
    return start, end


def _move(one: Change, *, now: datetime, actor: str) -> None:
    post = one.post
    make_way(post, one.after, now=now, actor=actor)
    change(
        post,
        now=now,
        scheduled_for=one.after,
        due_at=due(post.status, one.after),
        scheduled_by=ScheduledBy.RULE_ENGINE,
        reason=one.reason,
        warnings=[],
        **wall_clock(one.after, post.channel_account.zone),
        **FRESH_START,
    )
    come_back(post, one.before, now=now, actor=actor)
    note("publish_moved", post, actor=actor, now=now, moved_from=iso(one.before), reason=one.reason)


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0
