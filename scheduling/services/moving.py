"""Moving posts and slots together, as a hand does: by days, to a day, to an instant, or back; all of them or none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from scheduling.models import PostInstance, Status
from scheduling.rules import BadTime, later_by_days, local_day, to_instant, to_local
from scheduling.services import edit
from scheduling.services.account_rules import locked_accounts
from scheduling.services.changing import require_version
from scheduling.services.giving_way import settle
from workspaces.errors import Conflict, Invalid, Refusal
from workspaces.ledger import unit_of_work

QUARTER = timedelta(minutes=15)
FARTHEST = 366  # A hand that moves a post by more than a year has slipped.
MOST = 500  # Of one transaction: their accounts are locked for its length.


@dataclass(frozen=True)
class Step:
    """A post or an empty slot, where it is to stand, and the version that the mover looked at (None: any)."""

    instance: PostInstance
    at: datetime
    version: int | None = None


@dataclass(frozen=True)
class Moved:
    """A post or a slot as it stands now, and where it stood before."""

    instance: PostInstance
    before: datetime


@dataclass(frozen=True)
class Chosen:
    """A post or a slot that a hand holds, and the version that it looked at (None: any)."""

    instance: PostInstance
    version: int | None = None


def move_by_days(*, chosen: Sequence[Chosen], days: int, now: datetime, actor: str) -> list[Moved]:
    """Move posts by local days; each keeps the wall-clock time that it has in its account's zone.

    :raises Invalid: if there are too many posts, or too many days.
    :raises Conflict: naming the post that cannot be moved, and why; then none was.
    """
    if not -FARTHEST <= days <= FARTHEST:
        raise Invalid(
            _("A post moves by %(most)s days at most.") % {"most": FARTHEST}, errors={"days": [_("Too many.")]}
        )
    return move_all(steps=steps_of(chosen, lambda at, zone: later_by_days(at, days, zone)), now=now, actor=actor)


def move_to_day(*, chosen: Sequence[Chosen], day: date, seen_in: ZoneInfo, now: datetime, actor: str) -> list[Moved]:
    """Move the first post to a day of a calendar, and the others by as many days.

    :param seen_in: the zone of the calendar: in it the first post stands on the day that it is taken from.
    :raises Invalid: :raises Conflict: as `move_by_days` does.
    """
    days = (day - local_day(chosen[0].instance.scheduled_for, seen_in)).days
    return move_by_days(chosen=chosen, days=days, now=now, actor=actor)


def move_to(*, chosen: Sequence[Chosen], at: datetime, now: datetime, actor: str) -> list[Moved]:
    """Move the first post to an instant, and the others as far by their own clocks.

    :raises Invalid: :raises Conflict: as `move_by_days` does.
    """
    first = chosen[0].instance
    zone = first.channel_account.zone
    far = _wall(at, zone) - _wall(first.scheduled_for, zone)

    def moved(before: datetime, zone: ZoneInfo) -> datetime:
        wall = _wall(before, zone) + far
        return to_instant(wall.date(), wall.time(), zone)

    others = steps_of(chosen[1:], moved)
    return move_all(steps=[Step(first, at, chosen[0].version), *others], now=now, actor=actor)


def require_quarter(at: datetime) -> datetime:
    """Return an instant onto which a hand drops a post.

    :raises Invalid: if it is not on a quarter of an hour, to which the calendar snaps.
    """
    if at.minute % 15 or at.second or at.microsecond:
        raise Invalid(_("A post is dropped on a quarter of an hour."), errors={"at": [_("Not a quarter of an hour.")]})
    return at


def steps_of(chosen: Sequence[Chosen], target: Callable[[datetime, ZoneInfo], datetime]) -> list[Step]:
    """Return where each post goes.

    :raises Invalid: where the calendar ends.
    """
    try:
        return [
            Step(one.instance, target(one.instance.scheduled_for, one.instance.channel_account.zone), one.version)
            for one in chosen
        ]
    except (BadTime, OverflowError) as error:
        raise Invalid(_("That is too far away to be used."), errors={"days": [_("Too far.")]}) from error


def move_all(*, steps: Sequence[Step], now: datetime, actor: str) -> list[Moved]:
    """Move each to its instant, in an order in which nobody steps on another's foot; all of them or none.

    An empty slot that gives way to one of the posts takes its own place afterwards.

    :raises Invalid: if there are none, or too many.
    :raises Stale: :raises Conflict: naming the post that cannot be moved, and why; then none was.
    """
    if not 1 <= len(steps) <= MOST:
        raise Invalid(
            _("Choose from 1 to %(most)s posts to move.") % {"most": MOST} if steps else _("Choose the posts to move.")
        )
    before = {step.instance.pk: step.instance.scheduled_for for step in steps}
    with unit_of_work():
        locked_accounts({step.instance.channel_account_id for step in steps})
        found = {step.instance.pk: _taken(step, now=now, actor=actor, alone=len(steps) == 1) for step in in_turn(steps)}
    return [Moved(found[step.instance.pk], before[step.instance.pk]) for step in steps]


def in_turn(steps: Iterable[Step]) -> list[Step]:
    """Return steps in an order in which each finds its place left: posts before slots, which give way to them.

    The last of those that go forward goes first, and the first of those that go back: so each is judged beside its
    neighbours as they will stand.
    """
    by_time = sorted(steps, key=lambda step: step.instance.scheduled_for)
    forward = [step for step in reversed(by_time) if step.at >= step.instance.scheduled_for]
    in_order = [*forward, *(step for step in by_time if step.at < step.instance.scheduled_for)]
    posts = [step for step in in_order if step.instance.status != Status.PLANNED]
    slots = [step for step in in_order if step.instance.status == Status.PLANNED]
    return [*_each_after_who_leaves(posts), *_each_after_who_leaves(slots)]


def _each_after_who_leaves(steps: list[Step]) -> list[Step]:
    standing = {(step.instance.channel_account_id, step.instance.scheduled_for): step for step in steps}
    waiting: dict[UUID, Step] = {step.instance.pk: step for step in steps}
    found = []
    while waiting:
        chain = [next(iter(waiting.values()))]
        del waiting[chain[0].instance.pk]
        # Who stands where the last one goes has to leave first, and so on; a ring ends where it began.
        while (
            one := standing.get((chain[-1].instance.channel_account_id, chain[-1].at))
        ) and one.instance.pk in waiting:
            chain.append(waiting.pop(one.instance.pk))
        found += reversed(chain)
    return found


def _taken(step: Step, *, now: datetime, actor: str, alone: bool) -> PostInstance:
    """Take one step; the refusal of one among several says of which post it speaks."""
    if alone:
        return _take(step, now=now, actor=actor)
    try:
        return _take(step, now=now, actor=actor)
    except Refusal as refusal:
        raise Conflict(
            _("Nothing was moved. %(post)s: %(why)s") % {"post": called(step.instance), "why": refusal.message}
        ) from refusal


def _take(step: Step, *, now: datetime, actor: str) -> PostInstance:
    """Take one step; where a post stands already, nothing is written."""
    post = step.instance
    require_version(post, step.version)
    if post.status != Status.PLANNED:
        return post if _stands_there(step) else edit.move(instance=post, at=step.at, now=now, actor=actor)
    post.refresh_from_db(fields=["status", "version", "scheduled_for", "reason", "metadata"])
    if post.status == Status.SKIPPED:  # It has just given way to one of the posts.
        return settle(post, step.at, now=now, actor=actor)
    return post if _stands_there(step) else edit.move(instance=post, at=step.at, now=now, actor=actor)


def _stands_there(step: Step) -> bool:
    return step.instance.scheduled_for == step.at and step.instance.status in edit.MOVABLE


def called(instance: PostInstance) -> str:
    """Return what a person calls a post: its title, and where it stands."""
    account = instance.channel_account
    if instance.content_item.is_placeholder:
        local = to_local(instance.scheduled_for, account.zone)
        said = {"account": account.name, "when": f"{local:%Y-%m-%d %H:%M}"}
        return _("The open slot of %(account)s at %(when)s") % said
    return f"“{instance.content_item.title}” ({account.name})"


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    return to_local(at, zone).replace(tzinfo=None)
