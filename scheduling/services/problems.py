"""What a person does about posts that failed, are unconfirmed, or were missed: send again, "it is there", skip."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from scheduling.models import PostInstance, Status
from scheduling.rules import iso
from scheduling.services.changing import change, refused_move
from scheduling.services.edit import skip
from scheduling.services.history import note
from scheduling.services.replanning import replan
from workspaces.errors import Conflict, Invalid, Refusal
from workspaces.ledger import unit_of_work
from workspaces.lookup import is_storable
from workspaces.models import Workspace
from workspaces.prepared import Prepared

PROBLEMS = (Status.UNCONFIRMED, Status.FAILED, Status.MISSED)  # The most pressing first.
CONFIRMABLE = (Status.UNCONFIRMED, Status.FAILED)
MOST_COUNTED = 99
LONGEST_URL = PostInstance._meta.get_field("remote_url").max_length
NEEDS_URL = gettext_noop("Paste the address at which the post can be seen, such as https://example.com/posts/1.")
BAD_URL = gettext_noop("“%(url)s” is not an address that a browser opens. Paste it whole, with https://.")
_check_url = URLValidator(schemes=("http", "https"))


@dataclass(frozen=True)
class Answered:
    """One of many posts, and why nothing was done with it; no refusal means that it was done."""

    instance: PostInstance
    refusal: Refusal | None = None


def problems_of(workspaces: Iterable[Workspace]) -> QuerySet[PostInstance]:
    """Return the posts of workspaces that wait for a person's decision."""
    return PostInstance.objects.filter(workspace__in=workspaces, status__in=PROBLEMS)


def count_problems(workspace: Workspace) -> int:
    """Return how many such posts a workspace has; beyond `MOST_COUNTED` nobody counts on."""
    return _counted.count(workspace=workspace.pk)


@Prepared
def _counted(*, workspace: UUID) -> QuerySet:
    return PostInstance.objects.filter(workspace=workspace, status__in=PROBLEMS).values_list("pk")[: MOST_COUNTED + 1]


def requeue(*, instance: PostInstance, now: datetime, actor: str) -> PostInstance:
    """Send a post again: at the next time that keeps every rule, from now on.

    :raises Conflict: if it has no problem (any more), or no time keeps the rules.
    :raises Invalid: if it cannot go to its account.
    """
    answer = requeue_many(instances=[instance], now=now, actor=actor)[0]
    if answer.refusal:
        raise answer.refusal
    return answer.instance


def requeue_many(*, instances: Iterable[PostInstance], now: datetime, actor: str) -> list[Answered]:
    """Send posts again, each at the next time that the rules leave it: those of an account follow each other.

    The most important and oldest comes first; a post that is refused does not stop the others.
    """
    given = list({one.pk: one for one in instances}.values())
    refusals: dict[UUID, Refusal] = {
        one.pk: Conflict(_no_problem(one.status)) for one in given if one.status not in PROBLEMS
    }
    wanted = [one for one in given if one.pk not in refusals]
    by_account: dict[UUID, list[PostInstance]] = {}
    for one in sorted(wanted, key=lambda one: (-one.priority, one.scheduled_for, one.pk)):
        by_account.setdefault(one.channel_account_id, []).append(one)
    for account_id in sorted(by_account):
        refusals |= replan(account_id, by_account[account_id], now=now, actor=actor)
    return [Answered(one, refusals.get(one.pk)) for one in given]


def confirm(*, instance: PostInstance, url: str, now: datetime, actor: str) -> PostInstance:
    """Note that a post is on its platform, as somebody saw at an address.

    It counts as published at its attempt, where nobody knew what became of it, else now.

    :raises Conflict: if it is neither failed nor unconfirmed (any more).
    :raises Invalid: if that is no address.
    """
    if instance.status not in CONFIRMABLE:
        raise Conflict(refused_move(instance.status, Status.PUBLISHED))
    url = _readable(url)
    was = instance.status
    at = (instance.first_attempt_at if was == Status.UNCONFIRMED else None) or now
    with unit_of_work():
        change(instance, to=Status.PUBLISHED, now=now, published_at=at, remote_url=url, reason="")
        note("publish_confirmed", instance, actor=actor, now=now, was=was, remote_url=url, published_at=iso(at))
    return instance


def skip_many(*, instances: Iterable[PostInstance], now: datetime, actor: str, reason: str = "") -> list[Answered]:
    """Leave out posts; one that is refused does not stop the others."""
    return [Answered(one, refusal_of(skip, instance=one, now=now, actor=actor, reason=reason)) for one in instances]


def refusal_of(service: Callable[..., object], *values: Any, **given: Any) -> Refusal | None:
    """Call a service; return its refusal instead of raising it."""
    try:
        service(*values, **given)
    except Refusal as refusal:
        return refusal
    return None


def _no_problem(status: str) -> str:
    """Return why a post of a state is not sent again."""
    if status in (Status.DRAFT, Status.IN_REVIEW, Status.SKIPPED, Status.CANCELED):
        said = _("It is %(status)s: only what failed, is unconfirmed or was missed is sent again.")
        return said % {"status": Status(status).label.lower()}
    return refused_move(status, Status.SCHEDULED)


def _readable(url: str) -> str:
    """Return an address without what stands around it.

    :raises Invalid: if it is none.
    """
    found = url.strip()
    if not found:
        raise Invalid(_(NEEDS_URL), errors={"url": [_(NEEDS_URL)]})
    if len(found) > LONGEST_URL:
        said = _("An address has %(most)s characters at most.") % {"most": LONGEST_URL}
        raise Invalid(said, errors={"url": [said]})
    try:
        _check_url(found if is_storable(found) else "")
    except ValidationError as error:
        said = _(BAD_URL) % {"url": found[:80]}
        raise Invalid(said, errors={"url": [said]}) from error
    return found
