"""Who is in a workspace, and as what: somebody has to be left who owns and runs it."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from workspaces.errors import Conflict
from workspaces.ledger import record, unit_of_work
from workspaces.models import Membership, Workspace
from workspaces.roles import ADMIN, SCOPES_OF_ROLE, Role

RUNNING = tuple(role for role in Role.values if ADMIN in SCOPES_OF_ROLE[role])
LAST_OWNER = gettext_noop("%(person)s is the last owner of %(workspace)s: make somebody else an owner first.")
LAST = gettext_noop("%(person)s is the last who runs %(workspace)s: make somebody else an owner or an admin first.")


def save_member(*, membership: Membership, now: datetime, actor: str) -> Membership:
    """Add a person to a workspace, or change their role, zone or language.

    :raises Conflict: if nobody would be left who owns or runs the workspace.
    """
    is_new = membership._state.adding
    with unit_of_work():
        if not is_new:
            _require_others(membership, becomes=membership.role)
        membership.updated_at = now
        membership.save()
        _note("member_added" if is_new else "member_changed", membership, now=now, actor=actor)
    return membership


def choose_language(*, user: AbstractBaseUser, tongue: str, now: datetime, actor: str) -> None:
    """Note in which language a person is written to, wherever they are a member: the one that they chose for pages."""
    with unit_of_work():
        for one in Membership.objects.filter(user=user).exclude(language=tongue).select_related("user"):
            one.language, one.updated_at = tongue, now
            one.save(update_fields=["language", "updated_at"])
            _note("member_changed", one, now=now, actor=actor)


def remove_member(*, membership: Membership, now: datetime, actor: str) -> None:
    """Take a person out of a workspace.

    :raises Conflict: if nobody would be left who owns or runs the workspace.
    """
    with unit_of_work():
        _require_others(membership, becomes="")
        _note("member_removed", membership, now=now, actor=actor)
        membership.delete()


def _require_others(membership: Membership, *, becomes: str) -> None:
    """Check that an owner, or who else runs a workspace, is not the last; two who leave at once take turns.

    :param becomes: the role that the person will have; nothing if they leave.
    :raises Conflict: if they are.
    """
    workspace = Workspace.objects.select_for_update(no_key=True).get(pk=membership.workspace_id)
    before = Membership.objects.filter(pk=membership.pk).values_list("role", flat=True).first()
    others = Membership.objects.filter(workspace=workspace, user__is_active=True).exclude(pk=membership.pk)
    for said, roles in ((LAST_OWNER, (Role.OWNER,)), (LAST, RUNNING)):
        if before in roles and becomes not in roles and not others.filter(role__in=roles).exists():
            raise Conflict(_(said) % {"person": membership.user, "workspace": workspace})


def _note(event_type: str, membership: Membership, *, now: datetime, actor: str) -> None:
    record(
        event_type,
        workspace_id=membership.workspace_id,
        entity_type="membership",
        entity_id=membership.pk,
        actor=actor,
        now=now,
        metadata={"user": membership.user.get_username(), "role": membership.role},
    )
