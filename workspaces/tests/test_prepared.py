"""Queries that are written once give what the ORM gives, for whatever values they are filled with."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery

from workspaces.models import Membership, Workspace
from workspaces.prepared import Prepared
from workspaces.roles import Role
from workspaces.tests.factories import NOW, MembershipFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db


def members(*, workspace, since):
    found = Membership.objects.filter(workspace=workspace, created_at__gte=since, role=Role.EDITOR)
    return found.select_related("workspace", "user").order_by("user__username")


@pytest.fixture
def team():
    here, there = WorkspaceFactory(), WorkspaceFactory()
    for name in ("anna", "berta"):
        MembershipFactory(workspace=here, role=Role.EDITOR, user__username=name)
    MembershipFactory(workspace=here, role=Role.VIEWER)
    MembershipFactory(workspace=there, role=Role.EDITOR, user__username="cora")
    return here, there


def test_each_call_gives_the_rows_of_its_own_values_with_what_is_joined(team, django_assert_num_queries):
    here, there = team
    ask, since = Prepared(members), NOW - timedelta(days=1)
    ask(workspace=here.pk, since=since)

    with django_assert_num_queries(2):
        found = [[(one.user.username, one.workspace) for one in ask(workspace=place.pk, since=since)] for place in team]

    assert found == [[("anna", here), ("berta", here)], [("cora", there)]]
    assert ask(workspace=here.pk, since=NOW + timedelta(days=36_500)) == []


def test_values_and_what_is_reckoned_by_the_database_come_as_the_orm_gives_them(team):
    def counted(*, name):
        mine = Membership.objects.filter(workspace=OuterRef("pk")).order_by().values("workspace")
        number = Subquery(mine.annotate(number=Count("pk")).values("number"))
        return Workspace.objects.filter(name=name).values_list("pk", number)

    ask = Prepared(counted)

    assert [ask.one(name=one.name) for one in team] == [(team[0].pk, 3), (team[1].pk, 1)]
    assert ask.one(name="nobody's") is None


def test_rows_are_counted_up_to_the_limit_of_the_queryset(team):
    ask = Prepared(lambda *, workspace: Membership.objects.filter(workspace=workspace).values_list("pk")[:2])

    assert [ask.count(workspace=place.pk) for place in team] == [2, 1]


def test_a_row_can_be_changed_and_saved_as_any_other(team):
    ask = Prepared(members)

    found = ask.one(workspace=team[1].pk, since=NOW - timedelta(days=1))
    found.role = Role.ADMIN
    found.save(update_fields=["role"])

    assert found._state.db == "default"
    assert Membership.objects.get(pk=found.pk).role == Role.ADMIN


@pytest.mark.parametrize(
    "build",
    [
        pytest.param(lambda *, since: Membership.objects.filter(created_at=since - timedelta(days=1)), id="reckons"),
        pytest.param(lambda *, since: Membership.objects.order_by("pk"), id="leaves out"),
        pytest.param(lambda *, since: Membership.objects.filter(created_at__year=since.year), id="takes a part"),
        pytest.param(lambda *, since: Membership.objects.all()[: since.microsecond + 1], id="shapes"),
    ],
)
def test_a_query_that_does_more_with_a_value_than_to_pass_it_on_is_refused(build):
    with pytest.raises(ValueError, match="reckons with a value, or leaves one out"):
        Prepared(build)(since=NOW)


@pytest.mark.django_db(transaction=True)
def test_rows_are_not_locked_outside_of_a_transaction():
    ask, where = Prepared(lambda *, key: Workspace.objects.select_for_update().filter(pk=key)), WorkspaceFactory()
    with transaction.atomic():
        assert ask(key=where.pk) == [where]

    with pytest.raises(transaction.TransactionManagementError):
        ask(key=where.pk)
