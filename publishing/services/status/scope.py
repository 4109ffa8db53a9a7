"""Whose numbers: those of some workspaces, or of the whole installation."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from workspaces.models import Workspace

Scope = Collection[UUID] | None
"""The ids of workspaces; None is the whole installation."""


def within(workspaces: Scope, path: str = "workspace") -> Q:
    """Return the condition that a row belongs to the scope."""
    return Q() if workspaces is None else Q(**{f"{path}__in": workspaces})


def named(workspaces: Scope, path: str = "workspace") -> Q:
    """Return the same with every workspace named, for indexes that begin with it."""
    return Q(**{f"{path}__in": Workspace.objects.order_by() if workspaces is None else workspaces})
