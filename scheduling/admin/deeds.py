"""What a person does with a post in the admin: each a button and perhaps an action on many, each one service call."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.models import ContentItem
from scheduling.models import PostInstance, Status
from scheduling.services import edit, offers, problems
from scheduling.services.offers import scope_of
from scheduling.services.problems import Answered, refusal_of
from scheduling.services.schedule import fill
from workspaces.access import Caller
from workspaces.errors import Invalid

WHAT, WHEN, WHY, WHERE = "content_item", "when", "skip_reason", "url"
CHOOSE = _("Choose the content that goes into this slot.")
CONTENT, TIME, END, BACK = _("Fill the slot"), _("Its time"), _("Leave it out"), _("Bring it back")
AGAIN, THERE = _("Send it again"), _("It is there")


@dataclass(frozen=True)
class Wish:
    """What a person typed."""

    at: datetime | None = None
    content: ContentItem | None = None
    reason: str = ""
    url: str = ""


@dataclass(frozen=True)
class Deed:
    """One button: what the plan calls it, what it says before and after, what it needs, and the service it calls."""

    offer: str
    label: str
    done: str
    group: str
    run: Callable[..., PostInstance]
    uses: tuple[str, ...] = ()
    """The fields that it reads; another that somebody changed would be forgotten, so that is refused."""
    hint: str = ""
    """What a person should know before they press it."""
    is_strong: bool = False
    run_many: Callable[..., list[Answered]] | None = None
    """The service that does it with many posts; without one they are done one by one."""


def _fill(instance: PostInstance, wish: Wish, *, status: str, now: datetime, actor: str) -> PostInstance:
    if wish.content is None and instance.status == Status.PLANNED:
        raise Invalid(CHOOSE, errors={WHAT: [CHOOSE]})
    return fill(instance=instance, content=wish.content, status=status, now=now, actor=actor)


def _fill_scheduled(instance: PostInstance, wish: Wish, **who: object) -> PostInstance:
    return _fill(instance, wish, status=Status.SCHEDULED, **who)


def _fill_draft(instance: PostInstance, wish: Wish, **who: object) -> PostInstance:
    return _fill(instance, wish, status=Status.DRAFT, **who)


def _move(instance: PostInstance, wish: Wish, **who: object) -> PostInstance:
    return edit.move(instance=instance, at=wish.at or instance.scheduled_for, **who)


def _schedule(instance: PostInstance, wish: Wish, **who: object) -> PostInstance:
    return edit.schedule(instance=instance, at=wish.at, **who)


def _publish_now(instance: PostInstance, wish: Wish, **who: object) -> PostInstance:
    return edit.publish_now(instance=instance, **who)


def _take_out(instance: PostInstance, wish: Wish, **who: object) -> PostInstance:
    return edit.take_out(instance=instance, **who)


def _skip(instance: PostInstance, wish: Wish, **who: object) -> PostInstance:
    return edit.skip(instance=instance, reason=wish.reason, **who)


def _cancel(instance: PostInstance, wish: Wish, **who: object) -> PostInstance:
    return edit.cancel(instance=instance, **who)


def _requeue(instance: PostInstance, wish: Wish, **who: object) -> PostInstance:
    return problems.requeue(instance=instance, **who)


def _confirm(instance: PostInstance, wish: Wish, **who: object) -> PostInstance:
    return problems.confirm(instance=instance, url=wish.url, **who)


def _undo(instance: PostInstance, wish: Wish, **who: object) -> PostInstance:
    return edit.restore(instance=instance, **who)


SKIPPED = _("Skip for good: nothing goes out here, and the slot does not come back.")
TAKEN_OUT = _("Take the content out: the slot is open again, the content waits to be scheduled.")
CANCELED = _("Cancel: the post does not go out; a slot of the cadence is open again.")
SENT_AGAIN = _("At the next time that keeps every rule, from now on.")
LOOK_FIRST = _("Where nobody knows whether it went out, look on the platform first: it may go out twice.")
SEEN = _("Somebody has seen it on the platform: it counts as published, with its address.")
DEEDS: dict[str, Deed] = {
    "requeue": Deed(
        offers.REQUEUE,
        _("Send again"),
        _("Sent again"),
        AGAIN,
        _requeue,
        hint=format_lazy("{} {}", SENT_AGAIN, LOOK_FIRST),
        is_strong=True,
        run_many=problems.requeue_many,
    ),
    "confirm": Deed(offers.CONFIRM, _("It is there"), _("Published"), THERE, _confirm, (WHERE,), hint=SEEN),
    "fill": Deed(offers.FILL, _("Fill and schedule"), _("Filled"), CONTENT, _fill_scheduled, (WHAT,), is_strong=True),
    "fill_draft": Deed(offers.FILL, _("Fill as a draft"), _("Filled"), CONTENT, _fill_draft, (WHAT,)),
    "schedule": Deed(offers.SCHEDULE, _("Schedule"), _("Scheduled"), TIME, _schedule, (WHEN,), is_strong=True),
    "move": Deed(offers.MOVE, _("Move"), _("Moved"), TIME, _move, (WHEN,)),
    "publish_now": Deed(offers.PUBLISH_NOW, _("Publish now"), _("Due now"), TIME, _publish_now),
    "skip": Deed(offers.SKIP, _("Skip for good"), _("Skipped"), END, _skip, (WHY,), hint=SKIPPED),
    "take_out": Deed(offers.TAKE_OUT, _("Take the content out"), _("Emptied"), END, _take_out, hint=TAKEN_OUT),
    "cancel": Deed(offers.CANCEL, _("Cancel"), _("Canceled"), END, _cancel, hint=CANCELED),
    "undo": Deed(offers.UNDO, _("Undo"), _("Back"), BACK, _undo, is_strong=True),
}


def do(deed: Deed, instance: PostInstance, wish: Wish, *, caller: Caller, now: datetime) -> PostInstance:
    """Do a deed in the caller's name.

    :raises Forbidden: if the caller's role does not reach that far.
    :raises Conflict: :raises Invalid: as the service does.
    """
    caller.require(scope_of(deed.offer, instance), instance.workspace)
    return deed.run(instance, wish, now=now, actor=caller.actor)


def do_each(deed: Deed, posts: list[PostInstance], *, caller: Caller, now: datetime) -> list[Answered]:
    """Do a deed with many posts in the caller's name; a refusal for one does not stop the others."""
    if deed.run_many is None:
        return [Answered(one, refusal_of(do, deed, one, Wish(), caller=caller, now=now)) for one in posts]
    refusals = {one.pk: refusal_of(caller.require, scope_of(deed.offer, one), one.workspace) for one in posts}
    mine = [one for one in posts if refusals[one.pk] is None]
    refusals |= {done.instance.pk: done.refusal for done in deed.run_many(instances=mine, now=now, actor=caller.actor)}
    return [Answered(one, refusals[one.pk]) for one in posts]


def offered(instance: PostInstance, *, caller: Caller, now: datetime) -> dict[str, Deed]:
    """Return the deeds that a person can do with a post as it stands."""
    found = offers.offers(instance, now=now)
    asked = {name: deed for name, deed in DEEDS.items() if deed.offer in found}
    return {
        name: deed for name, deed in asked.items() if caller.may(scope_of(deed.offer, instance), instance.workspace_id)
    }
