"""From an empty workspace to the first scheduled post."""

import pytest
from django.contrib.auth import get_user_model

from campaigns.models import Brand
from publishing.models import Lane
from scheduling.models import ChannelAccount, PostInstance
from scheduling.tests.factories import NOW
from scheduling.tests.pages.markup import Markup
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db
STEPS = [
    {"step": "1", "name": "Café Lumen", "timezone": "Europe/Madrid"},
    {"step": "2", "platform": "instagram", "name": "@cafelumen"},
    {"step": "3", "posts_per_week": "3", "times": ""},
    {"step": "4", "title": "Autumn blend is back", "body": "Come and taste it."},
]


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def owner(cast, client):
    client.force_login(cast.owner)
    return client


def test_four_steps_lead_from_nothing_to_a_scheduled_post(owner, cast):
    for step in STEPS:
        assert owner.post("/welcome/", step)["Location"] == "/welcome/"

    post = PostInstance.objects.get(status="scheduled")
    assert post.content_item.title == "Autumn blend is back"
    assert post.channel_account.name == "@cafelumen"
    assert post.scheduled_for > NOW
    assert "Your plan stands." in owner.get("/welcome/").content.decode()


def test_the_end_of_the_steps_says_when_and_where_the_first_post_goes_out(owner, cast):
    for step in STEPS:
        owner.post("/welcome/", step)

    page = Markup(owner.get("/welcome/"))

    post = PostInstance.objects.get(status="scheduled")
    at = post.scheduled_for.astimezone(post.channel_account.zone)
    assert page.one("a", href=f"/calendar/posts/{post.pk}/").text == "Autumn blend is back"
    assert f"{at:%H:%M} (Europe/Madrid), on Instagram, @cafelumen." in page.text()
    assert "This account is in the sandbox" in page.text()


def test_the_calendar_of_an_empty_workspace_leads_to_the_steps(owner):
    assert owner.get("/calendar/")["Location"] == "/welcome/"


@pytest.mark.parametrize("who", ["viewer", "editor", "approver"])
def test_who_cannot_add_channels_sees_the_calendar_and_is_told_who_can(cast, client, who):
    client.force_login(getattr(cast, who))

    assert client.get("/calendar/").status_code == 200
    assert Markup(client.get("/welcome/")).forms() == []
    assert client.post("/welcome/", STEPS[0]).status_code == 403
    assert not Brand.objects.exists()


def test_a_step_that_is_done_already_is_not_done_twice(owner):
    owner.post("/welcome/", STEPS[0])

    owner.post("/welcome/", STEPS[0])

    assert Brand.objects.count() == 1


@pytest.mark.parametrize(
    ("done", "given", "said"),
    [
        (0, {"step": "1", "name": "Café Lumen", "timezone": "Europe/Madird"}, "Europe/Madrid"),
        (0, {"step": "1", "name": "   ", "timezone": "Europe/Madrid"}, "This field is required."),
        (1, {"step": "2", "platform": "myspace", "name": "@cafelumen"}, "myspace is not one of the available choices"),
        (2, {"step": "3", "posts_per_week": "0", "times": ""}, "greater than or equal to 1"),
        (2, {"step": "3", "posts_per_week": "3", "times": "25:00"}, "25:00"),
        (3, {"step": "4", "title": "Autumn blend is back", "body": "x" * 2201}, "2,200"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed_and_nothing_is_kept(owner, done, given, said):
    for step in STEPS[:done]:
        owner.post("/welcome/", step)

    answer = owner.post("/welcome/", given)

    assert answer.status_code == 422
    assert said in Markup(answer).text()
    assert Brand.objects.count() + ChannelAccount.objects.count() == min(done, 2)
    assert not PostInstance.objects.filter(status="scheduled").exists()


def test_what_is_no_demo_cannot_be_removed_as_a_whole(owner, cast):
    answer = owner.post(f"/welcome/remove-demo/?tenant_id={cast.workspace.slug}", follow=True)

    assert "H2O Agency is not the demo. Only the demo can be removed as a whole." in answer.content.decode()
    assert Workspace.objects.filter(pk=cast.workspace.pk).exists()


@pytest.mark.parametrize("who", ["viewer", "editor", "approver", "admin"])
def test_only_owners_and_who_runs_the_installation_make_workspaces(cast, client, who):
    client.force_login(getattr(cast, who))

    client.post("/welcome/workspace/", {"name": "Another", "timezone": "UTC"})

    assert not Workspace.objects.filter(name="Another").exists()


def test_a_superuser_without_a_workspace_makes_the_first_one(client, db):
    client.force_login(get_user_model().objects.create_superuser("root"))
    assert "/welcome/workspace/" in client.get("/calendar/").content.decode()

    answer = client.post("/welcome/workspace/", {"name": "Café Lumen", "timezone": "Europe/Madrid"})

    assert answer["Location"] == "/welcome/"
    assert Membership.objects.get().workspace.slug == "cafe-lumen"


def test_two_workspaces_of_one_name_have_two_addresses(owner):
    for _ in range(2):
        owner.post("/welcome/workspace/", {"name": "Café Lumen", "timezone": "UTC"})

    slugs = Workspace.objects.filter(name="Café Lumen").order_by("created_at").values_list("slug", flat=True)
    assert sorted(slugs) == ["cafe-lumen", "cafe-lumen-2"]


def test_the_end_of_the_steps_says_where_nobody_sends(owner, cast):
    for step in STEPS:
        owner.post("/welcome/", step)

    silent = Markup(owner.get("/welcome/")).text()
    Lane.objects.create(number=0, seen_at=NOW)
    working = Markup(owner.get("/welcome/")).text()

    assert "No worker reports: nothing goes out." in silent
    assert "No worker reports" not in working
