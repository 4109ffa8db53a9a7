"""A channel at the network's edge that answers what a test tells it to, late, or never."""

from collections.abc import Callable
from threading import Event, Semaphore

from publishing.channels.answers import Accepted, Answer
from publishing.channels.base import Delivery


class FakeChannel:
    """Serves accounts whose connection is `fake`; `replies` are used up in turn, then it accepts."""

    key = "fake"
    uses_network = True

    def __init__(self) -> None:
        self.replies: list[Answer | Exception | Callable[[Delivery], Answer]] = []
        self.received: list[Delivery] = []
        self.hanging = Semaphore(0)
        self.hung_up = Event()

    def send(self, delivery: Delivery) -> Answer:
        """Note the delivery and reply."""
        self.received.append(delivery)
        reply = self.replies.pop(0) if self.replies else Accepted(remote_id=f"fake-{len(self.received)}")
        if isinstance(reply, Exception):
            raise reply
        return reply(delivery) if callable(reply) else reply

    def never(self, delivery: Delivery) -> Answer:
        """Hang until the test is over; a reply that is given to `replies`."""
        self.hanging.release()
        self.hung_up.wait(60)
        return Accepted(remote_id="too late")

    def wait_until_it_hangs(self, times: int = 1) -> None:
        """Wait until so many calls hang."""
        for _ in range(times):
            assert self.hanging.acquire(timeout=60)
