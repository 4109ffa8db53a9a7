"""Sending: claim, send, settle. Threads only do network; the main thread does all SQL, on one connection."""

import logging
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from datetime import datetime, timedelta
from time import monotonic
from typing import get_args

from django.db import DataError, IntegrityError

from publishing.channels import channel_for
from publishing.channels.answers import Answer, NotSent, Unknown
from publishing.channels.base import SEND_LIMIT, Channel
from publishing.services.attempts import LEASE, Attempt, close_attempt, open_attempts
from publishing.services.outages import outlasted
from publishing.services.questions import open_questions
from publishing.services.threads import NetworkThreads, run_into
from scheduling.services.handover import anything_due, hand_over_due
from workspaces.rules.sentences import sentence

log = logging.getLogger(__name__)

POLL = 0.25  # Seconds between two looks at the table: half of the lateness that is allowed.
THREADS = 96  # Network waits overlap: so many at 300 ms a call send 300 posts a second and process.
BATCH = 32  # Posts of one claim: its cost is shared, and a killed worker leaves no more than this uncertain.
START_LIMIT = timedelta(seconds=10)  # A process that was asleep for longer must not send what others judged meanwhile.
DRAIN = 6.0  # Seconds that a stopping process waits for answers.
FOREGROUND_DRAIN = 12.0  # Nobody supervises a command; within 15 s of being asked to stop it is gone.
NO_ANSWER = sentence(f"The channel did not answer within {SEND_LIMIT.total_seconds():.0f} s: it may be out or not.")
STOPPED = sentence("The workers were stopped before the channel answered: it may be out or not. Look, then decide.")
LOST = "An answer was lost, because the database is away: %s of %s"
HELD_UP = sentence("The worker was held up before it could send.")


def never() -> bool:
    """Return False: for work that nobody stops."""
    return False


