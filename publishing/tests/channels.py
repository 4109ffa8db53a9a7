"""A channel at the network's edge that answers what a test tells it to, late, or never."""

from collections.abc import Callable
from threading import Event, Semaphore

from publishing.channels.answers import Accepted, Answer, NotSent
from publishing.channels.base import Delivery


class FakeChannel:
    """Serves accounts whose connection is `fake`; `replies` are used up in turn, then it accepts.

    It can be asked when `findings` holds what it will find, or `knows` is set: then it looks at what it received.
    """

    key = "fake"
    uses_network = True

    def __init__(self) -> None:
        self.replies: list[Answer | Exception | Callable[[Delivery], Answer]] = []
        self.received: list[Delivery] = []
        self.findings: list[Answer] = []
        self.asked: list[Delivery] = []
        self.knows = False
        self.hanging = Semaphore(0)
        self.hung_up = Event()

    def handle_for(self, delivery: Delivery) -> str:
        """Return the post's own key."""
        return f"handle-{delivery.idempotency_key}"

    def can_ask(self, delivery: Delivery) -> bool:
        """Return whether the test has given it a memory."""
        return self.knows or bool(self.findings)

    def ask(self, delivery: Delivery) -> Answer:
        """Say what the test wants to be found, else what was received."""
        self.asked.append(delivery)
        if self.findings:
            return self.findings.pop(0)
        keys = [one.idempotency_key for one in self.received]
        return Accepted(remote_id="found") if delivery.idempotency_key in keys else NotSent("It is not there.")

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
