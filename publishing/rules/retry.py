"""When something that did not reach the platform is tried again."""

from datetime import datetime, timedelta

BACKOFF = (timedelta(minutes=1), timedelta(minutes=5))
MOST_RETRIES = len(BACKOFF)
SPREAD = 0.2  # Of the wait, so that posts which failed together do not come back together.


def next_attempt(
    *, retries: int, now: datetime, chance: float, retry_at: datetime | None = None
) -> tuple[datetime, bool] | None:
    """Return when to try again and whether that costs a retry, or None if the retries are used up.

    :param retries: how many retries it has cost so far.
    :param chance: a random number from 0 to 1, which spreads the wait by 20 % to either side.
    :param retry_at: the time that the platform named (`Retry-After`); it is obeyed and costs nothing.
    """
    if retry_at is not None:
        return max(retry_at, now + timedelta(seconds=1)), False
    if retries >= MOST_RETRIES:
        return None
    return now + BACKOFF[retries] * (1 - SPREAD + 2 * SPREAD * chance), True
