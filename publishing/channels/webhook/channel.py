"""The webhook channel: posts go to a system of the account's owner, signed by Standard Webhooks."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from publishing.channels.answers import Answer, NotSent, Rejected, Unknown
from publishing.channels.base import Delivery
from publishing.channels.webhook.message import message, message_id
from publishing.channels.webhook.replies import found, sent
from publishing.network.http import NoAnswer, NotReached, Refused, Reply, post
from publishing.network.signing import signed
from scheduling.models import Connection
from workspaces.rules.sentences import sentence

LIMIT = 15.0  # Seconds of one call; with the 10 that it may have waited for its thread, within SEND_LIMIT.
NOT_CONNECTED = sentence(
    "The account has no receiver, or its secret cannot be read: connect it by webhook again, in the admin."
)


class WebhookChannel:
    """Where accounts with the connection `webhook` deliver. `options`: url, drops_repeats."""

    key = Connection.WEBHOOK
    uses_network = True

    def __init__(self, clock: Callable[[], datetime] = timezone.now, limit: float = LIMIT) -> None:
        self._clock = clock
        self._limit = limit

    def handle_for(self, delivery: Delivery) -> str:
        """Return the webhook id that a repeat would have."""
        return message_id(delivery)

    def can_ask(self, delivery: Delivery) -> bool:
        """Return whether a repeat is dropped by the very receiver that may have the post."""
        return _drops_repeats(delivery) and delivery.handle == message_id(delivery)

    def send(self, delivery: Delivery) -> Answer:
        """Post it once."""
        if not _is_connected(delivery):
            return Rejected(NOT_CONNECTED, needs_reconnecting=True)
        try:
            reply = self._post(delivery)
        except Refused as reason:
            return Rejected(sentence(f"The receiver's address cannot be used. {reason}"))
        except NotReached as reason:
            return NotSent(str(reason))
        except NoAnswer as reason:
            return Unknown(str(reason))
        return sent(reply, message_id=delivery.handle, drops_repeats=_drops_repeats(delivery), now=self._clock())

    def ask(self, delivery: Delivery) -> Answer:
        """Post it again under the same webhook id: a receiver that has it drops it and says yes."""
        if not _is_connected(delivery):
            return Unknown(NOT_CONNECTED)
        try:
            reply = self._post(delivery)
        except (Refused, NotReached, NoAnswer) as reason:
            return Unknown(sentence(f"The receiver could not be asked. {reason}"))
        return found(reply, message_id=delivery.handle, now=self._clock())

    def _post(self, delivery: Delivery) -> Reply:
        how, body = delivery.connected, message(delivery)
        headers = signed(how.secret, delivery.handle, body, self._clock())
        headers["Content-Type"] = "application/json"
        return post(how.options["url"], body=body, headers=headers, limit=self._limit)


def _is_connected(delivery: Delivery) -> bool:
    return bool(delivery.connected.secret and delivery.connected.options.get("url"))


def _drops_repeats(delivery: Delivery) -> bool:
    return delivery.connected.options.get("drops_repeats") is True
