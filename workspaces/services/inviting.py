"""Bringing people into a workspace: who signs in here already, and who gets a login and a link to set its password.

No mail is sent: an installation may have none. The link goes back to who asked for it, who passes it on.
"""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Exists, OuterRef
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from workspaces.errors import Conflict, Invalid, NotFound
from workspaces.ledger import record, unit_of_work
from workspaces.lookup import is_storable
from workspaces.models import Membership, Workspace
from workspaces.services.members import save_member

Link = tuple[str, str]
"""What the address of a one-time link carries: who it is for, and the token."""


def add_known(*, workspace: Workspace, username: str, role: str, now: datetime, actor: str) -> Membership:
    """Add somebody who signs in here already.

    :raises NotFound: if there is nobody of that name.
    :raises Conflict: if the person is a member already.
    """
    person = _named(username)
    if person is None:
        said = _("There is nobody called “%(name)s” here.") % {"name": username}
        raise NotFound(said, errors={"username": [said]})
    try:
        return save_member(membership=_membership(workspace, person, role, now), now=now, actor=actor)
    except IntegrityError as error:
        said = _("%(person)s is a member of %(workspace)s already.") % {"person": person, "workspace": workspace}
        raise Conflict(said, errors={"username": [said]}) from error


def invite(*, workspace: Workspace, username: str, email: str, role: str, now: datetime, actor: str) -> Membership:
    """Make a login for somebody new, without a password, and add them.

    :raises Invalid: if the name or the mail address is none.
    :raises Conflict: if somebody has that name; whether they belong here is not for this to decide.
    """
    person = get_user_model()(username=username.strip(), email=get_user_model().objects.normalize_email(email))
    person.set_unusable_password()
    try:
        person.clean_fields()
    except ValidationError as error:
        raise Invalid(next(iter(error.message_dict.values()))[0], errors=error.message_dict) from error
    said = _("Somebody is called “%(name)s” already. Choose another name, or add who signs in here already.")
    taken = Conflict(said % {"name": username}, errors={"username": [said % {"name": username}]})
    if get_user_model().objects.filter(username__iexact=person.username).exists():
        raise taken
    try:
        with unit_of_work():
            person.save(force_insert=True)
            return save_member(membership=_membership(workspace, person, role, now), now=now, actor=actor)
    except IntegrityError as error:
        raise taken from error


def members_of(workspace: Workspace) -> list[Membership]:
    """Return the people of a workspace, each with `has_password` and `may_have_link` (`make_link`); one query."""
    elsewhere = Membership.objects.filter(user=OuterRef("user")).exclude(pk=OuterRef("pk"))
    members = list(
        Membership.objects.filter(workspace=workspace)
        .select_related("user")
        .annotate(belongs_elsewhere=Exists(elsewhere))
        .order_by("user__username", "id")
    )
    for one in members:
        one.has_password = one.user.has_usable_password()
        one.may_have_link = not one.belongs_elsewhere and _waits(one.user)
    return members


def _waits(person: AbstractBaseUser) -> bool:
    return person.is_active and not person.is_superuser and not person.has_usable_password()


def make_link(*, membership: Membership, now: datetime, actor: str) -> Link:
    """Return a link under which a new member sets their password, once; links made before are nothing from now on.

    Never for somebody who has a password or belongs elsewhere: it would let an admin of one workspace become them.

    :raises Conflict: if it is such a one.
    """
    elsewhere = Membership.objects.filter(user=membership.user).exclude(pk=membership.pk)
    if not _waits(membership.user) or elsewhere.exists():
        raise Conflict(
            _("%(person)s has a password, or belongs to other workspaces too: only they can change it.")
            % {"person": membership.user}
        )
    person = membership.user
    person.set_unusable_password()  # Another one each time: what was signed with the one before fits no more.
    with unit_of_work():
        person.save(update_fields=["password"])
        record(
            "member_link_made",
            workspace_id=membership.workspace_id,
            entity_type="membership",
            entity_id=membership.pk,
            actor=actor,
            now=now,
            metadata={"user": person.get_username()},
        )
    return urlsafe_base64_encode(force_bytes(person.pk)), default_token_generator.make_token(person)


def _named(username: str) -> AbstractBaseUser | None:
    return get_user_model().objects.filter(username=username.strip()).first() if is_storable(username) else None


def _membership(workspace: Workspace, person: AbstractBaseUser, role: str, now: datetime) -> Membership:
    return Membership(workspace=workspace, user=person, role=role, created_at=now)
