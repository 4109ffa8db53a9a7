"""The cast that stands ready for every test: people of one workspace, and a stranger from another."""

from types import SimpleNamespace

import pytest

from workspaces.roles import Role
from workspaces.tests.factories import MembershipFactory, WorkspaceFactory


@pytest.fixture
def cast(db):
    """Return a workspace with a person of each role, and a stranger who owns another workspace."""
    workspace = WorkspaceFactory(name="H2O Agency", slug="h2o")
    people = {
        role.value: MembershipFactory(workspace=workspace, role=role, user__username=role.value).user for role in Role
    }
    stranger = MembershipFactory(role=Role.OWNER, user__username="stranger", workspace__slug="elsewhere")
    return SimpleNamespace(workspace=workspace, stranger=stranger.user, elsewhere=stranger.workspace, **people)
