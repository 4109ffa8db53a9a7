"""When a message to another system that was not taken is tried again: for a day, at growing distances."""

from datetime import datetime, timedelta

WAITS = tuple(timedelta(seconds=wait) for wait in (5, 30, 120, 600, 1800, 3600, 7200))
TRIED_FOR = timedelta(hours=24)
SPREAD = 0.2  # Of the wait, so that messages which failed together do not come back together.


def next_delivery(
    *, attempts: int, first_at: datetime, now: datetime, chance: float, retry_at: datetime | None = None
) -> datetime | None:
    """Return when to try again, or None when a day has passed since the first try.

    :param attempts: how many tries there were, at least one.
    :param chance: a random number from 0 to 1, which spreads the wait by 20 % to either side.
    :param retry_at: the earliest time that the receiver named (`Retry-After`).
    """
    wait = WAITS[min(attempts, len(WAITS)) - 1] * (1 - SPREAD + 2 * SPREAD * chance)
    again = max(now + wait, retry_at or now)
    return again if again <= first_at + TRIED_FOR else None
