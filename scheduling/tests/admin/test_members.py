"""Somebody is always left who runs a workspace."""

import pytest

from workspaces.admin.display import admin_url
from workspaces.models import LedgerEvent, Membership
from workspaces.tests.admin_pages import errors, said, send
from workspaces.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
LAST_OWNER = "owner is the last owner of H2O Agency: make somebody else an owner first."
LAST = "admin is the last who runs H2O Agency: make somebody else an owner or an admin first."


def member(cast, who):
    return cast.workspace.memberships.get(user=getattr(cast, who))


def page(row, name="change"):
    return admin_url(row, name, row.pk)


def events():
    return list(LedgerEvent.objects.order_by("id").values_list("event_type", "actor", "metadata__user"))


@pytest.fixture
def last(cast):
    """The admin, after the owner left."""
    member(cast, "owner").delete()
    return member(cast, "admin")


def test_the_last_who_runs_it_cannot_be_removed(admin, last):
    answer = admin.post(page(last, "delete"), {"post": "yes"})

    assert said(answer) == [LAST]
    assert Membership.objects.filter(pk=last.pk).exists()
    assert events() == []


def test_the_last_who_runs_it_keeps_the_role(admin, last):
    answer = send(admin, page(last), role="editor")

    last.refresh_from_db()
    assert errors(answer)["__all__"] == [LAST]
    assert last.role == "admin"


def test_one_of_two_may_go_and_the_ledger_says_who_did_it(admin, cast):
    other = MembershipFactory(workspace=cast.workspace, role="owner", user__username="carla")

    admin.post(page(other, "delete"), {"post": "yes"})

    assert not Membership.objects.filter(pk=other.pk).exists()
    assert events() == [("member_removed", "user:admin", "carla")]


def test_the_last_owner_stays_and_stays_the_owner(admin, cast):
    owner = member(cast, "owner")

    removed = admin.post(page(owner, "delete"), {"post": "yes"})
    demoted = send(admin, page(owner), role="admin")

    assert said(removed) == [LAST_OWNER]
    assert errors(demoted)["__all__"] == [LAST_OWNER]
    assert member(cast, "owner").role == "owner"
    assert events() == []


def test_those_who_do_not_run_it_come_and_go(admin, last, cast):
    send(admin, page(member(cast, "viewer")), role="editor")
    admin.post(page(member(cast, "editor"), "delete"), {"post": "yes"})

    assert events() == [("member_changed", "user:admin", "viewer"), ("member_removed", "user:admin", "editor")]
