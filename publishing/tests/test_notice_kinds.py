"""Each of the five kinds: that somebody is told, by mail, with what happened and a link."""

from datetime import timedelta

import pytest

from publishing.channels.answers import Rejected, Unknown
from publishing.services.sending import send_pending
from publishing.tests.telling import told_of
from scheduling.models import ChannelAccount
from scheduling.services.connections import disconnect
from scheduling.services.coverage import watch_coverage
from scheduling.services.lateness import let_time_pass
from scheduling.tests.factories import NOW, ChannelAccountFactory, PendingFactory, PostInstanceFactory, SlotFactory
from workspaces.roles import Role
from workspaces.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def mailbox(mailbox, settings):
    """Return the mail server, of an installation that has an address."""
    settings.PUBLIC_URL = "https://plan.example.com"
    return mailbox


@pytest.fixture
def account(channel):
    """Return an account whose workspace has an owner with an address."""
    account = ChannelAccountFactory(connection=channel.key, platform="instagram", name="@lumen")
    MembershipFactory(workspace=account.workspace, role=Role.OWNER, user__email="ana@example.com")
    return account


def test_an_owner_is_told_that_a_post_failed(mailbox, account, channel, clock):
    post = PendingFactory(channel_account=account, content_item__title="Autumn menu", scheduled_for=NOW)
    channel.replies = [Rejected("The picture is too small.")]

    told_of(lambda: send_pending(holder="worker-1", clock=clock), now=NOW)

    (mail,) = mailbox.mails
    text = mail.get_content()
    assert (mail["To"], mail["Subject"]) == ("ana@example.com", f"1 post failed · {post.workspace.name}")
    assert "The picture is too small. (1×)" in text
    assert "Autumn menu · Instagram · @lumen · Fri 20 Nov 2026, 10:00 (Europe/Madrid)" in text
    assert f"https://plan.example.com/calendar/posts/{post.pk}/" in text
    assert f"https://plan.example.com/problems/?tenant_id={post.workspace.slug}" in text


def test_an_owner_is_told_that_a_post_is_unconfirmed(mailbox, account, channel, clock):
    PendingFactory(channel_account=account, scheduled_for=NOW)
    channel.replies = [Unknown("It answered 500.")]

    told_of(lambda: send_pending(holder="worker-1", clock=clock), now=NOW)

    assert "1 post is unconfirmed in" in mailbox.mails[0].get_content()


def test_an_owner_is_told_that_a_post_was_missed(mailbox, account):
    PendingFactory(channel_account=account, scheduled_for=NOW - timedelta(hours=2))

    told_of(lambda: let_time_pass(now=NOW), now=NOW)

    assert "1 post was missed in" in mailbox.mails[0].get_content()


def test_an_owner_is_told_that_an_account_needs_reconnecting(mailbox, account):
    told_of(lambda: disconnect(account, reason="The token was revoked.", now=NOW), now=NOW)

    text = mailbox.mails[0].get_content()
    assert "1 account needs reconnecting in" in text
    assert "Instagram · @lumen: The token was revoked." in text


def test_an_owner_is_told_that_the_plan_runs_dry(mailbox, account):
    ChannelAccount.objects.filter(pk=account.pk).update(posts_per_week=7)
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + 4 * DAY)
    SlotFactory(channel_account=account, scheduled_for=NOW + 5 * DAY + timedelta(hours=8))

    told_of(lambda: watch_coverage(now=NOW), now=NOW)

    text = mailbox.mails[0].get_content()
    assert "The plan of 1 account runs dry in" in text
    assert "Instagram · @lumen: last post on Tue 24 Nov; next empty slot Wed 25 Nov 2026, 18:00" in text


def test_an_outage_of_fifty_posts_is_one_mail(mailbox, account):
    for minute in range(50):
        PendingFactory(channel_account=account, scheduled_for=NOW - timedelta(hours=2, minutes=minute))

    told_of(lambda: let_time_pass(now=NOW), now=NOW)

    (mail,) = mailbox.mails
    text = mail.get_content()
    assert mail["Subject"].startswith("50 posts were missed")
    assert "Instagram · @lumen: 50 posts" in text
    assert text.count("/calendar/posts/") == 5
    assert "… and 45 more" in text
