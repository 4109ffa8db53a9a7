"""Changing a post instance: legal, only if nobody was faster, and with its instant kept unique."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from scheduling.models import PostInstance, Status
from scheduling.rules import is_legal, to_local
from workspaces.errors import Conflict, Stale

TAKEN = gettext_noop("Another post stands at that time on this account. Choose another minute.")
CHANGED = gettext_noop("Somebody else changed this post meanwhile. Look at it again, then decide.")
WILL_GO_OUT = (Status.SCHEDULED, Status.PENDING, Status.PUBLISHING)
FRESH_START = {"retry_count": 0, "first_attempt_at": None}  # A new choice of time: the old one's retries are over.
NO_LEASE = {"claim": None, "claimed_by": "", "lease_ends_at": None}


def change(instance: PostInstance, *, now: datetime, to: str | None = None, **values: Any) -> PostInstance:
    """Update an instance in one conditional statement, and the object with it.

    :param to: its new state; none keeps the one it has.
    :raises Conflict: if the move is not legal, its instant is taken, or somebody was faster.
    """
    if to is not None:
        require_legal(instance, to)
    to = to or instance.status
    values = {**values, "status": to, "updated_at": now}
    if to not in WILL_GO_OUT:
        values["due_at"] = None
    same = PostInstance.objects.filter(pk=instance.pk, status=instance.status, version=instance.version)
    with unique_instant():
        won = same.update(version=F("version") + 1, **values)
    if not won:
        raise Conflict(_who_was_faster(instance, to))
    for name, value in values.items():
        setattr(instance, name, value)
    instance.version += 1
    return instance


def require_version(instance: PostInstance, version: int | None) -> None:
    """Check that an instance is what its editor looked at; a change that comes between is caught by `change`.

    :raises Stale: if it is another version by now.
    """
    if version is not None and instance.version != version:
        raise Stale(_(CHANGED), version=instance.version)


def require_legal(instance: PostInstance, to: str) -> None:
    """Check a move against the table.

    :raises Conflict: if it is not in it.
    """
    if not is_legal(instance.status, to):
        raise Conflict(refused_move(instance.status, to))


def refused_move(at: str, to: str) -> str:
    """Return why a move is refused, in a person's words."""
    if at == Status.PUBLISHING:
        return _("Too late: it is being published right now.")
    if at == Status.PUBLISHED:
        return _("It is published; that cannot be changed from here.")
    if at == Status.PLANNED:
        return _("This slot is empty already.") if to == at else _("This slot is empty: put content in it first.")
    if at == Status.PENDING and to == Status.SCHEDULED:
        return _("It is due already: the workers take it next.")
    if at == Status.UNCONFIRMED and to == Status.SCHEDULED:
        return _("Nobody knows whether it went out. Decide that first, before it is sent again.")
    if at == to:
        return _("It is %(status)s already.") % {"status": Status(at).label.lower()}
    states = {"status": Status(at).label.lower(), "to": Status(to).label.lower()}
    return _("It is %(status)s: from there it cannot become %(to)s.") % states


def _who_was_faster(instance: PostInstance, to: str) -> str:
    found = PostInstance.objects.filter(pk=instance.pk).values_list("status", flat=True).first()
    return refused_move(found, to) if found in (Status.PUBLISHING, Status.PUBLISHED) else _(CHANGED)


@contextmanager
def unique_instant() -> Iterator[None]:
    """Turn the database's word that an instant is taken into a refusal.

    :raises Conflict: if a write inside puts two posts on one instant of an account.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        # PostgreSQL names the constraint, SQLite its columns.
        if any(word in str(error) for word in ("uq_post_instances_tenant_account_scheduled", ".scheduled_for")):
            raise Conflict(_(TAKEN)) from error
        raise


def wall_clock(at: datetime, zone: ZoneInfo) -> dict[str, str]:
    """Return the wall time and zone that are kept beside an instant."""
    return {"local_time": to_local(at, zone).strftime("%Y-%m-%dT%H:%M:%S"), "timezone": zone.key}
