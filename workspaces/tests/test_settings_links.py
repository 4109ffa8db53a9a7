"""The link under which a new member sets a password: it works once, and is never made for who has one."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from scheduling.tests.pages.markup import Markup
from workspaces.models import Membership
from workspaces.tests.admin_pages import said

pytestmark = pytest.mark.django_db
WORD = "seven-plain-teaspoons"
BOTH = {"new_password1": WORD, "new_password2": WORD}
OVER = "This link does not work (any more)"


@pytest.fixture
def browser(client, cast):
    client.force_login(cast.admin)
    return client


@pytest.fixture
def link(browser, settings):
    """Return the path under which Lucía sets her password."""
    answer = browser.post("/settings/team/", {"who": "new", "username": "lucia", "role": "editor"})
    return path_in(answer, settings)


def path_in(answer, settings):
    return Markup(answer).one("input", id="secret")["value"].removeprefix(settings.PUBLIC_URL)


def lucia():
    return get_user_model().objects.get(username="lucia")


def page_of(who, workspace):
    return f"/settings/team/{workspace.memberships.get(user__username=who).pk}/link/"


def test_it_sets_the_password_and_signs_in(link, cast):
    guest = Client()
    form = guest.get(link, follow=True)

    answer = guest.post(form.request["PATH_INFO"], BOTH, follow=True)

    assert lucia().check_password(WORD)
    assert answer.redirect_chain[-1][0] == "/calendar/"
    assert answer.context["workspace"] == cast.workspace


def test_it_works_once(link):
    first, second = Client(), Client()
    first.post(first.get(link, follow=True).request["PATH_INFO"], BOTH)

    again = second.get(link, follow=True)

    assert Markup(again).one("h1").text == OVER
    assert Markup(again).all("input", name="new_password1") == []


def test_two_who_opened_it_do_not_both_set_a_password(link):
    first, second = Client(), Client()
    forms = [one.get(link, follow=True).request["PATH_INFO"] for one in (first, second)]
    first.post(forms[0], BOTH)

    late = second.post(forms[1], {"new_password1": "another-nine-forks", "new_password2": "another-nine-forks"})

    assert Markup(late).one("h1").text == OVER
    assert lucia().check_password(WORD)


def test_a_weak_password_is_refused_and_the_link_still_works(link):
    guest = Client()
    form = guest.get(link, follow=True).request["PATH_INFO"]

    refused = guest.post(form, {"new_password1": "password", "new_password2": "password"})
    guest.post(form, BOTH)

    assert "This password is too common." in refused.content.decode()
    assert lucia().check_password(WORD)


def test_a_new_link_ends_the_one_before(browser, link, cast, settings):
    newer = path_in(browser.post(page_of("lucia", cast.workspace)), settings)

    headings = [Markup(Client().get(one, follow=True)).one("h1").text for one in (link, newer)]

    assert headings == [OVER, "Welcome, lucia"]


def test_it_ends_after_some_days(link, settings):
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert Markup(Client().get(link, follow=True)).one("h1").text == OVER


def test_none_is_made_for_who_has_a_password(browser, cast):
    cast.editor.set_password(WORD)
    cast.editor.save()

    answer = browser.post(page_of("editor", cast.workspace))

    assert said(answer) == ["editor has a password, or belongs to other workspaces too: only they can change it."]
    cast.editor.refresh_from_db()
    assert cast.editor.check_password(WORD)


def test_none_is_made_for_who_belongs_elsewhere_too(browser, link, cast):
    Membership.objects.create(workspace=cast.elsewhere, user=lucia(), role="owner")

    shown = browser.get("/settings/team/").content.decode()
    answer = browser.post(page_of("lucia", cast.workspace))

    assert "New link" not in shown
    assert said(answer) == ["lucia has a password, or belongs to other workspaces too: only they can change it."]
