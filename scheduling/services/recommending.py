"""Recommended times: an account's own posts and general guidance, inside its rules, where it is free."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from scheduling.models import ChannelAccount, Engagement
from scheduling.rules import PLATFORMS, AccountRules, Window, to_local
from scheduling.rules.best_times import best_times
from scheduling.rules.guidance import GUIDANCE, guided_score
from scheduling.rules.scores import GUIDED, Score, Seen, scores
from scheduling.services.account_rules import posts_of, rules_of
from workspaces.errors import Invalid
from workspaces.models import Workspace
from workspaces.phrases import phrased
from workspaces.rules.sentences import sentence

USUAL_DAYS, MOST_DAYS, MOST = 7, 60, 100
MATURE = timedelta(hours=48)  # Younger posts have not been seen by everybody yet.
MOST_POSTS = 1_000  # The newest; older ones tell of another audience.
Scores = Mapping[tuple[int, int], Score]


@dataclass(frozen=True)
class Best:
    """A recommended time, and why."""

    at: datetime
    reason: str


@dataclass(frozen=True)
class Recommendation:
    """A recommended time on an account, or on a platform that the workspace has no account on."""

    platform: str
    account: ChannelAccount | None
    rules: AccountRules
    at: datetime
    score: Score

    @property
    def reasons(self) -> list[str]:
        """Why this time, and what stands in the way of a better one, in sentences."""
        best = phrased(GUIDANCE[self.platform].best)
        if self.score.basis == GUIDED:
            said = _("%(platform)s is said to work best: %(best)s. That is a guide, not your history.")
            found = [said % {"platform": PLATFORMS[self.platform].label, "best": best}]
        else:
            found = [_("%(number)s of the account's own posts went into it.") % {"number": self.score.posts}]
        return found + _hidden(self.platform, self.rules)


def best_time(
    account: ChannelAccount,
    *,
    now: datetime,
    start: datetime,
    end: datetime | None = None,
    campaign_id: UUID | None = None,
) -> Best | None:
    """Return the best free time of an account within a week (later where that is full); None if there is none.

    :param end: the latest time that is still wanted.
    """
    known = scores_of(account, now=now)
    rules, posts = rules_of(account, now=now, campaign_id=campaign_id), posts_of(account, around=start)
    for days in (USUAL_DAYS, 28, MOST_DAYS):
        last = start + timedelta(days=days)
        last = min(last, end + timedelta(seconds=1)) if end else last
        scored = _values(known)
        for at in best_times(scored, rules=rules, posts=posts, start=max(start, now), end=last, count=1):
            words = known[_cell(at, rules)].basis
            return Best(at, sentence(f"A recommended time ({words})."))
    return None


def recommend(
    *,
    workspace: Workspace,
    accounts: Sequence[ChannelAccount],
    platforms: Sequence[str],
    count: int,
    start: datetime,
    end: datetime,
    now: datetime,
) -> list[Recommendation]:
    """Return the best free times of some accounts in [start, end), best first, `count` in all, shared among them.

    :param platforms: those to speak of where the workspace has no account, in its own zone.
    :raises Invalid: if the range or the count cannot be used.
    """
    _require(count, start, end, now)
    start = max(start, now)
    without = [key for key in platforms if not any(one.platform == key for one in accounts)]
    each = -(-count // max(1, len(accounts) + len(without)))
    found = []
    for account in accounts:
        rules, posts, known = rules_of(account, now=now), posts_of(account, around=start), scores_of(account, now=now)
        times = best_times(_values(known), rules=rules, posts=posts, start=start, end=end, count=each)
        found += [Recommendation(account.platform, account, rules, at, known[_cell(at, rules)]) for at in times]
    for key in without:
        rules, known = _usual_rules(key, workspace), scores(key, [])
        times = best_times(_values(known), rules=rules, posts=[], start=start, end=end, count=each)
        found += [Recommendation(key, None, rules, at, known[_cell(at, rules)]) for at in times]
    return sorted(found, key=lambda one: (-one.score.value, one.at, one.platform))[:count]


def scores_of(account: ChannelAccount, *, now: datetime) -> Scores:
    """Return how good each hour of the week is for an account. The one place that asks; its method may change."""
    rows = Engagement.objects.filter(
        post_instance__channel_account=account,
        post_instance__published_at__lte=now - MATURE,
        measured_at__gte=F("post_instance__published_at") + MATURE,
        is_paid=False,
    )
    counts = ("reactions", "comments", "shares", "clicks")
    asked = rows.order_by("-post_instance__published_at", "measured_at", "id")
    seen: dict[UUID, Seen] = {}
    for post, published, *numbers in asked.values_list("post_instance_id", "post_instance__published_at", *counts)[
        :MOST_POSTS
    ]:
        local = to_local(published, account.zone)
        seen.setdefault(post, Seen(local.weekday(), local.hour, sum(numbers)))
    return scores(account.platform, list(seen.values()))


def value_at(at: datetime, known: Scores, rules: AccountRules) -> float:
    """Return the score of an instant."""
    return known[_cell(at, rules)].value


def _values(known: Scores):
    return lambda weekday, hour: known[weekday, hour].value


def _cell(at: datetime, rules: AccountRules) -> tuple[int, int]:
    local = to_local(at, rules.zone)
    return local.weekday(), local.hour


def _require(count: int, start: datetime, end: datetime, now: datetime) -> None:
    problem = None
    if not 1 <= count <= MOST:
        problem = "target_count", f"target_count has to be from 1 to {MOST}; {count} is not."
    elif end <= start:
        problem = "end", "end has to be after start."
    elif end <= now:
        problem = "end", "The range is over."
    elif end - max(start, now) > timedelta(days=MOST_DAYS + 1):
        problem = "end", f"Times are recommended for {MOST_DAYS} days at most."
    if problem:
        raise Invalid(problem[1], errors={problem[0]: [problem[1]]})


def _usual_rules(key: str, workspace: Workspace) -> AccountRules:
    usual = PLATFORMS[key]
    window = Window(*usual.window) if usual.window else None
    return AccountRules(workspace.timezone, window, timedelta(minutes=usual.gap_minutes), None)


def _hidden(platform: str, rules: AccountRules) -> list[str]:
    """Return a sentence if the window shuts out every hour that the platform is said to work best at."""
    if rules.window is None:
        return []
    length = (rules.window.closes - rules.window.opens) % 24 or 24
    open_hours = {(rules.window.opens + hour) % 24 for hour in range(length)}
    best = max(guided_score(platform, day, hour) for day in range(7) for hour in range(24))
    good = {hour for day in range(7) for hour in range(24) if guided_score(platform, day, hour) == best}
    if good & open_hours:
        return []
    said = GUIDANCE[platform].best
    told = _("The window %(window)s shuts out the hours of the guide (%(hours)s). Widen it to use them.")
    return [told % {"window": rules.window.label, "hours": said}]
