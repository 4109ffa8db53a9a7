"""Claiming 10 due posts among 100,000 and among 10,000,000 stored ones: what is stored must not matter."""

from datetime import timedelta
from statistics import median

from django.db import connection, transaction
from django.utils import timezone

from benchmarks import world
from benchmarks.figures import Figure, seconds
from publishing.services.attempts import open_attempts
from scheduling.services.handover import hand_over_due
from scheduling.services.lateness import let_time_pass

SIZES = (100_000, 10_000_000)
DUE = 10
ROUNDS = 60


def run() -> list[Figure]:
    """Measure both sizes, and say what each step costs."""
    costs = {size: _cost(size) for size in SIZES}
    small, large = (costs[size] for size in SIZES)
    for size, cost in costs.items():
        print(f"{size:>10,} stored: {cost * 1000:.2f} ms for {DUE} posts", flush=True)
    return [Figure("claim among 10,000,000, of that among 100,000", large / small, 1.3)]


def _cost(size: int) -> float:
    """Return the typical time in seconds of handing over and claiming 10 due posts among many."""
    world.clear()
    made = world.workspace("claiming", 100)
    now = timezone.now()
    world.fill(made, size, status="published", start=now - timedelta(days=3000), step=timedelta(minutes=20))
    world.fill(made, DUE, status="scheduled", start=now - timedelta(seconds=5), step=timedelta(seconds=1))
    world.settle_down()
    times = [_round(now) for _ in range(ROUNDS)]
    return median(times[ROUNDS // 3 :])


def _round(now) -> float:
    """Time one round, and take it back."""

    def work() -> None:
        let_time_pass(now=now)
        hand_over_due(now=now)
        taken = open_attempts(now=now, holder="bench", limit=32)
        if len(taken) != DUE:
            raise AssertionError(f"{len(taken)} posts were claimed instead of {DUE}")

    with transaction.atomic():
        connection.ensure_connection()
        took = seconds(work)
        transaction.set_rollback(True)
    return took
