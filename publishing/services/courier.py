"""The courier: carries messages about what happened to other systems and to people, beside the posts.

Each lane has one. Its calls run in threads of their own, so that a receiver that hangs costs no post its time; what a
killed courier carried comes round again when its lease is over.
"""

import logging
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from datetime import datetime
from time import monotonic
from typing import Any, Protocol

from publishing.services.notices.bag import NoticeBag
from publishing.services.sending import never
from publishing.services.threads import NetworkThreads
from publishing.services.webhooks.bag import WebhookBag
from workspaces.rules.sentences import sentence

log = logging.getLogger(__name__)

LOOK_EVERY = 0.5  # Seconds between two looks at what waits.
MOST = 64  # Letters of one bag on their way at once.
PARTING = 20.0  # Seconds that a courier which has done its time waits for answers: longer than calls take.
STOPPING = 1.0  # Seconds that a stopping one waits: what it leaves comes round again under the same id.


class Bag(Protocol):
    """Letters of one kind. A letter is plain values; `claim` leases it, so that nobody else carries it meanwhile."""

    def claim(self, *, now: datetime, limit: int) -> list[Any]:
        """Take up to `limit` letters that are due, in a short transaction."""
        ...

    def send(self, letter: Any) -> Any:
        """Carry a letter to its receiver and return what came of it; in a thread, without the database."""
        ...

    def settle(self, letter: Any, result: Any, *, now: datetime) -> None:
        """Write down what came of a letter."""
        ...


class Courier:
    """Carries what waits in its bags."""

    def __init__(self, *, clock: Callable[[], datetime], bags: tuple[Bag, ...] | None = None) -> None:
        self._clock = clock
        self._bags = (WebhookBag(), NoticeBag()) if bags is None else bags
        self._threads = NetworkThreads()
        self._flying: dict[Future, tuple[Bag, Any]] = {}
        self._next_look = 0.0

    @property
    def is_idle(self) -> bool:
        """Whether nothing is on its way."""
        return not self._flying

    def work(self, patience: float = 0.0) -> int:
        """Write down what has come back, and take what is due; return how many letters were taken.

        :param patience: seconds to wait for the first to come back.
        """
        if self._flying:
            wait(self._flying, timeout=patience, return_when=FIRST_COMPLETED)
            self._settle()
        if monotonic() < self._next_look:
            return 0
        taken = sum(map(self._take, self._bags))
        if not taken:
            self._next_look = monotonic() + LOOK_EVERY
        return taken

    def finish(self, *, stopping: Callable[[], bool] = never) -> None:
        """Wait for what is on its way, and let the threads go; what takes too long comes round again."""
        begun = monotonic()
        while self._flying and monotonic() < begun + (STOPPING if stopping() else PARTING):
            wait(self._flying, timeout=LOOK_EVERY, return_when=FIRST_COMPLETED)
            self._settle()
        for future in self._flying:
            future.cancel()
        self._threads.close()

    def _take(self, bag: Bag) -> int:
        room = MOST - Counter(id(one) for one, _ in self._flying.values())[id(bag)]
        letters = bag.claim(now=self._clock(), limit=room) if room > 0 else []
        for letter in letters:
            self._flying[self._threads.submit(bag.send, letter)] = (bag, letter)
        return len(letters)

    def _settle(self) -> None:
        for future in [one for one in self._flying if one.done()]:
            bag, letter = self._flying[future]
            error = future.exception()
            if error is not None:
                log.error("A letter could not be carried: %r", letter, exc_info=error)
            result = sentence(f"It broke off with {type(error).__name__}.") if error else future.result()
            bag.settle(letter, result, now=self._clock())
            del self._flying[future]  # Only now: what the database could not take is settled again.
            self._next_look = 0.0  # There is room again, and what waited for this one may go.


def carry_all(*, clock: Callable[[], datetime], stopping: Callable[[], bool]) -> None:
    """Carry what is due, once, in the foreground."""
    courier = Courier(clock=clock)
    while not stopping() and (courier.work(patience=0.1) or not courier.is_idle):
        pass
    courier.finish(stopping=stopping)
