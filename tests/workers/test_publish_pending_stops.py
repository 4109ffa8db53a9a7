"""`manage.py publish_pending` that is asked to stop: it finishes what it sends, and claims nothing new."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.models import Credentials
from publishing.network.signing import new_secret
from publishing.services.sending import THREADS
from publishing.tests.receivers import Call, Receiver, accept
from scheduling.models import Connection, PostInstance
from scheduling.tests.factories import ChannelAccountFactory, ContentItemFactory, PostInstanceFactory
from tests.workers.running import ROOT, wait_for

MANY = THREADS + 40
PATIENCE = 60


def slowly(call: Call) -> None:
    """Carry it out, and say so after a while."""
    time.sleep(1.5)
    accept(call)


@pytest.fixture
def receiver():
    started = Receiver(secret=new_secret())
    yield started
    started.close()


@pytest.fixture
def posts(shared_database, receiver):
    """Return more posts that are due now than are sent at once."""
    account = ChannelAccountFactory(gap_minutes=0, connection=Connection.WEBHOOK)
    options = {"url": receiver.url, "drops_repeats": False}
    Credentials.objects.create(
        workspace=account.workspace, channel_account=account, options=options, secret=receiver.secret
    )
    content, now = ContentItemFactory(brand=account.brand), timezone.now()
    return [
        PostInstanceFactory(
            channel_account=account, content_item=content, scheduled_for=now - timedelta(seconds=n / 10)
        )
        for n in range(MANY)
    ]


@pytest.fixture
def command(shared_database):
    """Return a running publish_pending."""
    environ = {**os.environ, "DATABASE_URL": shared_database, "ALLOW_PRIVATE_NETWORK_TARGETS": "1"}
    started = subprocess.Popen(
        [sys.executable, "manage.py", "publish_pending"],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield started
    started.kill()
    started.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_is_being_sent_is_finished_and_nothing_new_is_claimed(receiver, posts, command, number):
    receiver.replies = [slowly] * MANY
    wait_for(lambda: receiver.connections >= THREADS - 32, "posts to be under way")

    command.send_signal(number)
    said, _ = command.communicate(timeout=PATIENCE)

    states = Counter(PostInstance.objects.values_list("status", flat=True))
    assert command.returncode == 1, said
    assert (
        f"Stopped: what was being sent is written down, nothing new was claimed. Sent so far: {states['published']}"
        in said
    )
    assert "Traceback" not in said
    assert states["published"] == receiver.taken.total() > 0
    assert states["pending"] > 0
    assert set(states) == {"published", "pending"}
