"""The order of an account's queue: what stands ahead changes places, under the rules, all of it or nothing.

A place is an instant with its slot of the cadence. Places stay where they are; posts and empty slots move between them.
"""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from campaigns.models import ContentItem
from scheduling.models import ChannelAccount, PostInstance, ScheduledBy, Status
from scheduling.models.instances import PostInstances
from scheduling.rules import BUSY, iso, to_local
from scheduling.services.account_rules import REACH, locked_account, rules_of
from scheduling.services.changing import FRESH_START, change, refused_move, require_version, wall_clock
from scheduling.services.choosing import Choice, keep
from scheduling.services.giving_way import GAVE_WAY_TO
from scheduling.services.history import note
from scheduling.services.schedule import Terms, due, schedule_adjusted, schedule_as_stated
from workspaces.errors import Conflict, NotFound
from workspaces.ledger import unit_of_work
from workspaces.rules.sentences import sentence

IN_ORDER = (Status.PLANNED, Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED)
MOST = 200  # Places that one move may shift: each is judged by the rules while the account is locked.
ASIDE = timedelta(microseconds=1)  # Times are whole seconds: nothing else stands there while two change places.
NOT_AHEAD = gettext_noop("Its place is not ahead of now: it cannot change places.")
IN_THE_SLOT, BY_THE_RULES = (
    sentence("The next open slot of the cadence."),
    sentence("The next free time: no slot is open."),
)

Direction = Literal["earlier", "later"]


@dataclass(frozen=True)
class Place:
    """An instant on an account, and the slot of the cadence that it is, if it is one."""

    at: datetime
    slot: str | None


def queue_of(account: ChannelAccount, *, now: datetime) -> PostInstances:
    """Return what stands ahead on an account and can change places, in order."""
    rows = PostInstance.objects.filter(workspace_id=account.workspace_id, channel_account=account, status__in=IN_ORDER)
    return rows.filter(scheduled_for__gt=now).order_by("scheduled_for", "id")


def step(
    *, instance: PostInstance, direction: Direction, now: datetime, actor: str, version: int | None = None
) -> PostInstance:
    """Let a post or an empty slot change places with its neighbour.

    :raises Stale: :raises Conflict: as `take_place` does, or if there is no neighbour on that side.
    """
    with unit_of_work():
        queue = queue_of(locked_account(instance.channel_account_id), now=now)
        at, key = instance.scheduled_for, instance.pk
        if direction == "earlier":
            other = queue.filter(scheduled_for__lt=at).order_by("-scheduled_for", "-id").first()
        else:
            other = queue.filter(scheduled_for__gt=at).exclude(pk=key).first()
        if other is None:
            raise Conflict(gettext("Nothing stands %(direction)s in this queue.") % {"direction": direction})
        return take_place(instance=instance, of=other.pk, version=version, now=now, actor=actor)


def take_place(
    *, instance: PostInstance, of: UUID, now: datetime, actor: str, version: int | None = None
) -> PostInstance:
    """Put a post or an empty slot where another of its queue stands; those between move up by one place each.

    Each post's new time is judged as one that a person stated: kept, with warnings.

    :raises NotFound: if the other is not in the queue (any more).
    :raises Stale: if somebody changed the post since the mover looked.
    :raises Conflict: naming what cannot stand at its new place, and why; then nothing was moved.
    """
    with unit_of_work():
        account = locked_account(instance.channel_account_id)
        require_version(instance, version)
        if of == instance.pk:
            raise Conflict(gettext("It stands there already."))
        if instance.status not in IN_ORDER:
            raise Conflict(refused_move(instance.status, Status.SCHEDULED))
        rows = _between(account, instance, of, now)
        order = [one for one in rows if one.pk != instance.pk]
        order.insert(next(place for place, one in enumerate(rows) if one.pk == of), _own(rows, instance))
        places = [Place(one.scheduled_for, one.cadence_slot) for one in rows]
        _put(account, list(zip(order, places, strict=True)), now=now, actor=actor)
        instance.refresh_from_db()
    return instance


def schedule_next_free(*, account: ChannelAccount, content: ContentItem, now: datetime, actor: str) -> PostInstance:
    """Put content into the next open slot of an account that nothing forbids, else at the next time its rules leave.

    :raises Conflict: if no time is left.
    :raises Invalid: if the content cannot go to the account.
    """
    with unit_of_work():
        account = locked_account(account.pk)
        who = {"account": account, "content": content, "now": now, "actor": actor}
        open_slots = queue_of(account, now=now).empty_slots().values_list("scheduled_for", flat=True)
        blackouts = rules_of(account, now=now, campaign_id=content.campaign_id).blackouts
        free = (at for at in open_slots if not any(one.start <= at < one.end for one in blackouts))
        at = next(free, None)
        if at is None:
            return schedule_adjusted(wanted=now, terms=Terms(reason=BY_THE_RULES), **who)
        terms = Terms(scheduled_by=ScheduledBy.CADENCE, reason=IN_THE_SLOT)
        return schedule_as_stated(at=at, terms=terms, **who)


