"""Putting posts of a recurrence into the plan of an account, which is read once for all of them."""

from bisect import insort
from datetime import datetime

from scheduling.models import ChannelAccount, PostInstance, Recurrence, ScheduledBy
from scheduling.rules.recurrence import Repeat
from scheduling.services.account_rules import posts_of, rules_of
from scheduling.services.choosing import keep
from scheduling.services.schedule import Terms, put, require_fit


class Plan:
    """The plan of a locked account from now to an end, in memory: a time that cannot be had costs no question."""

    def __init__(
        self, recurrence: Recurrence, account: ChannelAccount, *, end: datetime, now: datetime, actor: str
    ) -> None:
        self._recurrence, self._account = recurrence, account
        self._now, self._actor = now, actor
        self._rules = rules_of(account, now=now, campaign_id=recurrence.content_item.campaign_id)
        # Each reaches for ten weeks to both sides: together over whatever a plan reaches.
        self._posts = sorted({*posts_of(account, around=now), *posts_of(account, around=end)})

    def put(self, at: Repeat) -> PostInstance:
        """Schedule the content at a time of the recurrence, as at one that a person stated.

        :raises Conflict: if the time is taken or in a blackout.
        :raises Invalid: if the content cannot go to the account.
        """
        recurrence, content = self._recurrence, self._recurrence.content_item
        require_fit(self._account, content)
        choice = keep(at.instant, rules=self._rules, posts=self._posts, now=self._now)
        terms = Terms(
            scheduled_by=ScheduledBy.CADENCE,
            metadata={"recurrence": str(recurrence.pk), "occurrence": at.key},
            reason=f"Repeats: {recurrence.rule}",
        )
        post = put(self._account, content, choice, terms, actor=self._actor, now=self._now)
        insort(self._posts, choice.at)
        return post
