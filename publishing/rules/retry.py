"""When something that did not reach the platform is tried again."""

from datetime import datetime, timedelta

BACKOFF = (timedelta(minutes=1), timedelta(minutes=5))
MOST_RETRIES = len(BACKOFF)
SPREAD = 0.2  # Of the wait, so that posts which failed together do not come back together.
ASKING = tuple(timedelta(seconds=wait) for wait in (5, 30, 120, 600, 1800))
LEAST_WAIT = timedelta(seconds=5)  # A platform that says "at once" each time is asked 17,000 times a day, not more.


def next_attempt(
    *, retries: int, now: datetime, chance: float, until: datetime, retry_at: datetime | None = None
) -> tuple[datetime, bool] | None:
    """Return when to try again and whether that costs a retry, or None if the retries or the time are used up.

    :param retries: how many retries it has cost so far.
    :param chance: a random number from 0 to 1, which spreads the wait by 20 % to either side.
    :param until: the latest time at which it may be tried.
    :param retry_at: the time that the platform named (`Retry-After`); it is obeyed and costs nothing.
    """
    if retry_at is not None:
        at, costs = max(retry_at, now + LEAST_WAIT), False
    elif retries < MOST_RETRIES:
        at, costs = now + BACKOFF[retries] * (1 - SPREAD + 2 * SPREAD * chance), True
    else:
        return None
    return (at, costs) if at <= until else None


def next_ask(*, asks: int, now: datetime) -> datetime | None:
    """Return when to ask again what became of a post, or None: then a person has to look.

    :param asks: how often it has been asked in vain.
    """
    return now + ASKING[asks] if asks < len(ASKING) else None
