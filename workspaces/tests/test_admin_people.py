"""People in the admin: superusers add them, nobody else sees them."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from workspaces.admin.display import admin_url
from workspaces.models import Membership
from workspaces.tests.admin_pages import signed_in
from workspaces.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
User = get_user_model()


@pytest.fixture
def root(client):
    """Return a superuser's browser."""
    return signed_in(client, UserFactory(username="root", is_superuser=True))


def test_a_superuser_adds_a_person_and_their_workspace(root, cast):
    word = "seven-plain-teaspoons"
    typed = {"username": "ana", "usable_password": "true", "password1": word, "password2": word, "is_staff": "on"}
    membership = {
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        "memberships-0-workspace": str(cast.workspace.pk),
        "memberships-0-role": "editor",
    }

    answer = root.post(admin_url(User, "add"), {**typed, **membership})

    ana = User.objects.get(username="ana")
    assert answer.status_code == 302
    assert ana.is_staff
    assert Membership.objects.get(user=ana).workspace == cast.workspace


def test_a_persons_page_has_no_permissions_that_nobody_reads(root):
    page = root.get(admin_url(User, "change", UserFactory().pk)).content.decode()

    assert "user_permissions" not in page
    assert not admin.site.is_registered(Group)


@pytest.mark.parametrize("page", ["changelist", "add"])
def test_an_owner_of_a_workspace_does_not_see_the_people_of_others(client, cast, page):
    answer = signed_in(client, cast.owner).get(admin_url(User, page))

    assert answer.status_code == 403
