"""Sending: claim, send, settle. Threads only do network; the main thread does all SQL, on one connection."""

import logging
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from datetime import datetime

from publishing.channels import channel_for
from publishing.channels.answers import Answer, Unknown
from publishing.channels.base import SEND_LIMIT
from publishing.services.attempts import Attempt, close_attempt, open_attempts
from publishing.services.threads import NetworkThreads
from scheduling.services.handover import anything_due, hand_over_due

log = logging.getLogger(__name__)

POLL = 0.25  # Seconds between two looks at the table: half of the lateness that is allowed.
THREADS = 64  # Network waits overlap: 64 at 300 ms a call send 200 posts a second and process.
BATCH = 32  # Posts of one claim: its cost is shared, and a killed worker leaves no more than this uncertain.
NO_ANSWER = f"The channel did not answer within {SEND_LIMIT.total_seconds():.0f} s: it may be out or not."


class Sender:
    """Claims what is due, sends it, and writes down what became of it."""

    def __init__(self, *, holder: str, clock: Callable[[], datetime], most: int | None = None) -> None:
        self._holder = holder
        self._clock = clock
        self._left = most
        self._threads = NetworkThreads(THREADS)
        self._flying: dict[Future, Attempt] = {}
        self.settled: dict[str, int] = {}

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being sent."""
        return not self._flying

    def take(self) -> int:
        """Claim a batch and start sending it; return how many posts were taken."""
        now = self._clock()
        room = min(BATCH, THREADS - len(self._flying))
        room = room if self._left is None else min(room, self._left)
        if room <= 0 or not anything_due(now=now):
            return 0
        hand_over_due(now=now, most=THREADS)
        attempts = open_attempts(now=now, holder=self._holder, limit=room)
        for attempt in attempts:
            self._start(attempt)
        if self._left is not None:
            self._left -= len(attempts)
        return len(attempts)

    def finish_some(self, patience: float = POLL) -> None:
        """Settle what has been answered, waiting up to `patience` seconds for the first, and what took too long."""
        if not self._flying:
            return
        done, _ = wait(self._flying, timeout=patience, return_when=FIRST_COMPLETED)
        for future in done:
            self._settle(self._flying.pop(future), _answer(future))
        now = self._clock()
        for future, attempt in list(self._flying.items()):
            if now - attempt.delivery.started_at > SEND_LIMIT:
                del self._flying[future]
                self._settle(attempt, Unknown(NO_ANSWER))

    def finish_all(self) -> None:
        """Settle everything that is being sent, and let the threads go."""
        while self._flying:
            self.finish_some()
        self._threads.close()

    def _start(self, attempt: Attempt) -> None:
        channel = channel_for(attempt.connection)
        if channel.uses_network:
            self._flying[self._threads.submit(channel.send, attempt.delivery)] = attempt
        else:
            self._settle(attempt, channel.send(attempt.delivery))

    def _settle(self, attempt: Attempt, answer: Answer) -> None:
        if close_attempt(attempt=attempt, answer=answer, now=self._clock()):
            status = attempt.instance.status
            self.settled[status] = self.settled.get(status, 0) + 1


def _answer(future: Future) -> Answer:
    error = future.exception()
    if error is None:
        return future.result()
    log.error("channel_raised", exc_info=error)
    return Unknown(f"The channel broke off with {type(error).__name__}: it may be out or not.")


def send_pending(*, holder: str, clock: Callable[[], datetime], most: int | None = None) -> dict[str, int]:
    """Do the workers' work until nothing is due; return how many posts ended in which state.

    :param most: how many posts to claim at most.
    """
    sender = Sender(holder=holder, clock=clock, most=most)
    while sender.take() or not sender.is_idle:
        sender.finish_some()
    sender.finish_all()
    return sender.settled
