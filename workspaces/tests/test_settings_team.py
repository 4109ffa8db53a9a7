"""The team's page: bringing people in, what they may do, and taking them out."""

import pytest
from django.contrib.auth import get_user_model

from scheduling.tests.pages.markup import Markup
from workspaces.models import LedgerEvent, Membership
from workspaces.roles import Role
from workspaces.tests.admin_pages import said
from workspaces.tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
TEAM = "/settings/team/"


@pytest.fixture
def browser(client, cast):
    """The admin's browser."""
    client.force_login(cast.admin)
    return client


def member(cast, who):
    return cast.workspace.memberships.get(user__username=who)


def role_of(cast, who):
    return cast.workspace.memberships.filter(user__username=who).values_list("role", flat=True).first()


def page(row, what):
    return f"{TEAM}{row.pk}/{what}/"


def add(browser, username, who="new", role="editor", **more):
    return browser.post(TEAM, {"who": who, "username": username, "role": role, **more})


def wrong(answer):
    return Markup(answer).one("ul", class_="errorlist").text


def events():
    return list(LedgerEvent.objects.order_by("id").values_list("event_type", "actor", "metadata__user"))


def test_somebody_new_gets_a_login_without_a_password_and_a_link(browser, cast):
    answer = add(browser, "lucia", email="lucia@example.com", role="approver")

    lucia = get_user_model().objects.get(username="lucia")
    assert answer.status_code == 201
    assert "/set-password/" in Markup(answer).one("input", id="secret")["value"]
    assert "no-store" in answer["Cache-Control"]
    assert (lucia.email, lucia.is_staff, lucia.has_usable_password()) == ("lucia@example.com", False, False)
    assert role_of(cast, "lucia") == "approver"
    assert events() == [("member_added", "user:admin", "lucia"), ("member_link_made", "user:admin", "lucia")]


def test_the_link_does_not_stand_on_the_page_a_second_time(browser):
    add(browser, "lucia")

    assert "/set-password/" not in browser.get(TEAM).content.decode()


def test_somebody_who_signs_in_here_already_is_added_by_name_and_keeps_the_password(browser, cast):
    ana = UserFactory(username="ana")
    ana.set_password("seven-plain-teaspoons")
    ana.save()

    answer = add(browser, "ana", who="known", role="viewer")

    ana.refresh_from_db()
    assert said(answer) == ["Added ana, who signs in as before."]
    assert role_of(cast, "ana") == "viewer"
    assert ana.check_password("seven-plain-teaspoons")


def test_a_name_of_somebody_elsewhere_is_not_brought_in_by_mistake(browser, cast):
    answer = add(browser, "Stranger")

    assert answer.status_code == 409
    assert "Somebody is called “Stranger” already." in wrong(answer)
    assert role_of(cast, "stranger") is None


def test_a_name_that_nobody_has_is_refused_where_somebody_known_is_meant(browser):
    answer = add(browser, "nobody", who="known")

    assert answer.status_code == 404
    assert wrong(answer) == "There is nobody called “nobody” here."


def test_a_member_is_not_added_twice(browser, cast):
    answer = add(browser, "editor", who="known", role="viewer")

    assert answer.status_code == 409
    assert wrong(answer) == "editor is a member of H2O Agency already."
    assert role_of(cast, "editor") == "editor"


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"username": "two words"}, "username"), ({"email": "nowhere"}, "email"), ({"role": "king"}, "role")],
)
def test_what_cannot_be_is_refused_and_nobody_is_made(browser, typed, field):
    answer = add(browser, **{"username": "lucia", **typed})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not get_user_model().objects.filter(username__in=["lucia", "two words"]).exists()


def test_a_role_is_changed_and_the_ledger_says_who_did_it(browser, cast):
    answer = browser.post(page(member(cast, "viewer"), "role"), {"role": "approver"})

    assert said(answer) == ["viewer is now: Approver."]
    assert role_of(cast, "viewer") == "approver"
    assert events() == [("member_changed", "user:admin", "viewer")]


@pytest.mark.parametrize(("what", "typed"), [("role", {"role": "admin"}), ("remove", {})])
def test_the_last_owner_is_neither_demoted_nor_removed(browser, cast, what, typed):
    answer = browser.post(page(member(cast, "owner"), what), typed)

    assert said(answer) == ["owner is the last owner of H2O Agency: make somebody else an owner first."]
    assert role_of(cast, "owner") == "owner"
    assert events() == []


def test_an_owner_who_was_switched_off_does_not_count(browser, cast):
    MembershipFactory(workspace=cast.workspace, role=Role.OWNER, user__is_active=False)

    browser.post(page(member(cast, "owner"), "remove"))

    assert role_of(cast, "owner") == "owner"


def test_removing_asks_first_and_the_login_stays(browser, cast):
    row = member(cast, "editor")

    asked = browser.get(page(row, "remove"))
    stood = Membership.objects.filter(pk=row.pk).exists()
    answer = browser.post(page(row, "remove"))

    assert "Take editor out of H2O Agency?" in Markup(asked).one("h1").text
    assert stood
    assert said(answer) == ["editor is out."]
    assert not Membership.objects.filter(pk=row.pk).exists()
    assert get_user_model().objects.filter(username="editor").exists()


def test_who_demotes_themselves_is_led_to_what_they_may_still_see(browser, cast):
    answer = browser.post(page(member(cast, "admin"), "role"), {"role": "editor"}, follow=True)

    assert answer.redirect_chain[-1][0] == "/settings/you/"


def test_a_member_of_another_workspace_is_not_found(browser, cast):
    foreign = cast.elsewhere.memberships.get()

    statuses = {what: browser.post(page(foreign, what), {"role": "viewer"}).status_code for what in ("role", "remove")}

    assert set(statuses.values()) == {404}
    assert Membership.objects.get(pk=foreign.pk).role == "owner"