def _between(account: ChannelAccount, instance: PostInstance, of: UUID, now: datetime) -> list[PostInstance]:
    """Return what stands from one place to the other, both included, in order.

    :raises NotFound: :raises Conflict: if there is nothing to exchange.
    """
    queue = queue_of(account, now=now)
    ends = dict(queue.filter(pk__in=[instance.pk, of]).values_list("pk", "scheduled_for"))
    if of not in ends:
        raise NotFound(gettext("That place is not in this queue (any more). Look at it again."))
    if instance.pk not in ends:
        raise Conflict(gettext(NOT_AHEAD))
    first, last = sorted(ends.values())
    rows = list(queue.filter(scheduled_for__gte=first, scheduled_for__lte=last).with_everything()[: MOST + 1])
    if len(rows) > MOST:
        raise Conflict(gettext("More than %(most)s places lie between. Move it by its time instead.") % {"most": MOST})
    return rows


def _own(rows: Sequence[PostInstance], instance: PostInstance) -> PostInstance:
    """Return the row that was read under the lock, with the version that its mover read."""
    found = next(one for one in rows if one.pk == instance.pk)
    found.version = instance.version
    return found


def _put(account: ChannelAccount, moves: Sequence[tuple[PostInstance, Place]], *, now: datetime, actor: str) -> None:
    """Write each at its place; all leave theirs first, for no two may stand on one instant."""
    moves = [(one, place) for one, place in moves if one.scheduled_for != place.at]
    choices = _judged(account, moves, now=now)
    for one, _ in moves:
        aside = {"scheduled_for": one.scheduled_for - ASIDE, "cadence_slot": None}
        PostInstance.objects.filter(pk=one.pk).update(**aside)
    for (one, place), choice in zip(moves, choices, strict=True):
        before = one.scheduled_for
        one.channel_account = account
        change(
            one,
            now=now,
            scheduled_for=place.at,
            cadence_slot=place.slot,
            due_at=due(one.status, place.at),
            scheduled_by=one.scheduled_by if one.status == Status.PLANNED else ScheduledBy.MANUAL,
            warnings=choice.warnings,
            reason="",
            **wall_clock(place.at, account.zone),
            **FRESH_START,
        )
        note("publish_moved", one, actor=actor, now=now, moved_from=iso(before), warnings=one.warnings)
    _hand_over(account, moves, now=now)


def _hand_over(account: ChannelAccount, moves: Sequence[tuple[PostInstance, Place]], *, now: datetime) -> None:
    """Let slots that gave way to who stood at a place wait for who stands there now: they come back behind that one."""
    standing = {place.at: str(one.pk) for one, place in moves}
    here = PostInstance.objects.filter(workspace_id=account.workspace_id, channel_account=account)
    gone = here.filter(status=Status.SKIPPED, scheduled_for__in=standing, metadata__has_key=GAVE_WAY_TO)
    for slot in gone.order_by("id"):
        change(slot, now=now, metadata={**slot.metadata, GAVE_WAY_TO: standing[slot.scheduled_for]})


def _judged(account: ChannelAccount, moves: Sequence[tuple[PostInstance, Place]], *, now: datetime) -> list[Choice]:
    """Return what the rules say of each new time, beside the others as they will stand.

    :raises Conflict: naming what cannot stand there.
    """
    places = [place.at for _, place in moves]
    others = PostInstance.objects.filter(workspace_id=account.workspace_id, channel_account=account).busy()
    others = others.exclude(pk__in=[one.pk for one, _ in moves]).between(min(places) - REACH, max(places) + REACH)
    standing = list(others.order_by("scheduled_for").values_list("scheduled_for", flat=True))
    for one, place in moves:
        if one.status in BUSY:
            insort(standing, place.at)
    rules = {key: rules_of(account, now=now, campaign_id=key) for key in {one.campaign_id for one, _ in moves}}
    found = []
    for one, place in moves:
        _require_wanted(one, place.at, account)
        beside = [at for at in standing if at != place.at]
        try:
            found.append(keep(place.at, rules=rules[one.campaign_id], posts=beside, now=now))
        except Conflict as refusal:
            raise Conflict(
                gettext("Nothing was moved. %(post)s: %(why)s") % {"post": _called(one), "why": refusal.message}
            ) from refusal
    return found


def _require_wanted(instance: PostInstance, at: datetime, account: ChannelAccount) -> None:
    """Check a place against the latest time at which a post is wanted."""
    end = instance.scheduled_window_end
    if end and at > end:
        until = f"{to_local(end, account.zone):%Y-%m-%d %H:%M}"
        raise Conflict(
            gettext("Nothing was moved. %(post)s is wanted until %(until)s at the latest.")
            % {"post": _called(instance), "until": until}
        )


def _called(instance: PostInstance) -> str:
    content = instance.content_item
    return gettext("An empty slot") if content.is_placeholder else f"“{content.title}”"
