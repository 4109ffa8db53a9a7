"""What is done with many posts at once, besides moving them together: all of it or nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from scheduling.models import ChannelAccount, PostInstance, ScheduledBy, Status
from scheduling.services import edit
from scheduling.services.account_rules import locked_accounts, rules_of
from scheduling.services.batches.placing import NO_SLOT
from scheduling.services.bulk import Deed, do_all
from scheduling.services.changing import require_version
from scheduling.services.content_copies import copy_for
from scheduling.services.moving import MOST, Chosen, Moved, called
from scheduling.services.schedule import Terms, schedule_adjusted, schedule_as_stated
from workspaces.errors import Conflict, Invalid, Refusal
from workspaces.ledger import unit_of_work

PROMISED_ANEW = (Status.FAILED, Status.MISSED)
GONE = (Status.CANCELED, Status.SKIPPED)


def skip_all(*, chosen: Sequence[Chosen], now: datetime, actor: str, reason: str = "") -> list[PostInstance]:
    """Leave out posts and slots for good.

    :raises Conflict: naming the one that cannot be left out, and why; then none was.
    """
    return _each(chosen, partial(edit.skip, reason=reason, now=now, actor=actor))


def cancel_all(*, chosen: Sequence[Chosen], now: datetime, actor: str) -> list[PostInstance]:
    """Cancel posts; a cadence's slots are open again.

    :raises Conflict: naming the one that cannot be canceled, and why; then none was.
    """
    return _each(chosen, partial(edit.cancel, now=now, actor=actor))


def restore_all(*, chosen: Sequence[Chosen], now: datetime, actor: str) -> list[PostInstance]:
    """Bring back what was skipped or canceled.

    :raises Conflict: naming the one that cannot be brought back, and why; then none was.
    """
    return _each(chosen, partial(edit.restore, now=now, actor=actor))


def take_out_all(*, chosen: Sequence[Chosen], now: datetime, actor: str) -> list[PostInstance]:
    """Take content out of posts: the slots are open again, and posts that stood in none are canceled.

    :raises Conflict: naming the one that cannot be emptied, and why; then none was.
    """

    def empty(instance: PostInstance) -> PostInstance:
        how = edit.take_out if instance.cadence_slot else edit.cancel
        return how(instance=instance, now=now, actor=actor)

    return _each(chosen, empty)


def to_next_slots(*, chosen: Sequence[Chosen], now: datetime, actor: str) -> list[Moved]:
    """Move posts, in their order, to the next open slots of their accounts; what failed or was missed is promised anew.

    :raises Conflict: naming the post for which there is none, or that cannot be moved; then none was.
    """
    before = {one.instance.pk: one.instance.scheduled_for for one in chosen}
    in_order = sorted(chosen, key=lambda one: (one.instance.scheduled_for, one.instance.pk))
    done = _each(in_order, partial(_to_next_slot, now=now, actor=actor))
    return [Moved(one, before[one.pk]) for one in done]


def duplicate_all(
    *, chosen: Sequence[Chosen], accounts: Sequence[ChannelAccount], now: datetime, actor: str
) -> list[PostInstance]:
    """Put the content of posts on other accounts too, as drafts in the next open slot from the post's own time on.

    Where there is no slot ahead, at the next time that keeps every rule; for another brand, the content is copied.

    :raises Invalid: if no account is named. :raises Conflict: naming the post that cannot be placed; then none was.
    """
    if not accounts:
        raise Invalid(
            _("Choose the accounts to which the posts are copied."), errors={"accounts": [_("This is needed.")]}
        )
    who = {"now": now, "actor": actor}
    in_order = sorted(chosen, key=lambda one: (one.instance.scheduled_for, one.instance.pk))
    pairs = [(one, account) for one in in_order for account in accounts]
    with unit_of_work():
        locked_accounts([account.pk for account in accounts])
        deeds = [_naming(one.instance, partial(_duplicate, one.instance, account, **who)) for one, account in pairs]
        return _done(deeds, accounts=[account.pk for account in accounts])


def _each(chosen: Sequence[Chosen], deed: Callable[..., PostInstance]) -> list[PostInstance]:
    deeds = [_naming(one.instance, partial(_on_version, one, deed)) for one in chosen]
    if len(chosen) == 1:
        return [_on_version(chosen[0], deed)]
    return _done(deeds, accounts={one.instance.channel_account_id for one in chosen})


def _done(deeds: list[Deed], accounts: object) -> list[PostInstance]:
    if not 1 <= len(deeds) <= MOST:
        raise Invalid(_("Choose from 1 to %(most)s posts.") % {"most": MOST} if deeds else _("Choose the posts first."))
    return [one.instance for one in do_all(deeds=deeds, accounts=accounts)]


def _naming(instance: PostInstance, deed: Deed) -> Deed:
    """Return a deed whose refusal says of which post it speaks."""

    def named() -> PostInstance:
        try:
            return deed()
        except Refusal as refusal:
            raise Conflict(f"{called(instance)}: {refusal.message}") from refusal

    return named


def _on_version(one: Chosen, deed: Callable[..., PostInstance]) -> PostInstance:
    require_version(one.instance, one.version)
    return deed(instance=one.instance)


def _to_next_slot(*, instance: PostInstance, now: datetime, actor: str) -> PostInstance:
    if instance.status == Status.PLANNED:
        raise Conflict(_("An open slot has nothing to move: choose posts."))
    at = _next_slot(instance.channel_account, now, instance)
    if at is None:
        raise Conflict(NO_SLOT)
    how = edit.schedule if instance.status in PROMISED_ANEW else edit.move
    return how(instance=instance, at=at, now=now, actor=actor)


def _next_slot(account: ChannelAccount, start: datetime, instance: PostInstance) -> datetime | None:
    """Return the account's first open slot from a time on in which no blackout falls."""
    closed = rules_of(account, now=start, campaign_id=instance.campaign_id).blackouts
    slots = account.post_instances.empty_slots().filter(scheduled_for__gte=start).order_by("scheduled_for", "id")
    found = slots.values_list("scheduled_for", flat=True).iterator(chunk_size=50)
    return next((at for at in found if not any(one.start <= at < one.end for one in closed)), None)


def _duplicate(instance: PostInstance, account: ChannelAccount, *, now: datetime, actor: str) -> PostInstance:
    content = instance.content_item
    if content.is_placeholder:
        raise Conflict(_("An open slot has nothing to copy: choose posts."))
    standing = account.post_instances.filter(content_item=content).exclude(status__in=GONE)
    if standing.exists():
        raise Conflict(_("It stands on %(account)s already.") % {"account": account.name})
    if content.brand_id != account.brand_id:
        content = copy_for(content, account.brand, now=now, actor=actor)
    start = max(now, instance.scheduled_for)
    terms = Terms(status=Status.DRAFT, scheduled_by=ScheduledBy.BULK)
    who = {"account": account, "content": content, "now": now, "actor": actor, "terms": terms}
    at = _next_slot(account, start, instance)
    return schedule_as_stated(at=at, **who) if at else schedule_adjusted(wanted=start, **who)
