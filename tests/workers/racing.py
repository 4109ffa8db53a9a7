"""A process that reaches for posts, round after round, at the same moment as its rivals; run by `test_racing.py`.

The server that rivals are forked from loads this once: to load everything takes longer than a race.
"""

from random import Random
from typing import Any

import django
from django.db import connection

django.setup()

from tests.workers import rivals  # noqa: E402  Models exist only from here on.


def reach(role: str, seed: int, starts: Any, orders: Any, results: Any) -> None:
    """Do a role's part of each round: wait for the order, start with the others, and say what was won."""
    random = Random(seed)
    connection.ensure_connection()
    while (ids := orders.get()) is not None:
        starts.wait(60)
        results.put((role, getattr(rivals, role)(random.sample(ids, len(ids)), seed)))
