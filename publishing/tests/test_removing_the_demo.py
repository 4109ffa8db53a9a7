"""Out of the demo: it goes as a whole, with what its workers did."""

import pytest
from django.contrib.auth import get_user_model

from publishing.models import PublishLog
from publishing.services.past import publish_as_of
from scheduling.models import PostInstance
from scheduling.services.demo import seed_demo
from scheduling.tests.factories import NOW, PublishingFactory
from workspaces.models import Membership, Workspace
from workspaces.roles import Role
from workspaces.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def demo(db):
    made = seed_demo(
        now=NOW,
        actor="command",
        password="look-around",
        deliver=lambda workspace, at: publish_as_of(workspace=workspace, at=at),
    )
    return made.workspace


@pytest.fixture
def like_the_demo(db):
    """A workspace with the demo's name and its person, and nothing in it."""
    owner = MembershipFactory(
        workspace__slug="demo", workspace__name="Demo agency", user__username="demo", role=Role.OWNER
    )
    return owner.workspace


def test_the_demo_goes_with_everything_in_it_and_leaves_an_empty_workspace(demo, client):
    person = get_user_model().objects.get(username="demo")
    client.force_login(person)

    client.post("/welcome/remove-demo/?tenant_id=demo")

    assert not Workspace.objects.filter(slug="demo").exists()
    assert not PostInstance.objects.exists()
    assert not PublishLog.objects.exists()
    mine = Membership.objects.get(user=person)
    assert (mine.workspace.name, mine.role) == ("My team", "owner")
    assert client.get("/calendar/")["Location"] == "/welcome/"


def test_who_has_another_workspace_gets_none_in_place_of_the_demo(like_the_demo, client):
    person = get_user_model().objects.get(username="demo")
    client.force_login(person)
    client.post("/welcome/workspace/", {"name": "Café Lumen", "timezone": "Europe/Madrid"})

    client.post("/welcome/remove-demo/?tenant_id=demo")

    assert [one.workspace.slug for one in Membership.objects.filter(user=person)] == ["cafe-lumen"]


def test_the_demo_stays_while_something_of_it_is_being_published(like_the_demo, client):
    PublishingFactory(channel_account__brand__workspace=like_the_demo)
    client.force_login(get_user_model().objects.get(username="demo"))

    answer = client.post("/welcome/remove-demo/?tenant_id=demo", follow=True)

    assert "being published right now" in answer.content.decode()
    assert Workspace.objects.filter(slug="demo").exists()
