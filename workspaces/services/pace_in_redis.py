"""Buckets in Redis, shared by all machines. When Redis is slow or gone, requests go on and nobody is counted."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from workspaces.rules import Pace, Turn, turn_at

log = logging.getLogger(__name__)

PREFIX = "marketmind:pace:"
PATIENCE = 0.25  # seconds for a connection or an answer; a healthy Redis takes a thousandth of that
LEFT_ALONE_FOR = 5.0  # seconds without Redis after it failed, so that not every request waits for it
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

# The same as `workspaces.rules.pace.take_turn`, in microseconds. Redis forgets a bucket when it is full by its clock.
TAKE = """
local now, interval, patience = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local full_at = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
if full_at + interval > now + patience then
    return {0, full_at}
end
full_at = full_at + interval
redis.call('SET', KEYS[1], string.format('%.0f', full_at), 'PX', math.ceil((full_at - now) / 1000))
return {1, full_at}
"""


class Gate:
    """Whether Redis is worth asking: not for a while after it failed."""

    closed_until = 0.0

    def is_open(self) -> bool:
        """Tell whether to ask."""
        return time.monotonic() >= self.closed_until

    def close(self, error: redis.RedisError) -> None:
        """Leave it alone for a while, and say so once."""
        self.closed_until = time.monotonic() + LEFT_ALONE_FOR
        log.warning("rate_limits_without_redis", extra={"error": type(error).__name__, "seconds": LEFT_ALONE_FOR})


gate = Gate()


def turn_in_redis(url: str, name: str, pace: Pace, *, now: datetime) -> Turn:
    """Take a turn; without an answer from Redis it is granted."""
    if gate.is_open():
        try:
            return _ask(url, name, pace, now=now)
        except redis.RedisError as error:
            gate.close(error)
    return turn_at(pace, full_at=now, now=now, is_allowed=True)


def _ask(url: str, name: str, pace: Pace, *, now: datetime) -> Turn:
    given = [(now - EPOCH) // MICROSECOND, pace.interval // MICROSECOND, pace.patience // MICROSECOND]
    is_allowed, full_at = script(url)(keys=[PREFIX + name], args=given)
    return turn_at(pace, full_at=EPOCH + full_at * MICROSECOND, now=now, is_allowed=bool(is_allowed))


@lru_cache(maxsize=4)
def script(url: str) -> Callable[..., list[int]]:
    client = redis.Redis.from_url(
        url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
    )
    return client.register_script(TAKE)
