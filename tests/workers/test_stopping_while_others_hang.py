"""Workers that are stopped while every system that they talk to hangs: they are gone in time and leave no lease."""

import pytest
from django.utils import timezone

from publishing.models import Credentials, PublishLog, WebhookDelivery
from publishing.network.signing import new_secret
from publishing.tests.following import follow, happen
from publishing.tests.receivers import Receiver, hang
from scheduling.models import Connection, PostInstance, Status
from scheduling.tests.factories import ChannelAccountFactory, PostInstanceFactory
from tests.workers.running import wait_for
from workspaces.tests.factories import WorkspaceFactory

STOPS_WITHIN = 15  # Seconds: the promise.


@pytest.fixture
def hanging(monkeypatch):
    """Return a receiver that takes every request and never answers."""
    monkeypatch.setenv("ALLOW_PRIVATE_NETWORK_TARGETS", "1")
    started = Receiver(secret=new_secret())
    started.replies = [hang] * 100
    yield started
    started.close()


@pytest.mark.postgres
@pytest.mark.slow
def test_workers_whose_post_and_messages_hang_stop_in_time_and_leave_no_lease(hanging, settings, start_workers):
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = True
    account = ChannelAccountFactory(connection=Connection.WEBHOOK)
    options = {"url": hanging.url, "drops_repeats": False}
    Credentials.objects.create(
        workspace=account.workspace, channel_account=account, options=options, secret=hanging.secret
    )
    other = WorkspaceFactory()
    follow(other, hanging)
    happen(other, now=timezone.now())
    workers = start_workers()
    workers.wait_until_up()
    post = PostInstanceFactory(channel_account=account, scheduled_for=timezone.now())
    wait_for(lambda: len(hanging.got) == 2, "the post and the message to hang")

    workers.process.terminate()
    code = workers.process.wait(STOPS_WITHIN)

    post.refresh_from_db()
    assert code == 0
    assert workers.left() == []
    assert (post.status, post.lease_ends_at) == (Status.UNCONFIRMED, None)
    assert not PublishLog.objects.filter(finished_at=None).exists()
    assert WebhookDelivery.objects.get().status == "waiting"
    assert not PostInstance.objects.exclude(lease_ends_at=None).exists()
