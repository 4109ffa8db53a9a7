"""Making a workspace for oneself."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from workspaces.errors import Conflict, Forbidden, Invalid
from workspaces.ledger import record, unit_of_work
from workspaces.lookup import has_words
from workspaces.models import Membership, Workspace
from workspaces.roles import Role
from workspaces.services.members import save_member

LONGEST_SLUG = 50
TRIES = 50


def may_found(user: AbstractBaseUser) -> bool:
    """Return whether a person may make workspaces: who runs the installation, or owns one already."""
    return user.is_superuser or user.memberships.filter(role=Role.OWNER).exists()


def found_workspace(*, name: str, timezone: ZoneInfo, owner: AbstractBaseUser, now: datetime, actor: str) -> Workspace:
    """Make a workspace and its owner's membership.

    :raises Forbidden: if the person may not.
    :raises Invalid: if the name says nothing or is too long.
    """
    if not may_found(owner):
        raise Forbidden(_("Only who owns a workspace, or runs this installation, may make another."))
    longest = Workspace._meta.get_field("name").max_length
    if not has_words(name) or len(name) > longest:
        said = _("A workspace needs a name of up to %(most)s characters.") % {"most": longest}
        raise Invalid(said, errors={"name": [said]})
    with unit_of_work():
        made = _make(name.strip(), timezone, now)
        record(
            "workspace_created",
            workspace_id=made.pk,
            entity_type="workspace",
            entity_id=made.pk,
            actor=actor,
            now=now,
            metadata={"name": made.name, "slug": made.slug},
        )
        mine = Membership(workspace=made, user=owner, role=Role.OWNER, created_at=now)
        save_member(membership=mine, now=now, actor=actor)
    return made


def _make(name: str, timezone: ZoneInfo, now: datetime) -> Workspace:
    """Make the row under the first slug that is free; others may found one of the same name in the same moment."""
    stem = slugify(name)[:LONGEST_SLUG].strip("-") or "workspace"
    for number in range(1, TRIES):
        slug = stem if number == 1 else f"{stem}-{number}"
        try:
            with transaction.atomic():
                return Workspace.objects.create(name=name, slug=slug, timezone=timezone, created_at=now, updated_at=now)
        except IntegrityError:
            continue
    raise Conflict(_("There are %(number)s workspaces of that name already. Choose another name.") % {"number": TRIES})
