"""What django-q2 runs. The queue only says "look": the rows say what."""

import os
from collections import Counter
from time import sleep

from django.utils import timezone
from django_q.conf import Conf

from publishing.services.lanes import hold_lane, holder_on
from publishing.services.outages import outlasted
from publishing.services.pruning import prune as run_prune
from publishing.services.threads import any_hangs
from publishing.services.tick import tick as run_tick
from publishing.tasks import stopping
from publishing.tasks.node import Node, ensure_batches, ensure_lanes
from publishing.tasks.pruning import OF_THE_QUEUE
from publishing.tasks.schedules import ensure_schedules, keep_at_its_hour
from scheduling.services.batches.work import work_on_batches
from scheduling.services.coverage import watch_coverage
from scheduling.services.topoff import top_off

__all__ = [
    "batches",
    "coverage",
    "ensure_batches",
    "ensure_lanes",
    "ensure_schedules",
    "lane",
    "prune",
    "tick",
    "topoff",
]

PRUNED_AT_ONCE = 20_000  # Rows of a kind: far less than q2 gives a task time for; the next day's run goes on.
SMALLEST = 1  # Kilobytes of memory, which every process exceeds.


def lane(number: int) -> int:
    """Hold a lane; return how many posts it settled."""
    with stopping.sending():
        settled = hold_lane(
            number=number,
            holder=holder_on(Node.name, os.getpid()),
            clock=timezone.now,
            stopping=stopping.is_stopping,
            rest=sleep,
        )
    if any_hangs():
        Conf.MAX_RSS = SMALLEST  # q2 replaces this process, and with it the threads in which calls hang.
    return settled


def batches() -> int:
    """Place the batches that wait; return how many were ended."""
    with stopping.sending(), outlasted():
        return work_on_batches(clock=timezone.now, stopping=stopping.is_stopping)
    return 0


def tick() -> int:
    """Let time pass, hand over what is due, and see that lanes run; return how many posts were handed over."""
    moved = run_tick(now=timezone.now()).moved
    ensure_lanes()
    ensure_batches()
    return moved


def topoff(due: str = "") -> str:
    """Fill the plan of all workspaces, and see where it runs dry; return the sentence that says how much was made.

    :param due: when q2 meant this run to be, in ISO 8601.
    """
    now = timezone.now()
    message = top_off(now=now, actor="system").message
    keep_at_its_hour(due, now=now)
    watch_coverage(now=now)
    return message


def coverage() -> str:
    """See where the plan runs dry, and where it does no more; return how often each."""
    turned = Counter(watch_coverage(now=timezone.now()))
    return ", ".join(f"{event}: {count}" for event, count in sorted(turned.items()))


def prune() -> str:
    """Remove what has done its work; return how much of each kind."""
    removed = run_prune(now=timezone.now(), most=PRUNED_AT_ONCE, also=OF_THE_QUEUE)
    return ", ".join(f"{name}: {number}" for name, number in removed.items() if number)