class Sender:
    """Claims what is due, sends it, and writes down what became of it.

    :param most: how many posts to claim at most.
    :param stopping: whether the process has been asked to stop.
    :param drain: for how many seconds it then waits for answers.
    """

    def __init__(
        self,
        *,
        holder: str,
        clock: Callable[[], datetime],
        most: int | None = None,
        stopping: Callable[[], bool] = never,
        drain: float = DRAIN,
    ) -> None:
        self._holder = holder
        self._clock = clock
        self._left = most
        self._stopping = stopping
        self._drain = drain
        self._threads = NetworkThreads()
        self._own: deque[Attempt] = deque()
        self._flying: dict[Future, Attempt] = {}
        self._answers: deque[tuple[Attempt, Answer]] = deque()
        self._next_look = 0.0
        self.settled: Counter[str] = Counter()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being sent or waits to be written down."""
        return not (self._own or self._flying or self._answers)

    def take(self) -> int:
        """Claim a batch and start sending it; return how many posts were taken."""
        room = self._room()
        if not room or (self._flying and monotonic() < self._next_look):
            return 0
        now = self._clock()
        if not anything_due(now=now):
            self._next_look = monotonic() + POLL
            return 0
        hand_over_due(now=now)
        attempts = open_attempts(now=now, holder=self._holder, limit=room)
        for attempt in attempts:
            self._start(attempt)
        if self._left is not None:
            self._left -= len(attempts)
        return len(attempts)

    def ask(self) -> int:
        """Ask what became of posts whose worker is gone or whose platform is still at it; return how many."""
        questions = open_questions(now=self._clock(), holder=self._holder, limit=BATCH) if self._room() else []
        for question in questions:
            self._start(question)
        return len(questions)

    def finish_some(self, patience: float = POLL) -> None:
        """Settle what has been answered, waiting up to `patience` seconds for the first, and what took too long."""
        self._write_answers()
        while self._own:
            attempt = self._own.popleft()
            future: Future = Future()
            run_into(future, self._send, (channel_for(attempt.connection), attempt))
            self._answers.append((attempt, _answer(future)))
            self._write_answers()
        if self._flying:
            wait(self._flying, timeout=patience, return_when=FIRST_COMPLETED)
            self._collect()
            self._write_answers()

    def finish_all(self) -> None:
        """Settle everything that is being sent, and let the threads go; who is to stop waits for `drain` seconds."""
        end = None
        while not self.is_idle:
            if end is None and self._stopping():
                end = monotonic() + self._drain
            if end is not None and monotonic() >= end:
                break
            self.finish_some()
        self._break_off()
        self._write_answers()
        for attempt, answer in self._answers:
            log.error(LOST, answer, attempt.instance.pk)
        self._threads.close()

    def _room(self) -> int:
        """Return how many posts to claim: a whole batch or nothing, for a claim of a few costs as much."""
        if self._own or self._answers or len(self._flying) > THREADS - BATCH:
            return 0
        return BATCH if self._left is None else min(BATCH, self._left)

    def _start(self, attempt: Attempt) -> None:
        channel = channel_for(attempt.connection)
        if channel.uses_network:
            self._flying[self._threads.submit(self._send, channel, attempt)] = attempt
        else:
            self._own.append(attempt)

    def _send(self, channel: Channel, attempt: Attempt) -> Answer:
        if self._clock() - attempt.taken_at > START_LIMIT:
            return self._not_begun(attempt)
        return channel.ask(attempt.delivery) if attempt.is_question else channel.send(attempt.delivery)

    def _not_begun(self, attempt: Attempt) -> Answer:
        """Return what is known of a call that never began: a question not asked says nothing of the post."""
        return Unknown(HELD_UP) if attempt.is_question else NotSent(HELD_UP, retry_at=self._clock())

    def _collect(self) -> None:
        """Move what has an answer, or should have, to the answers."""
        now = self._clock()
        for future, attempt in list(self._flying.items()):
            if future.done():
                self._answers.append((self._flying.pop(future), _answer(future)))
            elif now - attempt.taken_at > SEND_LIMIT:
                self._give_up(future, NO_ANSWER)

    def _break_off(self) -> None:
        """Answer for what has no answer and will get none."""
        for future in list(self._flying):
            self._give_up(future, STOPPED)
        while self._own:
            attempt = self._own.popleft()
            self._answers.append((attempt, self._not_begun(attempt)))

    def _give_up(self, future: Future, reason: str) -> None:
        attempt = self._flying.pop(future)
        self._answers.append((attempt, self._not_begun(attempt) if future.cancel() else Unknown(reason)))

    def _write_answers(self) -> None:
        while self._answers and self._written(*self._answers[0]):
            self._answers.popleft()

    def _written(self, attempt: Attempt, answer: Answer) -> bool:
        """Settle an attempt; return False if it has to be tried again: the database is away, and the claim still holds.

        What the database refuses is left to the lease: one bad answer must not cost the others theirs.
        """
        with outlasted():
            try:
                if close_attempt(attempt=attempt, answer=answer, now=self._clock()):
                    self.settled[str(attempt.instance.status)] += 1
            except (DataError, IntegrityError):
                log.exception("An answer was refused by the database: %s of %s", answer, attempt.instance.pk)
            return True
        is_over = self._clock() > attempt.taken_at + LEASE
        if is_over:
            log.error(LOST, answer, attempt.instance.pk)
        return is_over


def _answer(future: Future) -> Answer:
    error = future.exception()
    if error is not None:
        log.error("A channel broke off", exc_info=error)
        return Unknown(sentence(f"The channel broke off with {type(error).__name__}: it may be out or not."))
    if not isinstance(future.result(), get_args(Answer)):
        log.error("A channel gave no answer but %r", future.result())
        return Unknown(sentence("The channel gave no answer that can be understood: it may be out or not."))
    return future.result()


def send_pending(
    *,
    holder: str,
    clock: Callable[[], datetime],
    most: int | None = None,
    stopping: Callable[[], bool] = never,
) -> dict[str, int]:
    """Do the workers' work until nothing is due or the process is to stop; return how many posts ended in which state.

    :param most: how many posts to claim at most.
    :param stopping: whether the process has been asked to stop.
    """
    sender = Sender(holder=holder, clock=clock, most=most, stopping=stopping, drain=FOREGROUND_DRAIN)
    sender.ask()
    while not stopping() and (sender.take() or not sender.is_idle):
        sender.finish_some()
    sender.finish_all()
    return dict(sender.settled)
