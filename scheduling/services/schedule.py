"""Giving content a time on an account."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.models import Campaign, ContentItem
from scheduling.models import ChannelAccount, PostInstance, Schedule, ScheduledBy, ScheduleType, Status
from scheduling.services.account_rules import locked_account
from scheduling.services.changing import FRESH_START, change, unique_instant, wall_clock
from scheduling.services.choosing import Choice, as_stated, by_the_rules
from scheduling.services.fitting import require_short_enough
from scheduling.services.history import note, note_adjusted, note_created
from workspaces.errors import Conflict, Invalid
from workspaces.ledger import unit_of_work


@dataclass(frozen=True)
class Terms:
    """How a post is to be scheduled, besides what, where and when."""

    scheduled_by: str = ScheduledBy.MANUAL
    schedule_type: str = ScheduleType.SCHEDULED
    status: str = Status.SCHEDULED
    window_end: datetime | None = None
    campaign: Campaign | None = None
    batch: Schedule | None = None
    priority: int = 0
    metadata: dict[str, Any] = field(default_factory=dict)
    reason: str = ""  # Why this time, where the rules did not move it.


def schedule_adjusted(
    *,
    account: ChannelAccount,
    content: ContentItem,
    wanted: datetime,
    now: datetime,
    actor: str,
    terms: Terms = Terms(),
    until: datetime | None = None,
) -> PostInstance:
    """Schedule content at the first time from `wanted` on that keeps every rule of the account.

    The instance's `reason` says what moved it: `Adjusted 5min forward to respect 60min gap`.

    :param until: an end that the place has to stay before.
    :raises Conflict: if `wanted` is over, or nothing fits, naming the rule that binds.
    :raises Invalid: if the content cannot go to the account.
    """
    with unit_of_work():
        account = locked_account(account.pk)
        require_fit(account, content)
        campaign_id = campaign_of(content, terms)
        choice = by_the_rules(account, wanted, now=now, campaign_id=campaign_id, latest=terms.window_end, until=until)
        return put(account, content, choice, terms, actor=actor, now=now)


def schedule_as_stated(
    *,
    account: ChannelAccount,
    content: ContentItem,
    at: datetime,
    now: datetime,
    actor: str,
    terms: Terms = Terms(),
) -> PostInstance:
    """Schedule content at the time that a person or a program stated.

    The instance's `warnings` say what the time breaks of window, gap and cap, each with the nearest better one.

    :raises Conflict: if the time is over, taken, or in a blackout.
    :raises Invalid: if the content cannot go to the account.
    """
    with unit_of_work():
        account = locked_account(account.pk)
        require_fit(account, content, status=terms.status)
        choice = as_stated(account, at, now=now, campaign_id=campaign_of(content, terms))
        require_wanted(choice, terms)
        return put(account, content, choice, terms, actor=actor, now=now)


def require_fit(account: ChannelAccount, content: ContentItem, *, status: str = Status.SCHEDULED) -> None:
    """Check that content can go to an account; only what is promised has to have its final length.

    :raises Invalid: if the account is switched off, of another brand, the content is the placeholder, or too long.
    """
    if content.is_placeholder:
        raise Invalid(_("An empty slot has no content to publish. Choose or write some."))
    if not account.is_active:
        raise Invalid(_("The account %(account)s is switched off. Switch it on first.") % {"account": account.name})
    if content.brand_id != account.brand_id or content.workspace_id != account.workspace_id:
        raise Invalid(
            _("'%(content)s' belongs to another brand than the account %(account)s.")
            % {"content": content.title, "account": account.name}
        )
    if status == Status.SCHEDULED:
        require_short_enough(account, content)


def require_wanted(choice: Choice, terms: Terms) -> None:
    """Check a chosen time against the latest that is still wanted.

    :raises Invalid: if it is later.
    """
    if terms.window_end and choice.at > terms.window_end:
        raise Invalid(_("The time is after scheduled_window_end."), errors={"scheduled_window_end": [_("Too early.")]})


def campaign_of(content: ContentItem, terms: Terms) -> UUID | None:
    """Return the campaign that a post of a content item belongs to."""
    return terms.campaign.pk if terms.campaign else content.campaign_id


def due(status: str, at: datetime) -> datetime | None:
    """Return when the workers have to look at a post of a state."""
    return at if status == Status.SCHEDULED else None


def put(
    account: ChannelAccount, content: ContentItem, choice: Choice, terms: Terms, *, actor: str, now: datetime
) -> PostInstance:
    """Write a chosen time on a locked account: into the empty slot that stands there, else as a new instance.

    :raises Conflict: if the instant is taken.
    """
    here = PostInstance.objects.filter(workspace_id=account.workspace_id, channel_account=account)
    slot = here.empty_slots().filter(scheduled_for=choice.at).select_for_update(of=("self",)).first()
    if slot is not None:
        slot.channel_account = account
        instance = change(slot, to=terms.status, now=now, **FRESH_START, **values_of(content, choice, terms))
    else:
        instance = new_instance(account, content, choice, terms, now=now)
        with unique_instant():
            instance.save(force_insert=True)
    note_scheduled(instance, choice, filled=slot is not None, actor=actor, now=now)
    return instance


def values_of(content: ContentItem, choice: Choice, terms: Terms) -> dict[str, Any]:
    """Return what a chosen time means for an instance, new or an empty slot."""
    return {
        "content_item": content,
        "campaign_id": campaign_of(content, terms),
        "schedule": terms.batch,
        "schedule_type": terms.schedule_type,
        "scheduled_by": terms.scheduled_by,
        "scheduled_window_end": terms.window_end,
        "priority": terms.priority,
        "metadata": terms.metadata,
        "reason": choice.reason or terms.reason,
        "warnings": choice.warnings,
        "due_at": due(terms.status, choice.at),
    }


def new_instance(
    account: ChannelAccount, content: ContentItem, choice: Choice, terms: Terms, *, now: datetime
) -> PostInstance:
    """Return an instance that is not saved yet."""
    return PostInstance(
        workspace_id=account.workspace_id,
        channel_account=account,
        status=terms.status,
        scheduled_for=choice.at,
        created_at=now,
        updated_at=now,
        **wall_clock(choice.at, account.zone),
        **values_of(content, choice, terms),
    )


def note_scheduled(instance: PostInstance, choice: Choice, *, filled: bool, actor: str, now: datetime) -> None:
    """Record that a post has a time, for the first time or in a slot."""
    if filled:
        note("publish_slot_filled", instance, actor=actor, now=now, warnings=instance.warnings)
    if instance.status == Status.SCHEDULED:
        note_created(instance, wanted=choice.wanted, actor=actor, now=now)
    elif not filled:
        note("publish_draft_created", instance, actor=actor, now=now)
    if choice.reason:
        note_adjusted(instance, wanted=choice.wanted, reason=choice.reason, actor=actor, now=now)


def fill(
    *, instance: PostInstance, content: ContentItem, now: datetime, actor: str, status: str = Status.SCHEDULED
) -> PostInstance:
    """Put content into an empty slot, as a promise (`scheduled`) or not yet (`draft`).

    :raises Conflict: if the slot is not empty (any more), or its time is over.
    :raises Invalid: if the content cannot go to the slot's account.
    """
    with unit_of_work():
        if instance.status != Status.PLANNED:
            raise Conflict(_not_empty(instance.status))
        account = locked_account(instance.channel_account_id)
        require_fit(account, content, status=status)
        instance.channel_account = account
        campaign_id = content.campaign_id or instance.campaign_id
        choice = as_stated(account, instance.scheduled_for, now=now, campaign_id=campaign_id, but=instance.pk)
        change(
            instance,
            to=status,
            now=now,
            content_item=content,
            campaign_id=campaign_id,
            warnings=choice.warnings,
            reason="",
            due_at=due(status, instance.scheduled_for),
            **FRESH_START,
        )
        note_scheduled(instance, choice, filled=True, actor=actor, now=now)
        return instance


def _not_empty(status: str) -> str:
    if status in (Status.SKIPPED, Status.CANCELED):
        return _("It is %(status)s: bring it back before you put content in it.") % {
            "status": Status(status).label.lower()
        }
    return _("This slot has content already.")
