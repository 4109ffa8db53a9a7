"""Keeping a file between the look at what would come of it and its import."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from scheduling.models import HeldFile
from scheduling.services.importing.kinds import import_file, kind_of
from scheduling.services.importing.report import Report
from scheduling.services.importing.service import format_of
from workspaces.errors import Conflict, NotFound
from workspaces.ledger import unit_of_work
from workspaces.models import Workspace

KEPT_FOR = timedelta(days=1)  # Long enough to ask a colleague, short enough that nobody imports last week's plan.
GONE = gettext_noop(
    "That file is not kept any more: it was imported, replaced by another, or is older than a day. Choose it again."
)
AT_ONCE = gettext_noop("Another file of yours came in at the same moment. Choose the one that you mean again.")


@dataclass(frozen=True)
class Holder:
    """A person in a workspace: whoever uploaded a file is the only one who sees and imports it."""

    workspace: Workspace
    user: Any


def hold_file(*, holder: Holder, name: str, data: bytes, now: datetime) -> HeldFile:
    """Keep a file that can be read, in the place of the person's one before; those that are over go.

    :param data: no more than is allowed and one byte.
    :raises Invalid: if it cannot be read as a whole.
    :raises Conflict: if the person uploads another one at the same moment.
    """
    format = format_of(name)
    kind_of(format, data)
    stamps = {"created_at": now, "updated_at": now}
    try:
        with transaction.atomic():
            HeldFile.objects.filter(created_at__lte=now - KEPT_FOR).delete()
            _of(holder).delete()
            return HeldFile.objects.create(
                workspace=holder.workspace, user=holder.user, name=name[-200:], format=format, data=data, **stamps
            )
    except IntegrityError as error:
        raise Conflict(_(AT_ONCE)) from error


def try_held(*, holder: Holder, key: UUID, now: datetime, actor: str) -> tuple[HeldFile, Report]:
    """Return a held file and what would come of it by now.

    :raises NotFound: if it is not held any more.
    """
    held = _find(_of(holder), key, now)
    return held, _import(held, now=now, actor=actor, dry_run=True, partial=True)


def import_held(*, holder: Holder, key: UUID, partial: bool, now: datetime, actor: str) -> tuple[HeldFile, Report]:
    """Import a held file; once it has come in it is not held any more, so that a second click does nothing.

    :raises NotFound: if it is not held any more.
    """
    with unit_of_work():
        held = _find(_of(holder).select_for_update(of=("self",)), key, now)
        report = _import(held, now=now, actor=actor, partial=partial)
        if report.is_kept:
            _of(holder).filter(pk=key).delete()
    return held, report


def _import(held: HeldFile, **how: Any) -> Report:
    data, format = bytes(held.data), held.format
    return import_file(workspace=held.workspace, kind=kind_of(format, data), data=data, format=format, **how)


def _of(holder: Holder) -> Any:
    return HeldFile.objects.filter(workspace=holder.workspace, user=holder.user)


def _find(rows: Any, key: UUID, now: datetime) -> HeldFile:
    held = rows.filter(pk=key, created_at__gt=now - KEPT_FOR).select_related("workspace").first()
    if held is None:
        raise NotFound(_(GONE))
    return held
