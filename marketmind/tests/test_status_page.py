"""The admin's status page: how the installation stands, and each person's own workspaces."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from marketmind.status_page import spoken
from publishing.models import Credentials, Lane, PublishLog, WorkerBeat
from scheduling.tests.factories import ChannelAccountFactory, PostInstanceFactory, PublishedFactory
from workspaces.tests.admin_pages import signed_in
from workspaces.tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/admin/status/"


@pytest.fixture
def root(client):
    """Return a superuser's browser."""
    return signed_in(client, UserFactory(is_superuser=True))


@pytest.fixture
def member(cast):
    """Return the browser of somebody who works in one workspace."""
    return signed_in(Client(), cast.viewer)


def text(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def at_work():
    """Have a worker that has just reported."""
    now = timezone.now()
    WorkerBeat.objects.create(name="atlas:1", lanes=1, started_at=now, seen_at=now)
    Lane.objects.create(number=0, run=uuid4(), seen_at=now)


def test_a_superuser_sees_the_whole_installation(root):
    at_work()
    now = timezone.now()
    post = PublishedFactory(scheduled_for=now - timedelta(seconds=3), published_at=now)
    log = {"workspace": post.workspace, "post_instance": post, "started_at": now, "finished_at": now}
    PublishLog.objects.create(number=1, idempotency_key=uuid4(), outcome="accepted", **log)

    page = text(root.get(PAGE))

    assert "The work is done." in page
    assert "1 of 1" in page
    assert "atlas:1" in page
    assert "100%" in page
    assert str(post.channel_account) in page


def test_what_is_wrong_stands_first(root):
    at_work()
    Lane.objects.update(seen_at=timezone.now() - timedelta(hours=1))
    PostInstanceFactory(scheduled_for=timezone.now() - timedelta(minutes=10))

    page = text(root.get(PAGE))

    assert "Something is wrong." in page
    assert "No worker has reported for 3 minutes" in page
    assert "A due post that nothing holds has waited for 10 minutes." in page


def test_problems_lead_to_their_posts_and_to_the_page_that_mends_them(root):
    post = PostInstanceFactory(status="failed", reason="The token was revoked.")

    page = text(root.get(PAGE))

    assert f'href="/calendar/posts/{post.pk}/"' in page
    assert "The token was revoked." in page
    assert 'href="/problems/"' in page


def test_what_needs_connecting_is_named(root):
    now = timezone.now()
    refused = ChannelAccountFactory(name="@refused", disconnected_at=now, disconnect_reason="Revoked by its owner.")
    ending = ChannelAccountFactory(name="@ending")
    Credentials.objects.create(
        workspace=ending.workspace, channel_account=ending, expires_at=now + timedelta(days=3, hours=1)
    )

    page = text(root.get(PAGE))

    assert str(refused) in page
    assert "Revoked by its owner." in page
    assert f"{ending}</a>: its credentials end in 3" in page


def test_a_member_sees_their_workspaces_and_no_machine(member, cast):
    at_work()
    mine = PostInstanceFactory(
        status="failed", channel_account__workspace=cast.workspace, channel_account__brand__workspace=cast.workspace
    )
    theirs = PostInstanceFactory(status="failed")

    page = text(member.get(PAGE))

    assert str(mine.pk) in page
    assert str(theirs.pk) not in page
    assert "atlas:1" not in page


def test_somebody_of_no_workspace_sees_no_numbers(client):
    PostInstanceFactory(status="failed")

    page = text(signed_in(client, UserFactory()).get(PAGE))

    assert "You do not belong to a workspace yet" in page
    assert "Posts</h2>" not in page


def test_who_may_not_use_the_admin_does_not_get_in(client):
    answer = signed_in(client, MembershipFactory(user__is_staff=False).user).get(PAGE)

    assert answer.status_code == 302


def test_it_stands_in_the_menu(root):
    assert f'href="{PAGE}"' in text(root.get("/admin/"))


def test_the_number_of_queries_does_not_grow(root, django_assert_max_num_queries):
    PublishedFactory(published_at=timezone.now())
    PostInstanceFactory(status="failed")
    with django_assert_max_num_queries(50) as few:
        root.get(PAGE)
    for _ in range(5):
        PublishedFactory(published_at=timezone.now())
        PostInstanceFactory(status="failed")

    with django_assert_max_num_queries(50) as more:
        root.get(PAGE)

    assert len(more) == len(few)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, "–"),
        (0.24, "0.2 s"),
        (8, "8 s"),
        (12.4, "12 s"),
        (600.0, "10 min"),
        (9000.0, "2 h"),
        (float("inf"), "over 1 h"),
    ],
)
def test_a_delay_is_said_as_people_say_it(seconds, said):
    assert spoken(seconds) == said
