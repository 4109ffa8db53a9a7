"""What wakes the tail: PostgreSQL says that the ledger has grown; on SQLite the tail looks often."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import psycopg
from django.db import connection

LOOK = 0.3  # seconds between two looks on SQLite
SAFETY = 5.0  # seconds after which PostgreSQL is looked at without a word from it
NOT_FOR_A_LISTENER = ("context", "cursor_factory", "prepare_threshold")
Bell = Callable[[], Awaitable[None]]


@asynccontextmanager
async def bell() -> AsyncIterator[Bell]:
    """Lend what waits for news; news after this began is not missed."""
    if connection.vendor != "postgresql":
        yield lambda: asyncio.sleep(LOOK)
        return
    parameters = connection.get_connection_params()
    given = {name: value for name, value in parameters.items() if name not in NOT_FOR_A_LISTENER}
    # Its own connection: one of the pool would be given back between two questions.
    async with await psycopg.AsyncConnection.connect(**given, autocommit=True) as line:
        await line.execute("LISTEN ledger_events")

        async def wait() -> None:
            async for _ in line.notifies(timeout=SAFETY, stop_after=1):
                pass

        yield wait
