"""What tests of the webhook channel share: an account that is connected to a receiver, and the workers' work."""

from typing import Any

from publishing.models import PublishLog
from publishing.services.connecting import connect_webhook
from publishing.services.sending import send_pending
from publishing.tests.receivers import Receiver
from scheduling.models import ChannelAccount, PostInstance
from scheduling.tests.factories import NOW, ChannelAccountFactory


def connected(receiver: Receiver, **options: Any) -> ChannelAccount:
    """Return an account that delivers to a receiver, which knows its secret."""
    account = ChannelAccountFactory(platform="instagram", gap_minutes=0, name="@cafelumen")
    values = {"url": receiver.url, "drops_repeats": receiver.drops_repeats, "actor": "user:ana", "now": NOW}
    receiver.secret = connect_webhook(account=account, **{**values, **options})
    return account


def work(clock: Any) -> None:
    """Do the workers' work until nothing is due."""
    send_pending(holder="worker-1", clock=clock)


def post() -> PostInstance:
    """Return the only post."""
    return PostInstance.objects.get()


def log() -> PublishLog:
    """Return the last attempt."""
    return PublishLog.objects.order_by("number").last()
