"""The people of a workspace who decide, as targets of its notices: each gets a mail of their own."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from publishing.models import NoticeTarget
from workspaces.models import Membership
from workspaces.roles import Role

WHO = (Role.OWNER, Role.ADMIN, Role.APPROVER)
LONGEST = 100


def make_targets_of_people(workspace_ids: Collection[UUID], *, now: datetime) -> set[UUID]:
    """Make the targets that people lack; return the memberships that get mail, each address once a workspace."""
    members = Membership.objects.filter(workspace__in=workspace_ids, role__in=WHO, user__is_active=True)
    reached = {}
    for one in members.exclude(user__email="").select_related("user").order_by("created_at", "id"):
        reached.setdefault((one.workspace_id, one.user.email.casefold()), one)
    have = set(
        NoticeTarget.objects.filter(membership__workspace__in=workspace_ids).values_list("membership_id", flat=True)
    )
    taken = set(NoticeTarget.objects.filter(workspace__in=workspace_ids).values_list("workspace_id", "name"))
    for one in reached.values():
        if one.pk not in have:
            name = _free_name(one, taken)
            taken.add((one.workspace_id, name))
            NoticeTarget.objects.create(
                workspace_id=one.workspace_id, membership=one, name=name, created_at=now, updated_at=now
            )
    return {one.pk for one in reached.values()}


def _free_name(member: Membership, taken: set[tuple[UUID, str]]) -> str:
    name = wanted = f"Mail to {member.user.get_username()[:LONGEST]}"
    number = 1
    while (member.workspace_id, name) in taken:
        number += 1
        name = f"{wanted} ({number})"
    return name
