"""A platform that takes its time."""

from time import sleep

from publishing.channels import CHANNELS
from publishing.channels.answers import Accepted, Answer
from publishing.channels.base import CannotAsk, Delivery

TAKES = 0.3  # Seconds of each call.


class SlowChannel(CannotAsk):
    """Accepts after 300 ms, in a network thread."""

    key = "sandbox"
    uses_network = True

    def send(self, delivery: Delivery) -> Answer:
        """Wait, and accept."""
        sleep(TAKES)
        return Accepted(remote_id=str(delivery.idempotency_key))


def register() -> None:
    """Put it in the place of the sandbox."""
    CHANNELS["sandbox"] = SlowChannel()
