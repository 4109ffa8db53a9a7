"""Giving posts of one account that did not go out new times by the rules: one by one, the plan read once."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from scheduling.models import ChannelAccount, PostInstance, ScheduledBy, ScheduleType, Status
from scheduling.rules import BUSY, AccountRules, iso
from scheduling.services.account_rules import locked_account, posts_of, rules_of
from scheduling.services.changing import FRESH_START, change, wall_clock
from scheduling.services.choosing import Choice, adjust
from scheduling.services.giving_way import come_back, make_way
from scheduling.services.history import note
from scheduling.services.schedule import due, note_scheduled, require_fit
from workspaces.errors import Refusal
from workspaces.ledger import unit_of_work

AT_ONCE = 100  # Of one transaction: the account is locked for its length.


def replan(account_id: UUID, posts: Sequence[PostInstance], *, now: datetime, actor: str) -> dict[UUID, Refusal]:
    """Schedule posts of an account anew, in their order, each at the next time that keeps every rule.

    What was tried before stays in the history; retries and lateness begin anew. Returns the refusals by post.
    """
    refusals: dict[UUID, Refusal] = {}
    for start in range(0, len(posts), AT_ONCE):
        with unit_of_work():
            plan = _Plan(locked_account(account_id), now=now, actor=actor)
            for one in posts[start : start + AT_ONCE]:
                try:
                    with unit_of_work():
                        plan.put(one)
                except Refusal as refusal:
                    refusals[one.pk] = refusal
    return refusals


class _Plan:
    """The plan of a locked account, in memory, while posts are put back into it."""

    def __init__(self, account: ChannelAccount, *, now: datetime, actor: str) -> None:
        self._account = account
        self._who = {"now": now, "actor": actor}
        self._now = now
        self._posts = posts_of(account, around=now)
        ahead = account.post_instances.empty_slots().filter(scheduled_for__gte=now.replace(microsecond=0))
        self._slots = set(ahead.values_list("scheduled_for", flat=True))
        self._rules: dict[UUID | None, AccountRules] = {}

    def put(self, instance: PostInstance) -> None:
        """Give a post its new time.

        :raises Conflict: :raises Invalid: if there is none, it cannot go to the account, or somebody was faster.
        """
        require_fit(self._account, instance.content_item)
        instance.channel_account = self._account
        end = instance.scheduled_window_end
        end = end if end and end >= self._now else None  # One that is over gives way to the new choice.
        before, was, why = instance.scheduled_for, instance.status, instance.reason
        others = self._without(before) if was in BUSY else self._posts
        rules = self._rules_for(instance.campaign_id)
        choice = adjust(self._now, rules=rules, posts=others, now=self._now, latest=end)
        if choice.at in self._slots:
            make_way(instance, choice.at, **self._who)
        self._write(instance, choice, end)
        if before > self._now:
            come_back(instance, before, **self._who)
        note("publish_requeued", instance, **self._who, was=was, moved_from=iso(before), why=why)
        note_scheduled(instance, choice, filled=False, **self._who)
        self._posts = others
        insort(self._posts, choice.at)

    def _write(self, instance: PostInstance, choice: Choice, end: datetime | None) -> None:
        change(
            instance,
            to=Status.SCHEDULED,
            now=self._now,
            scheduled_for=choice.at,
            due_at=due(Status.SCHEDULED, choice.at),
            scheduled_by=ScheduledBy.RULE_ENGINE,
            schedule_type=ScheduleType.SCHEDULED,
            scheduled_window_end=end,
            reason=choice.reason,
            warnings=choice.warnings,
            **wall_clock(choice.at, self._account.zone),
            **FRESH_START,
        )

    def _without(self, at: datetime) -> list[datetime]:
        place = bisect_left(self._posts, at)
        is_there = place < len(self._posts) and self._posts[place] == at
        return self._posts[:place] + self._posts[place + is_there :]

    def _rules_for(self, campaign_id: UUID | None) -> AccountRules:
        if campaign_id not in self._rules:
            self._rules[campaign_id] = rules_of(self._account, now=self._now, campaign_id=campaign_id)
        return self._rules[campaign_id]
