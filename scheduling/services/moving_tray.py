"""Dropping content of the tray on the calendar: on an open slot, or on a day."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.models import ContentItem
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.rules import day_bounds, default_times, to_instant
from scheduling.services.account_rules import locked_account
from scheduling.services.schedule import Terms, fill, schedule_as_stated
from workspaces.errors import Conflict
from workspaces.ledger import unit_of_work


def drop_on_slot(*, content: ContentItem, slot: PostInstance, now: datetime, actor: str) -> PostInstance:
    """Put content into an open slot as a draft: nothing goes out that nobody promised.

    :raises Conflict: :raises Invalid: as `fill` does.
    """
    return fill(instance=slot, content=content, status=Status.DRAFT, now=now, actor=actor)


def drop_on_day(*, content: ContentItem, account: ChannelAccount, day: date, now: datetime, actor: str) -> PostInstance:
    """Put content as a draft on an account's next time of a day: its first open slot, else a time of its cadence.

    :raises Conflict: if the day is over, or no such time of it is free.
    :raises Invalid: if the content cannot go to the account.
    """
    with unit_of_work():
        account = locked_account(account.pk)
        start, end = day_bounds(day, account.zone)
        if end <= now:
            raise Conflict(_("%(day)s is over. Choose a day ahead.") % {"day": day})
        refusal = Conflict(
            _("No time of %(account)s is left on %(day)s. Choose another day, or state a time.")
            % {"account": account.name, "day": day}
        )
        for at in _times(account, day, max(start, now), end):
            try:
                with unit_of_work():
                    terms = Terms(status=Status.DRAFT)
                    return schedule_as_stated(
                        account=account, content=content, at=at, now=now, actor=actor, terms=terms
                    )
            except Conflict as no:  # Taken, or in a blackout: the time after it.
                refusal = no
        raise refusal


def accounts_for(content: ContentItem, named: UUID | None = None) -> list[ChannelAccount]:
    """Return the accounts that content of the tray can go to: those of its brand, or the one that is named."""
    rows = ChannelAccount.objects.filter(brand=content.brand_id, is_active=True).select_related("brand")
    if named:
        rows = rows.filter(pk=named)
    return list(rows.order_by("platform", "name", "id"))


def _times(account: ChannelAccount, day: date, start: datetime, end: datetime) -> list[datetime]:
    open_slots = account.post_instances.empty_slots().between(start, end).order_by("scheduled_for")
    usual = account.times or default_times(account.platform, 1)
    own = sorted({to_instant(day, at, account.zone) for at in usual})
    found = [*open_slots.values_list("scheduled_for", flat=True), *(at for at in own if start < at < end)]
    return list(dict.fromkeys(found))
