"""A post keeps the mark of where it went, whatever its account is connected by later."""

import pytest
from django.test import Client
from django.urls import reverse

from scheduling.models import ChannelAccount, Connection, Status
from scheduling.models.sandbox import is_sandboxed
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, PublishedFactory
from workspaces.tests.admin_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewer(cast):
    return signed_in(Client(), cast.viewer)


@pytest.fixture
def account(cast):
    return ChannelAccountFactory(brand__workspace=cast.workspace)


def pages_about(post, viewer):
    """Return what the post's page, the day's chip and the API say of it."""
    month = viewer.get(reverse("calendar"), {"month": "2026-11"}).content.decode()
    return viewer.get(reverse("post", args=[post.pk])).content.decode(), month


@pytest.mark.parametrize(
    ("status", "connection", "url", "sandboxed"),
    [
        ("scheduled", "sandbox", "", True),
        ("scheduled", "webhook", "", False),
        ("unconfirmed", "webhook", "", False),
        ("published", "sandbox", "/outbox/?post=1#post-1", True),
        ("published", "webhook", "/outbox/?post=1#post-1", True),
        ("published", "webhook", "https://example.com/1", False),
        ("published", "sandbox", "https://example.com/1", False),
        ("published", "webhook", "", False),
    ],
)
def test_what_is_published_is_marked_by_where_it_went_and_the_rest_by_where_it_would_go(
    status, connection, url, sandboxed
):
    assert is_sandboxed(status=status, connection=connection, remote_url=url) == sandboxed


def test_a_post_in_the_outbox_stays_marked_when_its_account_is_connected(account, viewer):
    post = PublishedFactory(channel_account=account)
    ChannelAccount.objects.update(connection=Connection.WEBHOOK)

    page, month = pages_about(post, viewer)

    assert "Published to the sandbox" in " ".join(page.replace("</span>", "").split())
    assert "the post stands in the outbox, nothing went out" in page
    assert "to the sandbox" in month


def test_a_post_that_went_out_is_not_marked_when_its_account_goes_back_to_the_sandbox(account, viewer):
    ChannelAccount.objects.update(connection=Connection.WEBHOOK)
    post = PublishedFactory(channel_account=account, remote_url="https://example.com/17")
    ChannelAccount.objects.update(connection=Connection.SANDBOX)

    page, month = pages_about(post, viewer)

    assert "https://example.com/17" in page
    assert "to the sandbox" not in page
    assert "to the sandbox" not in month


def test_a_scheduled_post_of_a_webhook_account_says_nothing_of_a_sandbox(account, viewer):
    ChannelAccount.objects.update(connection=Connection.WEBHOOK)
    post = PostInstanceFactory(channel_account=account, status=Status.SCHEDULED, scheduled_for=NOW)

    page, month = pages_about(post, viewer)

    assert "sandbox" not in page
    assert "sandbox" not in month.lower()
