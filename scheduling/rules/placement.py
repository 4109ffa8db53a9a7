"""The machine's choice of a time: it keeps every rule and says what moved it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scheduling.rules.account import AccountRules, Blackout
from scheduling.rules.obstacles import first_obstacle
from scheduling.rules.wall_clock import to_local
from scheduling.rules.words import span
from workspaces.rules.sentences import sentence

__all__ = ["AccountRules", "Blackout", "NoRoom", "Placed", "nearest", "place"]

# Further away than anybody plans, so that rules which can never be kept together end in a refusal and not in a search.
HORIZON = timedelta(days=60)
# Nobody plans a post so far ahead: it is a slip of the year, and would be a post that silently never goes out.
MOST_YEARS = 5
FURTHEST = timedelta(days=MOST_YEARS * 366)


@dataclass(frozen=True, slots=True)
class Placed:
    """The instant that was chosen, and why it is not the one that was wanted (nothing if it is)."""

    at: datetime
    reason: str


class NoRoom(Exception):
    """No time can be given; the text is a sentence for a person, `binding` the rule that left none.

    One of blackout, window, daily_cap, gap, taken; or latest, until, too_far, where the time wanted itself is too late.
    """

    def __init__(self, binding: str, sentence: str) -> None:
        super().__init__(sentence)
        self.binding = binding


@dataclass(frozen=True, slots=True)
class _Limits:
    """How far a search may go: to `latest` and the horizon inclusive, to `until` exclusive."""

    origin: datetime
    latest: datetime | None
    until: datetime | None

    def passed(self, at: datetime, rules: AccountRules) -> tuple[str, str] | None:
        """Return the limit that an instant is beyond and the words for it, in the account's local time."""
        if self.latest is not None and at > self.latest:
            return "latest", sentence(f"up to {_shown(self.latest, rules)}")
        if self.until is not None and at >= self.until:
            return "until", f"before {_shown(self.until, rules)}"
        if at > self.origin + HORIZON:
            return "horizon", sentence(f"within {HORIZON.days} days")
        return None


def place(
    wanted: datetime,
    *,
    rules: AccountRules,
    posts: Sequence[datetime],
    now: datetime,
    latest: datetime | None = None,
    until: datetime | None = None,
) -> Placed:
    """Return the first instant from the one wanted on that keeps every rule; a past one counts as now.

    `posts` are the sorted UTC instants that count for gap and cap on the account. `latest` is the last instant that is
    still wanted, `until` the first that is not.

    :raises NoRoom: naming the rule that left no room before a limit, or within 60 days.
    """
    if far := too_far(wanted, rules, now=now):
        raise far
    origin = max(wanted, now).astimezone(UTC)
    limits = _Limits(origin, latest, until)
    if limit := limits.passed(origin, rules):
        words = limit[1]
        raise NoRoom(limit[0], sentence(f"{_shown(origin, rules)} is too late: a time {words} is wanted."))
    at, bound = origin, []
    while obstacle := first_obstacle(at, rules, posts):
        at = obstacle.after
        if obstacle.words not in bound:
            bound.append(obstacle.words)
        if limit := limits.passed(at, rules):
            words_limit = limit[1]
            raise NoRoom(obstacle.rule, sentence(f"There is no time {words_limit} that respects {obstacle.words}."))
    words = _joined(bound) if bound else ""
    return Placed(at, sentence(f"Adjusted {span(at - origin)} forward to respect {words}") if bound else "")


def too_far(at: datetime, rules: AccountRules, *, now: datetime) -> NoRoom | None:
    """Return why nobody may have an instant that is years away; None if it is not."""
    if at <= now + FURTHEST:
        return None
    years = MOST_YEARS
    return NoRoom("too_far", sentence(f"{_shown(at, rules)} is more than {years} years ahead: check the year."))


def nearest(at: datetime, *, rules: AccountRules, posts: Sequence[datetime], now: datetime) -> datetime | None:
    """Return the instant nearest to another, on either side but not before now, that keeps every rule.

    The later of two that are as near; None if there is none within 60 days. `posts` as for `place`.
    """
    at, now = at.astimezone(UTC), now.astimezone(UTC)
    ahead = _next_free(max(at, now), rules, posts)
    behind = _last_free(at, rules, posts, now)
    if ahead is None or behind is None:
        return ahead or behind
    return behind if at - behind < ahead - at else ahead


def _next_free(at: datetime, rules: AccountRules, posts: Sequence[datetime]) -> datetime | None:
    end = at + HORIZON
    while obstacle := first_obstacle(at, rules, posts):
        at = obstacle.after
        if at > end:
            return None
    return at


def _last_free(at: datetime, rules: AccountRules, posts: Sequence[datetime], now: datetime) -> datetime | None:
    start = max(now, at - HORIZON)
    while at >= start:
        obstacle = first_obstacle(at, rules, posts)
        if obstacle is None:
            return at
        # The last minute of a range may begin just before now and end after it: then now itself is in it.
        at = start if obstacle.before < start < at else obstacle.before
    return None


def _shown(at: datetime, rules: AccountRules) -> str:
    return f"{to_local(at, rules.zone):%Y-%m-%d %H:%M}"


def _joined(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
