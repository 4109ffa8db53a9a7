"""What tests of delivery stand on: a channel that obeys, and a clock that stands still until it is moved."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from publishing.channels import CHANNELS
from publishing.services.sending import Sender
from publishing.tests.channels import FakeChannel
from publishing.tests.receivers import Receiver
from publishing.tests.telling import SMTP, mail_server
from scheduling.models import ChannelAccount
from scheduling.tests.factories import NOW, ChannelAccountFactory


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> datetime:
        """Move it on by a timedelta's arguments."""
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands at NOW."""
    return Clock()


@pytest.fixture
def channel(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeChannel]:
    """Register a channel for accounts whose connection is `fake`."""
    fake = FakeChannel()
    monkeypatch.setitem(CHANNELS, fake.key, fake)
    yield fake
    fake.hung_up.set()


@pytest.fixture
def make_sender(channel: FakeChannel, clock: Clock, db: None) -> Iterator[Callable[..., Sender]]:
    """Return a function that makes a sender, whose threads end with the test."""
    made: list[Sender] = []

    def make(**options: Any) -> Sender:
        made.append(Sender(**{"holder": "worker-1", "clock": clock, **options}))
        return made[-1]

    yield make
    channel.hung_up.set()
    for sender in made:
        sender.finish_all()


@pytest.fixture
def account(channel: FakeChannel, db: None) -> ChannelAccount:
    """Return an account that delivers to the fake channel."""
    return ChannelAccountFactory(connection=channel.key)


@pytest.fixture
def make_receiver(settings: Any) -> Iterator[Callable[..., Receiver]]:
    """Return a function that starts an HTTP receiver on this machine, which may be reached for once."""
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = True
    made: list[Receiver] = []

    def make(**options: Any) -> Receiver:
        made.append(Receiver(**options))
        return made[-1]

    yield make
    for receiver in made:
        receiver.close()


@pytest.fixture
def receiver(make_receiver: Callable[..., Receiver]) -> Receiver:
    """Return a receiver that accepts."""
    return make_receiver()


@pytest.fixture
def mailbox(settings):
    """Return a running mail server that EMAIL_URL names."""
    with mail_server() as box:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", box.port
        yield box
