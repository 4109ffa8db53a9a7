"""Giving many posts of one account their stated times: judged one by one, read and written together."""

from bisect import insort
from datetime import datetime
from uuid import UUID

from campaigns.models import ContentItem
from scheduling.models import ChannelAccount, PostInstance
from scheduling.rules import AccountRules
from scheduling.services.account_rules import REACH, rules_of
from scheduling.services.changing import FRESH_START, change, unique_instant
from scheduling.services.choosing import Choice, keep
from scheduling.services.schedule import (
    Terms,
    campaign_of,
    new_instance,
    note_scheduled,
    require_fit,
    require_wanted,
    values_of,
)


class ManyPosts:
    """The plan of one account, in memory, while posts are added to it: the same answers as from `schedule_as_stated`.

    The account has to be locked: nobody else may change its plan between the reading and the writing.
    """

    def __init__(self, account: ChannelAccount, *, first: datetime, last: datetime, now: datetime, actor: str) -> None:
        self._account = account
        self._now = now
        self._actor = actor
        self._rules: dict[UUID | None, AccountRules] = {}
        here = PostInstance.objects.filter(workspace_id=account.workspace_id, channel_account=account)
        around = here.busy().between(min(first, now) - REACH, max(last, now) + REACH)
        self._posts = list(around.order_by("scheduled_for").values_list("scheduled_for", flat=True))
        slots = here.empty_slots().filter(scheduled_for__gte=first, scheduled_for__lte=max(last, now))
        self._slots = {slot.scheduled_for: slot for slot in slots}
        self._new: list[tuple[PostInstance, Choice]] = []
        self._filled: list[tuple[PostInstance, Choice, ContentItem, Terms]] = []

    def add(self, content: ContentItem, at: datetime, terms: Terms) -> tuple[UUID, Choice]:
        """Plan a post for a stated time; return its id and the choice.

        The content may be saved later, as long as that happens in the same transaction.

        :raises Conflict: :raises Invalid: as `schedule_as_stated` does; then the plan is as it was before.
        """
        require_fit(self._account, content, status=terms.status)
        choice = keep(at, rules=self._rules_for(campaign_of(content, terms)), posts=self._posts, now=self._now)
        require_wanted(choice, terms)
        slot = self._slots.pop(choice.at, None)
        if slot is not None:
            slot.channel_account = self._account
            self._filled.append((slot, choice, content, terms))
        else:
            self._new.append((new_instance(self._account, content, choice, terms, now=self._now), choice))
        insort(self._posts, choice.at)
        return (slot or self._new[-1][0]).pk, choice

    def write(self) -> None:
        """Write what was added.

        :raises Conflict: if a slot was changed, or an instant taken, by somebody who did not lock the account.
        """
        for slot, choice, content, terms in self._filled:
            change(slot, to=terms.status, now=self._now, **FRESH_START, **values_of(content, choice, terms))
            note_scheduled(slot, choice, filled=True, actor=self._actor, now=self._now)
        with unique_instant():
            PostInstance.objects.bulk_create([post for post, _ in self._new])
        for post, choice in self._new:
            note_scheduled(post, choice, filled=False, actor=self._actor, now=self._now)

    def _rules_for(self, campaign_id: UUID | None) -> AccountRules:
        if campaign_id not in self._rules:
            self._rules[campaign_id] = rules_of(self._account, now=self._now, campaign_id=campaign_id)
        return self._rules[campaign_id]
