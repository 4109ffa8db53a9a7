"""What cannot be stored of WHO, whoever tries."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import BaseConstraint

from workspaces.models import Membership, Workspace
from workspaces.tests.factories import NOW, MembershipFactory, UserFactory, WorkspaceFactory
from workspaces.tests.refusals import database_refuses

pytestmark = pytest.mark.django_db
OURS = ("workspaces", "campaigns", "scheduling")
CONSTRAINTS = [
    pytest.param(constraint, id=constraint.name)
    for app in OURS
    for model in apps.get_app_config(app).get_models()
    for constraint in model._meta.constraints
]


@pytest.mark.parametrize("factory", [WorkspaceFactory, UserFactory, MembershipFactory])
def test_every_factory_makes_a_valid_row(factory):
    row = factory(password="!") if factory is UserFactory else factory()

    row.full_clean()


@pytest.mark.parametrize(
    "pause",
    [
        pytest.param({"paused_until": NOW}, id="an end without a beginning"),
        pytest.param({"paused_at": NOW, "paused_until": NOW}, id="over as it begins"),
        pytest.param({"paused_at": NOW, "paused_until": NOW - timedelta(hours=1)}, id="over before it begins"),
    ],
)
def test_a_pause_that_does_not_begin_before_it_ends_is_refused(pause):
    workspace = WorkspaceFactory()

    with database_refuses("workspaces_pause_ends_after_it_began"):
        Workspace.objects.filter(pk=workspace.pk).update(**pause)


def test_a_pause_without_an_end_is_stored():
    workspace = WorkspaceFactory()

    Workspace.objects.filter(pk=workspace.pk).update(paused_at=NOW)

    assert Workspace.objects.get(pk=workspace.pk).is_paused(NOW)


def test_a_person_is_a_member_of_a_workspace_once():
    there = MembershipFactory()

    with database_refuses("one_membership_per_person_and_workspace", "memberships.user_id", "memberships.workspace_id"):
        Membership.objects.bulk_create([Membership(workspace=there.workspace, user=there.user, role="viewer")])


def test_a_role_that_nobody_knows_is_refused():
    there = MembershipFactory()

    with database_refuses("membership_role_is_known"):
        Membership.objects.filter(pk=there.pk).update(role="emperor")


def test_two_workspaces_cannot_have_one_tenant_id():
    WorkspaceFactory(slug="h2o")

    with database_refuses("slug", "workspaces.slug"):
        Workspace.objects.bulk_create([Workspace(name="H3O", slug="h2o")])


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_every_constraint_has_a_sentence_for_people(constraint):
    said = str(constraint.violation_error_message)

    assert said != str(BaseConstraint.default_violation_error_message)
    assert said[0].isupper()
    assert said.endswith(".")


def test_a_form_reads_the_sentence_of_a_constraint():
    workspace = WorkspaceFactory.build(paused_until=NOW)

    with pytest.raises(ValidationError) as refused:
        workspace.full_clean()

    assert refused.value.messages == ["A pause needs a beginning, and has to end after it."]
