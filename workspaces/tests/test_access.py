"""Callers: which workspaces they reach, and what they may do there."""

import pytest

from workspaces.access import caller_of_key, caller_of_user
from workspaces.errors import Forbidden, Invalid, NotFound
from workspaces.lookup import is_storable
from workspaces.models import ApiKey
from workspaces.roles import Role
from workspaces.services.api_keys import create_key
from workspaces.tests.factories import NOW, MembershipFactory, UserFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db
MAY = {
    Role.OWNER: {"read", "write", "publish", "admin"},
    Role.ADMIN: {"read", "write", "publish", "admin"},
    Role.APPROVER: {"read", "write", "publish"},
    Role.EDITOR: {"read", "write"},
    Role.VIEWER: {"read"},
}


@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_the_contract_gives_it(cast, role):
    caller = caller_of_user(getattr(cast, role))

    assert {scope for scope in MAY[Role.OWNER] if caller.may(scope, cast.workspace.pk)} == MAY[role]
    assert not any(caller.may(scope, cast.elsewhere.pk) for scope in MAY[Role.OWNER])
    assert caller.actor == f"user:{role}"


def test_what_is_missing_is_refused_by_name(cast):
    with pytest.raises(Forbidden, match="This needs the 'write' scope in H2O Agency"):
        caller_of_user(cast.viewer).require("write", cast.workspace)


def test_a_person_has_another_role_in_another_workspace(cast):
    MembershipFactory(workspace=cast.elsewhere, user=cast.editor, role=Role.VIEWER)

    caller = caller_of_user(cast.editor)

    assert caller.may("write", cast.workspace.pk)
    assert not caller.may("write", cast.elsewhere.pk)
    assert set(caller.workspace_ids("read")) == {cast.workspace.pk, cast.elsewhere.pk}
    assert caller.workspace_ids("write") == [cast.workspace.pk]


def test_a_key_may_what_its_scopes_say_and_an_unknown_scope_gives_nothing():
    key, _ = create_key(workspace=WorkspaceFactory(), name="Shop", scopes=["read"], actor="command", now=NOW)
    ApiKey.objects.update(scopes=["read", "everything"])
    key.refresh_from_db()

    caller = caller_of_key(key)

    assert caller.scopes == {key.workspace_id: frozenset({"read"})}
    assert caller.actor == f"key:{key.prefix}"


def test_a_superuser_reaches_everything(cast):
    caller = caller_of_user(UserFactory(is_superuser=True))

    assert caller.may("admin", cast.elsewhere.pk)
    assert caller.workspace_ids("admin") is None
    assert caller.workspace("elsewhere") == cast.elsewhere


@pytest.mark.parametrize("slug", ["elsewhere", "nowhere", "a\x00b", "\ud800", "x" * 1000])
def test_a_workspace_that_the_caller_does_not_belong_to_is_not_found(cast, slug):
    with pytest.raises(NotFound):
        caller_of_user(cast.owner).workspace(slug)


def test_the_only_workspace_need_not_be_named_and_of_several_one_has_to_be(cast):
    only = caller_of_user(cast.editor).workspace(None)
    MembershipFactory(workspace=cast.elsewhere, user=cast.editor)

    with pytest.raises(Invalid, match="tenant_id is missing"):
        caller_of_user(cast.editor).workspace(None)

    assert only == cast.workspace


def test_somebody_without_a_workspace_is_told_so():
    with pytest.raises(NotFound, match="You do not belong to a workspace yet"):
        caller_of_user(UserFactory()).workspace(None)


def test_texts_of_every_language_can_be_stored_and_halves_of_characters_cannot():
    assert all(is_storable(text) for text in ("", "año", "☕", "日本語", "line\nbreak\ttab", "\U0001f600"))
    assert not any(is_storable(text) for text in ("\x00", "a\x00", "\ud800", "\udfff!"))
