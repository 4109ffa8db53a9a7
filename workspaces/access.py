"""Who is calling, which workspaces they reach, and what they may do there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils.translation import gettext

from workspaces.errors import Forbidden, Invalid, NotFound
from workspaces.lookup import is_storable
from workspaces.models import ApiKey, Membership, Workspace
from workspaces.prepared import Prepared
from workspaces.roles import SCOPES, SCOPES_OF_ROLE

_MEMBERSHIPS = Prepared(
    lambda *, user: (
        Membership.objects.filter(user=user).select_related("workspace").order_by("workspace__name", "workspace_id")
    )
)


@dataclass(frozen=True)
class Caller:
    """A person or a key, with their scopes by workspace; `everywhere` is a superuser."""

    actor: str
    scopes: Mapping[UUID, frozenset[str]]
    everywhere: bool = False
    home: Workspace | None = field(default=None, compare=False)
    """The only workspace of the caller, where it has been read with the credentials."""
    zones: Mapping[UUID, ZoneInfo | None] = field(default_factory=dict, compare=False)
    """A person's own zone in each workspace."""
    homes: tuple[Workspace, ...] = field(default=(), compare=False)
    """The workspaces of a person by name, which have been read with their roles."""

    def homes_or_all(self) -> list[Workspace]:
        """Return the workspaces that a person belongs to, by name; without a query, but for a superuser."""
        return list(Workspace.objects.all()) if self.everywhere else list(self.homes)

    def workspaces(self) -> QuerySet[Workspace]:
        """Return the workspaces that the caller belongs to."""
        return Workspace.objects.all() if self.everywhere else Workspace.objects.filter(pk__in=self.scopes)

    def may(self, scope: str, workspace_id: UUID) -> bool:
        """Return whether the caller has a scope in a workspace."""
        return self.everywhere or scope in self.scopes.get(workspace_id, ())

    def workspace_ids(self, scope: str) -> list[UUID] | None:
        """Return the workspaces in which the caller has a scope; None means all."""
        return None if self.everywhere else [key for key, scopes in self.scopes.items() if scope in scopes]

    def require(self, scope: str, workspace: Workspace) -> None:
        """Check a scope.

        :raises Forbidden: if it is missing.
        """
        if not self.may(scope, workspace.pk):
            raise Forbidden(
                gettext("This needs the '%(scope)s' scope in %(workspace)s, which your role or key does not have.")
                % {"scope": scope, "workspace": workspace.name}
            )

    def require_anywhere(self, scope: str) -> None:
        """Check that the caller has a scope in some workspace, before it is known which one is meant.

        :raises Forbidden: if there is none.
        """
        if self.scopes and self.workspace_ids(scope) == []:
            raise Forbidden(
                gettext("This needs the '%(scope)s' scope, which your role or key does not have.") % {"scope": scope}
            )

    def workspace(self, slug: str | None) -> Workspace:
        """Return the workspace that a `tenant_id` names; it may be left out where there is only one.

        :raises NotFound: if the caller does not belong to it.
        :raises Invalid: if several are possible.
        """
        if self.home and slug in (None, "", self.home.slug):
            return self.home
        if slug:
            found = self.workspaces().filter(slug=slug).first() if is_storable(slug) else None
            if found is None:
                raise NotFound(gettext("There is no workspace '%(name)s'.") % {"name": slug})
            return found
        several = list(self.workspaces()[:2])
        if not several:
            raise NotFound(gettext("You do not belong to a workspace yet."))
        if len(several) > 1:
            raise Invalid(
                gettext("Say which workspace: tenant_id is missing."),
                errors={"tenant_id": [gettext("This is needed.")]},
            )
        return several[0]


def caller_of_user(user: AbstractBaseUser) -> Caller:
    """Return a person as a caller."""
    found = _MEMBERSHIPS(user=user.pk)
    return Caller(
        f"user:{user.get_username()}",
        {one.workspace_id: SCOPES_OF_ROLE[one.role] for one in found},
        everywhere=user.is_superuser,
        zones={one.workspace_id: one.timezone for one in found},
        homes=tuple(one.workspace for one in found),
    )


def caller_of_key(key: ApiKey) -> Caller:
    """Return an API key as a caller."""
    scopes = {key.workspace_id: frozenset(key.scopes) & frozenset(SCOPES)}
    return Caller(f"key:{key.prefix}", scopes, home=key.workspace)
