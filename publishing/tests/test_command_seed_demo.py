"""manage.py seed_demo: a workspace with a past and a plan ahead, once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.utils import timezone

from campaigns.models import Campaign
from publishing.models import OutboxPost, PublishLog
from publishing.services.past import publish_as_of
from scheduling.models import ChannelAccount, PostInstance
from scheduling.services.demo import seed_demo
from scheduling.tests.factories import PostInstanceFactory
from workspaces.models import LedgerEvent, Workspace
from workspaces.tests.commands import run
from workspaces.tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_password_given(monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)


def seed(now: datetime) -> object:
    return seed_demo(
        now=now,
        actor="command",
        password="café con leche",
        deliver=lambda workspace, at: publish_as_of(workspace=workspace, at=at),
    )


def stored() -> list[int]:
    rows = (Workspace, ChannelAccount, PostInstance, OutboxPost, PublishLog, LedgerEvent, get_user_model())
    return [model.objects.count() for model in rows]


def test_it_makes_two_brands_their_accounts_and_a_login_that_works():
    said = run("seed_demo")

    password = said.out.splitlines()[-1].removeprefix("Login: demo / ")
    user = authenticate(username="demo", password=password)
    assert user.is_staff
    assert not user.is_superuser
    assert [(one.workspace.name, one.role) for one in user.memberships.all()] == [("Demo agency", "owner")]
    assert sorted(ChannelAccount.objects.values_list("external_ref", flat=True)) == [
        *(f"harbor-{name}" for name in ("facebook", "instagram", "linkedin", "x", "youtube")),
        *(f"lumen-{name}" for name in ("instagram", "linkedin", "tiktok", "x", "youtube")),
    ]
    assert {str(account.zone) for account in ChannelAccount.objects.all()} == {"Europe/Madrid", "America/New_York"}
    assert Campaign.objects.count() == 2


def test_the_past_is_as_the_workers_would_have_left_it():
    run("seed_demo")

    published = PostInstance.objects.filter(status="published")
    assert published.count() >= 3
    for post in published:
        log, received = post.publish_logs.get(), OutboxPost.objects.get(post_instance=post)
        assert post.scheduled_for == post.published_at == received.received_at == log.finished_at
        assert (log.outcome, log.remote_id, post.remote_id) == ("accepted", str(received.pk), str(received.pk))
        assert list(LedgerEvent.objects.filter(entity_id=post.pk).values_list("event_type", flat=True)) == [
            "publish_scheduled_created",
            "publish_scheduled_enqueued",
            "publish_started",
            "publish_published",
        ]


def test_the_plan_ahead_has_posts_open_slots_and_something_within_two_minutes():
    before = timezone.now()

    run("seed_demo")

    ahead = PostInstance.objects.filter(scheduled_for__gt=timezone.now())
    assert ahead.filter(status="scheduled").count() >= 20
    assert ahead.filter(status="planned", scheduled_for__gt=before + timedelta(days=27)).exists()
    first = ahead.order_by("scheduled_for").first()
    assert before + timedelta(seconds=50) < first.scheduled_for < before + timedelta(seconds=125)


def test_twice_is_once_and_no_password_is_said_again():
    run("seed_demo")
    before = stored()

    said = run("seed_demo")

    assert said.code == 0
    assert said.out.startswith("The demo is there already: nothing was changed.")
    assert "Login" not in said.out
    assert stored() == before
    assert run("seed_demo", "--json").document == {"created": False}


def test_json_has_the_login():
    document = run("seed_demo", "--json").document

    assert authenticate(username="demo", password=document["password"])
    assert (document["created"], document["workspace"], document["username"]) == (True, "demo", "demo")
    assert document["published"] == PostInstance.objects.filter(status="published").count()


def test_a_given_password_is_used_and_not_printed(monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "café con leche")

    said = run("seed_demo")

    assert authenticate(username="demo", password="café con leche")
    assert said.out.splitlines()[-1] == "Login: demo / the password in DEMO_PASSWORD"


def test_somebody_called_demo_keeps_their_password():
    get_user_model().objects.create_user("demo", password="mine, not yours")

    said = run("seed_demo")

    assert authenticate(username="demo", password="mine, not yours")
    assert said.out.splitlines()[-1] == "Login: demo / the password that this person has already"


def test_if_empty_makes_it_only_where_there_is_no_workspace():
    assert "Login: demo / " in run("seed_demo", "--if-empty").out
    assert run("seed_demo", "--if-empty").out == ""


def test_if_empty_leaves_an_installation_in_use_alone():
    WorkspaceFactory()

    said = run("seed_demo", "--if-empty")

    assert (said.code, said.out) == (0, "")
    assert not Workspace.objects.filter(slug="demo").exists()


def test_old_posts_of_other_workspaces_do_not_go_out_with_its_past():
    theirs = PostInstanceFactory(scheduled_for=timezone.now() - timedelta(days=5), status="pending")

    run("seed_demo")

    theirs.refresh_from_db()
    assert theirs.status == "pending"
    assert not OutboxPost.objects.filter(post_instance=theirs).exists()


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC),  # Madrid is about to set its clocks back.
        datetime(2027, 3, 28, 0, 58, 30, tzinfo=UTC),  # Madrid is about to set its clocks forward.
        datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(2026, 11, 23, 8, 29, tzinfo=UTC),  # A sample's time falls on one that is due in a minute.
    ],
    ids=str,
)
def test_it_can_be_made_at_any_time(now):
    made = seed(now)

    assert made.accounts == 10
    assert made.published >= 3
    assert made.slots > 80
    assert not PostInstance.objects.filter(status="scheduled", scheduled_for__lte=now).exists()
    assert not PostInstance.objects.exclude(status__in=["published", "scheduled", "planned"]).exists()
